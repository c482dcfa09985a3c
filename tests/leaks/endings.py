"""Cases of what ends: people who leave, workspaces that remove Houston. Each needs a house of its own."""

from typing import Any

from bot.playground import payloads
from tests.leaks.acts import happens
from tests.leaks.cells import Attempt, Door
from tests.leaks.house import House

LEAVERS = ("agency member", "member with one client", "client A's member", "client B's member")


def _as_gone(house: House, who: str) -> dict[str, Any]:
    user = house.town.users[who]
    user.deleted = True
    return payloads.user(user, house.town.playground.now(), with_email=True)


def _bot(house: House, who: str) -> dict[str, Any]:
    return {"bot": [house.hands(who).bot]}


def _ends(name: str, **event: Any) -> Door:
    return Door(
        name=f"event {name}",
        attempts=(
            Attempt(
                name="of their workspace",
                make=_then_told(name, **event),
                who=("client A's admin", "client B's admin"),
                answers=False,
            ),
        ),
    )


def _then_told(name: str, **event: Any) -> Any:
    happening = happens(type=name, **event)

    async def make(house: House, who: str) -> None:
        start = len(house.town.watch.sent)
        await happening(house, who)
        await house.settle()
        await house.told()
        told = {name for each in house.town.watch.sent[start:] for name in each.audience.who}
        assert told, "no admin was told of it"

    return make


LEAVING = (
    Door(
        name="event user_change",
        attempts=(
            Attempt(
                name="they leave", make=_then_told("user_change", user=_as_gone), who=LEAVERS, answers=False
            ),
        ),
    ),
)
UNINSTALLED = _ends("app_uninstalled")
REVOKED = _ends("tokens_revoked", tokens=_bot)
