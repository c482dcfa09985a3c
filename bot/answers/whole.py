"""An answer that is shown all at once, to its asker alone."""

from contextlib import aclosing
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.answers.lookups import in_short
from bot.views import answer as views
from bot.views import private_answer
from bot.views.blocks import Block, Message
from houston.agent.conversations.conversation import Question
from houston.agent.turn import (
    AgentEvent,
    ApprovalAsked,
    CardChanged,
    ChartDrawn,
    ChoicesOffered,
    Failed,
    Finished,
    TextAdded,
)
from houston.assembly import Houston


@dataclass(frozen=True, kw_only=True)
class Whole:
    """`message` is None where nothing was answered, since it was answered before, or was stopped."""

    message: Message | None
    approvals: tuple[ApprovalAsked, ...] = ()
    for_admins: str = ""


class Gathered:
    """What is said of an answer until it has ended."""

    def __init__(self, zone: ZoneInfo, *, kept_out: int) -> None:
        self._zone = zone
        self._kept_out = kept_out
        self._text = ""
        self._cards: dict[str, CardChanged] = {}
        self._options: tuple[str, ...] = ()
        self._approvals: list[ApprovalAsked] = []
        self._under: list[Block] = []
        self._for_admins = ""

    def hear(self, event: AgentEvent) -> None:
        match event:
            case CardChanged():
                self._cards[event.id] = event
            case TextAdded(markdown=markdown):
                self._text += markdown
            case ChartDrawn(chart=chart):
                self._add(private_answer.instead_of(chart))
            case ChoicesOffered(options=options):
                self._options = options
            case ApprovalAsked():
                self._approvals.append(event)
            case Finished():
                self._finish(event)
            case Failed(sentence=sentence, for_admins=for_admins):
                self._add(sentence)
                self._for_admins = for_admins

    def whole(self) -> Whole:
        message = views.whole(self._text, self._under, cards=in_short(tuple(self._cards.values())))
        return Whole(
            message=message if self._text else None,
            approvals=tuple(self._approvals),
            for_admins=self._for_admins,
        )

    def _add(self, paragraph: str) -> None:
        self._text = f"{self._text}\n\n{paragraph}\n\n".strip("\n")

    def _finish(self, event: Finished) -> None:
        self._for_admins = event.for_admins
        layouts = views.under(
            event.footer, self._zone, options=self._options, turn_id=event.turn_id, plainly=True
        )
        self._under = layouts[0]
        if event.turn_id is not None and self._kept_out:
            self._under = [*self._under, *private_answer.offer(event.turn_id, self._kept_out)]


async def gathered(houston: Houston, asked: Question, *, kept_out: int) -> Whole:
    """The answer, to be shared in spite of `kept_out` people who may not see it."""
    heard = Gathered(ZoneInfo(asked.timezone), kept_out=kept_out)
    async with aclosing(houston.conversations.answer(asked)) as events:
        async for event in events:
            heard.hear(event)
    return heard.whole()
