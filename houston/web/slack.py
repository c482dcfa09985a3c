from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from houston.access import Actor
from houston.errors import Conflict
from houston.team.erasure import Erased
from store.tables import Workspace


class Connect(Protocol):
    async def __call__(
        self, actor: Actor, *, bot_token: str, app_token: str, client: str | None
    ) -> Workspace:
        """Check both tokens with Slack and keep them. Raises a HoustonError."""


async def _cannot_connect(actor: Actor, *, bot_token: str, app_token: str, client: str | None) -> Workspace:
    raise Conflict("This Houston runs without Slack, so it cannot check the tokens.")


async def _tell_nobody(erased: Erased) -> None:
    """There is no Slack that knows the tokens."""


def _hold_nothing() -> None:
    """There are no connections to look at."""


@dataclass(frozen=True, kw_only=True)
class SlackSide:
    """What the API needs done in Slack; app.py hands it in.

    `erased` revokes the tokens of a deleted client's workspaces. `changed` says that workspaces came
    or went, so that connections are opened and closed.
    """

    connect: Connect = _cannot_connect
    erased: Callable[[Erased], Awaitable[None]] = _tell_nobody
    changed: Callable[[], None] = _hold_nothing
