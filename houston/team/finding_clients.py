"""A client by what somebody calls it."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process, utils

from houston.errors import NotFound
from store.tables import Client

SAME, NEAR = 88.0, 60.0
"""From how alike (of 100) a name is taken for a misspelling, and from when on it is worth asking."""

MOST_NAMED = 5


def client_called(clients: Sequence[Client], called: str) -> Client:
    """By id, slug or name, whatever the case, or by the one name that is close.

    `clients` are those that the asker may see: raises NotFound, which names the nearest of them and is the
    same for a client outside and for none.
    """
    wanted = called.strip().casefold()
    for client in clients:
        if wanted in (str(client.id), client.slug.casefold(), client.name.casefold()):
            return client
    close = _close(clients, wanted)
    if len(close) == 1:
        return close[0]
    raise NotFound(_unknown(called, close or _near(clients, wanted), clients))


def _close(clients: Sequence[Client], wanted: str) -> list[Client]:
    """Those whose name is meant, as far as it goes: `acme` for Acme Outfitters, `globx` for Globex."""
    if len(wanted) < 3:
        return []
    return [
        client
        for client in clients
        if any(_says(name, wanted) or fuzz.ratio(name, wanted) >= SAME for name in _names(client))
    ]


def _near(clients: Sequence[Client], wanted: str) -> list[Client]:
    names = {index: client.name for index, client in enumerate(clients)}
    found = process.extract(
        wanted,
        names,
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=MOST_NAMED,
        score_cutoff=NEAR,
    )
    return [clients[index] for _, _, index in found]


def _unknown(called: str, near: Sequence[Client], clients: Sequence[Client]) -> str:
    said = f"I know no client called {called.strip()[:80]!r}."
    if near:
        return f"{said} Did you mean {' or '.join(client.name for client in near[:MOST_NAMED])}?"
    named = ", ".join(client.name for client in clients[:MOST_NAMED])
    more = f" and {len(clients) - MOST_NAMED} more" if len(clients) > MOST_NAMED else ""
    return f"{said} You may ask about {named}{more}." if named else f"{said} /houston clients lists them."


def _says(name: str, wanted: str) -> bool:
    """Whether it is some of the name's whole words."""
    return f" {wanted} " in f" {name} "


def _names(client: Client) -> tuple[str, ...]:
    return client.slug.casefold().replace("-", " "), client.name.casefold()
