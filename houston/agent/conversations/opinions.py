"""What people think of Houston's answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from houston.access import Actor
from houston.agent.conversations.past import shows
from houston.errors import NotFound
from store import Store
from store.tables import Conversation, Turn

SPAN = timedelta(days=30)
LATEST = 20
LONGEST_REASON = 1000


@dataclass(frozen=True, kw_only=True)
class Opinions:
    """Of the last 30 days; `latest` are those whose answer may be shown to the one who looks."""

    good: int
    bad: int
    latest: tuple[Turn, ...]


@dataclass(frozen=True, kw_only=True)
class Judging:
    store: Store
    now: Callable[[], datetime]

    async def judge(self, actor: Actor, turn_id: int, good: bool, reason: str = "") -> None:
        """What somebody thinks of an answer that they may see; a later one replaces it.

        Raises NotFound, NotAllowed for a stranger: it is for those whom Houston works for.
        """
        actor.demand_colleague("say what they think of Houston's answers")
        async with self.store.begin() as uow:
            found = await uow.turns.get(workspace_id=actor.scope.workspace_id or "", id=turn_id)
            if found is None or not _reads(actor, *found):
                raise NotFound("I do not find that answer any more.")
            values = {
                "opinion": "good" if good else "bad",
                "opinion_by": actor.user_id,
                "opinion_reason": reason.strip()[:LONGEST_REASON],
                "opinion_at": self.now(),
            }
            await uow.turns.keep(id=turn_id, values=values)
            await uow.commit()

    async def opinions(self, actor: Actor) -> Opinions:
        """Raises NotAllowed."""
        actor.demand_admin("read what people think of Houston's answers")
        async with self.store.read() as uow:
            turns = await uow.turns.opinions(
                workspace_id=actor.scope.workspace_id or "", since=self.now() - SPAN
            )
        good = sum(turn.opinion == "good" for turn in turns)
        latest = [turn for turn in turns if shows(actor.scope, turn)][:LATEST]
        return Opinions(good=good, bad=len(turns) - good, latest=tuple(latest))


def _reads(actor: Actor, turn: Turn, conversation: Conversation) -> bool:
    is_own = turn.user_id == actor.user_id
    return shows(actor.scope, turn) and (is_own or not conversation.channel.startswith("D"))
