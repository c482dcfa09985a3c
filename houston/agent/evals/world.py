"""What the questions are asked of: Houston, the cast and the clients."""

from dataclasses import dataclass, field

from houston.agent.evals.question import AGENCY, Asked, CastMember
from houston.assembly import Houston
from store.tables import Client


@dataclass(frozen=True, kw_only=True)
class World:
    """Houston in an agency's workspace and in one of each client, everybody of the cast in all of them."""

    houston: Houston
    cast: dict[str, CastMember]
    clients: dict[str, Client] = field(default_factory=dict)
    """By slug."""

    def workspace_of(self, asked: Asked) -> str:
        return workspace_id(asked.workspace)

    def visible(self, asked: Asked) -> set[str]:
        """The slugs of the clients that may be spoken of in this conversation."""
        seen = set(self.clients)
        if asked.workspace != AGENCY:
            seen = {asked.workspace}
        elif (own := self.cast[asked.member].clients) is not None:
            seen &= set(own)
        return seen & {asked.channel} if asked.channel else seen


def workspace_id(name: str) -> str:
    return f"T-{name}"


def channel_id(name: str) -> str:
    return f"C-{name}"


def user_id(key: str) -> str:
    return f"U-{key}"
