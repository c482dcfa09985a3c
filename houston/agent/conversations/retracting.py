"""Questions that were deleted or edited: what answers them is taken away, though a crash comes before."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from houston.agent.conversations.holding import Holding
from houston.agent.conversations.turns import said
from store import Store
from store.tables import Conversation, Turn


@dataclass(frozen=True, kw_only=True)
class Retraction:
    """A question that is not to be answered any more; `shown` are the messages that answer it still."""

    workspace_id: str
    channel: str
    thread_ts: str
    ts: str
    shown: tuple[str, ...] = ()

    @property
    def message(self) -> dict[str, str]:
        return {
            "workspace_id": self.workspace_id,
            "channel": self.channel,
            "thread_ts": self.thread_ts,
            "ts": self.ts,
        }


@dataclass(frozen=True, kw_only=True)
class Retracting:
    store: Store
    holding: Holding
    _own: set[int] = field(default_factory=set)
    """The ids of turns whose answers this process is taking away."""

    async def begin(self, question: Retraction, edited: str = "") -> Retraction:
        """Keep that it was deleted, or `edited` then, with the messages that answer it so far. Whoever
        takes them away says `end`; until then they are known as left over."""
        async with self.store.begin() as uow:
            turns = await uow.turns.of_message(**question.message)
            ended = [turn for turn in turns if not edited or said(turn.edited) < said(edited)]
            for turn in ended:
                values = {"state": "superseded", "held_until": self.holding.until()}
                await uow.turns.keep(id=turn.id or 0, values=values)
            await uow.commit()
        self._own.update(turn.id for turn in ended if turn.id)
        return replace(question, shown=tuple(ts for turn in ended for ts in turn.posted))

    async def end(self, question: Retraction) -> None:
        """Its answers are gone, as far as Slack lets them."""
        async with self.store.begin() as uow:
            turns = [each for each in await uow.turns.of_message(**question.message) if _is_waiting(each)]
            for turn in turns:
                await uow.turns.keep(id=turn.id or 0, values={"held_until": None})
            await uow.commit()
        self._own.difference_update(turn.id for turn in turns if turn.id)

    async def left(self) -> list[Retraction]:
        """Those that somebody began and nobody goes on with: the caller does, for as long as a hold lasts."""
        async with self.store.begin() as uow:
            found = [each for each in await uow.turns.superseded() if self._is_free(each[0])]
            for turn, _ in found:
                await uow.turns.keep(id=turn.id or 0, values={"held_until": self.holding.until()})
            await uow.commit()
        return _by_message(found)

    def _is_free(self, turn: Turn) -> bool:
        return turn.id not in self._own and self.holding.is_let_go(turn)


def _is_waiting(turn: Turn) -> bool:
    return turn.state == "superseded" and turn.held_until is not None


def _by_message(found: Sequence[tuple[Turn, Conversation]]) -> list[Retraction]:
    messages: dict[Retraction, list[str]] = {}
    for turn, place in found:
        question = Retraction(
            workspace_id=place.workspace_id, channel=place.channel, thread_ts=place.thread_ts, ts=turn.ts
        )
        messages.setdefault(question, []).extend(turn.posted)
    return [replace(question, shown=tuple(shown)) for question, shown in messages.items()]
