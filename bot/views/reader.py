"""For whom a view is: what they may not change is not offered to them."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.views.text import escape
from houston.access import Actor
from store.tables import Workspace

NAMED = 3
UTC = ZoneInfo("UTC")


@dataclass(frozen=True, kw_only=True)
class Reader:
    """`has_clients` where clients are told apart; `admins` are named to those who are none."""

    has_clients: bool
    is_admin: bool
    sees_all: bool = False
    admins: tuple[str, ...] = ()
    zone: ZoneInfo = UTC

    @classmethod
    def of(cls, actor: Actor, workspace: Workspace) -> "Reader":
        return cls(
            has_clients=workspace.has_clients,
            is_admin=actor.is_admin,
            sees_all=actor.scope.client_ids is None,
            admins=actor.admins,
            zone=ZoneInfo(workspace.timezone),
        )

    @property
    def runs_agency(self) -> bool:
        """Whether clients, invitations and other workspaces are theirs to change."""
        return self.has_clients and self.is_admin and self.sees_all


def who_can(reader: Reader, what: str) -> str:
    """For a member: `Only admins change notifications. Ask Bob Best.`"""
    if not reader.admins:
        ask = "Your Slack workspace's admins and owners are Houston's admins too."
    else:
        ask = f"Ask {', '.join(escape(name, 80) for name in reader.admins[:NAMED])}."
    return f"🔒 Only admins change {what}. {ask}"
