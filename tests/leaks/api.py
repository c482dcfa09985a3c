"""Cases of the HTTP API, most of them made from the endpoints' own fields and paths."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from houston.web.api import ENDPOINTS, PREFIX
from houston.web.endpoint import Endpoint
from tests.leaks.acts import UNHEARD_OF, slug
from tests.leaks.api_cases import HONEST, NOT_HONEST, Row, foreign_of, forged, own_of, path_of
from tests.leaks.asking import CLIENT_KEYS, GOOD, KEYS, Ask, ask
from tests.leaks.cells import Attempt, Door, Make
from tests.leaks.house import House

Asks = Callable[[House, str], Ask]


def _name(endpoint: Endpoint) -> str:
    return f"{endpoint.method} {PREFIX}{endpoint.path}"


def _fields(endpoint: Endpoint) -> dict[str, bool]:
    """The names of what can be sent, and whether it stands in the body."""
    body = dict.fromkeys(endpoint.body.model_fields, True) if endpoint.body else {}
    return dict.fromkeys(endpoint.query.model_fields, False) | body


def _honest(endpoint: Endpoint, whose: Row = own_of) -> Asks:
    def asked(house: House, key: str) -> Ask:
        return Ask(
            method=endpoint.method,
            path=PREFIX + path_of(endpoint, house, key, whose),
            body=HONEST[_name(endpoint)](house, key) if endpoint.body else None,
        )

    return asked


def _sending(endpoint: Endpoint, name: str, value: Callable[[House, str], Any], *, in_body: bool) -> Asks:
    def asked(house: House, key: str) -> Ask:
        plain = _honest(endpoint)(house, key)
        given = value(house, key)
        if not in_body:
            return Ask(method=plain.method, path=plain.path, query={name: str(given)}, body=plain.body)
        return Ask(method=plain.method, path=plain.path, body=_with(plain.body, name, given))

    return asked


def _with(body: dict[str, Any], name: str, value: Any) -> dict[str, Any]:
    if name == "points":
        return {"points": [{**body["points"][0], "client": value}]}
    return body | {name: value}


def _made(asked: Asks, *, refused: bool = False, ok: tuple[str, ...] = ()) -> Make:
    async def make(house: House, key: str) -> None:
        reply = await ask(house, key, asked(house, key))
        assert reply.status < 500, reply
        assert reply.status != 429, reply
        await house.told()
        if key not in GOOD:
            assert reply.status == 401, reply
        elif refused:
            assert reply.status in (400, 403, 404, 409, 422), reply
        elif key in ok:
            assert reply.status < 300, reply

    return make


def _alike(asked: Callable[[str], Asks], *named: Callable[[House, str], str]) -> Make:
    """Fails where what lies outside is answered otherwise than what does not exist."""

    async def make(house: House, key: str) -> None:
        names = [each(house, key) for each in named]
        replies = [await ask(house, key, asked(name)(house, key)) for name in names]
        parts = {part for name in names for part in name.split("/") if part}
        said = {(reply.status, reply.words(*parts)) for reply in replies}
        assert len(said) == 1, said

    return make


def _attempts(endpoint: Endpoint) -> tuple[Attempt, ...]:
    is_writing = endpoint.method != "GET"
    honest_for = () if _name(endpoint) in NOT_HONEST else GOOD
    found = [
        Attempt(name="honest", make=_made(_honest(endpoint), ok=honest_for), who=KEYS, enters=False)
        if endpoint.method != "DELETE"
        else Attempt(name="without rights", make=_made(_honest(endpoint)), who=KEYS[3:], enters=False)
    ]
    for name, in_body in _fields(endpoint).items():
        for value in forged(name):
            asked = _sending(endpoint, name, value, in_body=in_body)
            who = KEYS[1:] if name == "source" and endpoint.method == "PATCH" else KEYS  # the agency may
            found.append(Attempt(name=f"another's {name}", make=_made(asked), who=who, enters=False))
    if "{" in endpoint.path:
        found.append(
            Attempt(
                name="another's row",
                make=_made(_honest(endpoint, foreign_of), refused=True),
                who=CLIENT_KEYS,
                enters=False,
            )
        )
        found.append(
            Attempt(name="another's row as none", make=_as_none(endpoint), who=CLIENT_KEYS, enters=False)
        )
    found += _naming(endpoint)
    if endpoint.method == "POST":
        reused = _reusing(endpoint)
        found.append(Attempt(name="another key's Idempotency-Key", make=reused, who=KEYS, enters=False))
    if not is_writing and "cursor" in endpoint.query.model_fields:
        found.append(
            Attempt(name="another key's cursor", make=_turning(endpoint), who=CLIENT_KEYS, enters=False)
        )
    return tuple(found)


def _naming(endpoint: Endpoint) -> list[Attempt]:
    """Another's client and workspace, against ones that do not exist."""
    found = []
    for name, in_body in _fields(endpoint).items():
        pairs: Mapping[str, tuple[Callable[[House, str], str], ...]] = {
            "client": (lambda _, key: slug("a" if key == "client B" else "b"), lambda *_: UNHEARD_OF),
            "workspace": (
                lambda house, key: house.planted["a" if key == "client B" else "b"].workspace_id,
                lambda house, _: house.planted["g"].workspace_id,
                lambda *_: "T0NOWHERE00",
            ),
        }
        if name in pairs:
            asked = _sending_named(endpoint, name, in_body=in_body)
            make = _alike(asked, *pairs[name])
            found.append(Attempt(name=f"another's {name} as none", make=make, who=CLIENT_KEYS, enters=False))
    return found


def _sending_named(endpoint: Endpoint, name: str, *, in_body: bool) -> Callable[[str], Asks]:
    return lambda value: _sending(endpoint, name, lambda *_: value, in_body=in_body)


def _as_none(endpoint: Endpoint) -> Make:
    def asked(last: str) -> Asks:
        def make(house: House, key: str) -> Ask:
            plain = _honest(endpoint)(house, key)
            return Ask(method=plain.method, path=last, body=plain.body)

        return make

    async def make(house: House, key: str) -> None:
        another = PREFIX + path_of(endpoint, house, key, foreign_of)
        none = PREFIX + re.sub(r"\{\w+\}", lambda _: "471147114711", endpoint.path)
        await _alike(asked, lambda *_: another, lambda *_: none)(house, key)

    return make


def _reusing(endpoint: Endpoint) -> Make:
    async def make(house: House, key: str) -> None:
        plain = _honest(endpoint)(house, key)
        header = {"Idempotency-Key": "reused-key"}
        reply = await ask(
            house, key, Ask(method=plain.method, path=plain.path, body=plain.body, headers=header)
        )
        assert reply.status < 500, reply

    return make


def _turning(endpoint: Endpoint) -> Make:
    """Goes on where the agency's list, or one of another client, would."""

    async def make(house: House, key: str) -> None:
        path = PREFIX + endpoint.path
        for other in GOOD:
            if other != key:
                first = await ask(house, other, Ask(method="GET", path=path, query={"limit": "1"}))
                cursor = first.json["next_cursor"] if first.status == 200 else None
                for limit in ("1", "100"):
                    query = {"limit": limit, "cursor": cursor or "zqx"}
                    reply = await ask(house, key, Ask(method="GET", path=path, query=query))
                    assert reply.status < 500, reply

    return make


API = tuple(Door(name=_name(endpoint), attempts=_attempts(endpoint)) for endpoint in ENDPOINTS)
