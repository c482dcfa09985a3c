"""A conversation of the set, held through the same Conversations that Slack's listeners call."""

import time
from dataclasses import dataclass, field

from houston import access
from houston.agent.conversations.conversation import Question
from houston.agent.evals.question import AGENCY, Asked
from houston.agent.evals.reading import SetError
from houston.agent.evals.world import World, channel_id, user_id
from houston.agent.messages import Usage
from houston.agent.tool import ToolResult
from houston.agent.turn import (
    AgentEvent,
    ApprovalAsked,
    ChartDrawn,
    ChoicesOffered,
    Failed,
    Finished,
    TextAdded,
)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a person saw of one turn, and how it came about."""

    text: str
    options: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    """What each card asks to approve, with its lines."""
    captions: tuple[str, ...] = ()
    """Of the charts."""
    results: tuple[ToolResult, ...] = ()
    failed: str = ""
    note: str = ""
    """Set where the language model did not answer itself."""
    marked: int = 0
    """Sentences with a figure that no tool returned."""
    usage: Usage = field(default_factory=Usage)
    seconds: float = 0.0

    @property
    def tools(self) -> tuple[str, ...]:
        return tuple(result.call.name for result in self.results)

    @property
    def whole(self) -> str:
        """All that can be read of it."""
        return "\n".join(filter(None, (self.text, self.failed, *self.options, *self.cards, *self.captions)))


async def converse(world: World, asked: Asked, *, repeat: int) -> list[Answer]:
    """The answers, turn by turn. Raises SetError where the set names what is not there."""
    thread = f"{repeat}.{asked.id}"
    event_id = await _begin(world, asked, thread)
    questions = [_question(world, asked, thread, number, event_id) for number in range(len(asked.turns))]
    return [await _answer(world, question) for question in questions]


def _question(world: World, asked: Asked, thread: str, number: int, event_id: int | None) -> Question:
    member = world.cast[asked.member]
    began = world.houston.conversations.now().timestamp()
    return Question(
        workspace_id=world.workspace_of(asked),
        user_id=user_id(asked.member),
        user_name=member.name,
        timezone=member.timezone,
        channel=_place(asked),
        thread_ts=thread,
        ts=f"{began + number:.6f}",
        text=asked.turns[number].say,
        event_ids=(event_id,) if event_id else (),
    )


def _place(asked: Asked) -> str:
    return channel_id(asked.channel) if asked.channel else f"D-{asked.member}"


async def _begin(world: World, asked: Asked, thread: str) -> int | None:
    """The conversation with its client in it; the alert's event, if it hangs under one."""
    for name in ("client", "channel", "workspace"):
        slug = getattr(asked, name)
        if slug not in (None, AGENCY, *world.clients):
            known = ", ".join(world.clients)
            raise SetError(f"{asked.id}: {name}: there is no client {slug}; the data has {known}.")
    if asked.client and not asked.alert:
        async with world.houston.store.begin() as uow:
            await uow.conversations.open(
                workspace_id=world.workspace_of(asked),
                channel=_place(asked),
                thread_ts=thread,
                client_id=world.clients[asked.client].id,
                event_id=None,
                now=world.houston.conversations.now(),
            )
            await uow.commit()
    return await _event(world, asked) if asked.alert else None


async def _event(world: World, asked: Asked) -> int:
    wanted = asked.alert if isinstance(asked.alert, str) else ""
    async with world.houston.store.read() as uow:
        events = await uow.events.all(scope=access.everything(), type="outlier", limit=50)
    for event in events:
        name = f"{event.payload.get('metric')}/{event.payload.get('channel')}"
        if wanted in ("", name):
            return int(event.id or 0)
    raise SetError(f"{asked.id}: alert: no outlier alert {wanted} was sent; write <metric>/<channel>.")


async def _answer(world: World, question: Question) -> Answer:
    began, seen = time.perf_counter(), list[AgentEvent]()
    async for event in world.houston.conversations.answer(question):
        seen.append(event)
    ends = [event for event in seen if isinstance(event, Finished | Failed)]
    end = ends[-1] if ends else None
    return Answer(
        text="".join(event.markdown for event in seen if isinstance(event, TextAdded)),
        options=tuple(text for event in seen if isinstance(event, ChoicesOffered) for text in event.options),
        cards=tuple(_card(event) for event in seen if isinstance(event, ApprovalAsked)),
        captions=tuple(event.caption for event in seen if isinstance(event, ChartDrawn)),
        results=end.record.results if end else (),
        failed=end.sentence if isinstance(end, Failed) else "",
        note=end.footer.model_note if isinstance(end, Finished) else "",
        marked=end.footer.marked if isinstance(end, Finished) else 0,
        usage=end.record.usage if end else Usage(),
        seconds=time.perf_counter() - began,
    )


def _card(asked: ApprovalAsked) -> str:
    return "\n".join([asked.change.title, *(" ".join(filter(None, line)) for line in asked.change.lines)])
