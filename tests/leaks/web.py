"""Cases of the web server's other pages: health, figures, the API's description, and the install pages."""

from collections.abc import Callable, Mapping

from tests.leaks.asking import KEYS, Ask, ask
from tests.leaks.cells import Attempt, Door, Make
from tests.leaks.house import REDIRECT_PATH, House

Asked = Callable[[House], Ask]


def _gets(path: str, **query: str) -> Asked:
    return lambda _: Ask(method="GET", path=path, query=query)


def _invited(whose: str, signature: str) -> Asked:
    return lambda _: Ask(
        method="GET", path="/slack/install", query={"invitation": f"invitation{whose}.{signature}"}
    )


def _signed(whose: str) -> Asked:
    """With the signature that the invitation would really have."""

    def asked(house: House) -> Ask:
        signature = house.houston.store.keyring.sign("invitation", f"invitation{whose}")
        return Ask(
            method="GET", path="/slack/install", query={"invitation": f"invitation{whose}.{signature}"}
        )

    return asked


def _makes(asked: Asked) -> Make:
    async def make(house: House, key: str) -> None:
        reply = await ask(house, key, asked(house))
        assert reply.status < 500, reply

    return make


def _door(name: str, attempts: Mapping[str, Asked]) -> Door:
    return Door(
        name=name,
        attempts=tuple(
            Attempt(name=title, make=_makes(asked), who=KEYS, enters=False)
            for title, asked in attempts.items()
        ),
    )


WEB = (
    _door("GET /healthz", {"honest": _gets("/healthz")}),
    _door("GET /readyz", {"honest": _gets("/readyz")}),
    _door(
        "GET /metrics",
        {"honest": _gets("/metrics"), "with a token that is none": _gets("/metrics", token="x")},
    ),
    _door("GET /api/v1/openapi.json", {"honest": _gets("/api/v1/openapi.json")}),
    _door("GET /", {"honest": _gets("/"), "with a code": _gets("/", code="ABCD")}),
    _door(
        "GET /slack/install",
        {
            "plain": _gets("/slack/install"),
            "an invitation of A": _signed("a"),
            "an invitation of B, unsigned": _invited("b", ""),
            "an invitation of A, forged": _invited("a", "x" * 43),
            "an invitation that is none": _invited("z", "x" * 43),
        },
    ),
    _door(
        "POST /slack/install",
        {"a code that is none": lambda _: Ask(method="POST", path="/slack/install", body={"code": "ABCD"})},
    ),
    _door(
        f"GET {REDIRECT_PATH}",
        {
            "denied": _gets(REDIRECT_PATH, error="access_denied", state="x"),
            "no state": _gets(REDIRECT_PATH, code="x"),
            "a forged state": _gets(REDIRECT_PATH, code="x", state="x" * 43),
        },
    ),
)
