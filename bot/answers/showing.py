"""One answer in its thread: each event of it, as people see it."""

from zoneinfo import ZoneInfo

from bot.answers.aside import tell_admin
from bot.answers.charts import Charts
from bot.answers.place import Place
from bot.answers.proposals import Proposals
from bot.answers.removing import remove
from bot.answers.room import Room
from bot.answers.status import StatusLine
from bot.answers.writing import Writing
from bot.posting.pictures import Upload
from bot.views import answer as views
from houston.agent.conversations.conversation import Question
from houston.agent.turn import (
    AgentEvent,
    ApprovalAsked,
    CardChanged,
    ChartDrawn,
    ChoicesOffered,
    Failed,
    Finished,
    StatusChanged,
    Stopped,
    TextAdded,
)
from houston.assembly import Houston

STOPPED = "_(stopped)_"
STATUS_CARD = "status"
LOOKED = "Looked into it"


class Showing:
    def __init__(
        self, houston: Houston, place: Place, question: Question, room: Room, *, uploaded: Upload
    ) -> None:
        self._houston = houston
        self._place = place
        self._question = question
        self._room = room
        self._zone = ZoneInfo(question.timezone)
        self._writing = Writing(place, self._began)
        self._status = StatusLine(place)
        self._charts = Charts(place, uploaded=room.looked_at_after(uploaded))
        self._options: tuple[str, ...] = ()
        self._proposals = Proposals(houston, place, room, self._zone)
        self._has_status_card = False

    async def show(self, event: AgentEvent) -> None:
        """Raises Wider where somebody may read it by now who may not see what it speaks of."""
        if not isinstance(event, Stopped):
            await self._room.look()
        match event:
            case StatusChanged(text=text):
                self._say_status(text)
            case CardChanged():
                self._writing.card(event)
            case TextAdded(markdown=markdown):
                self._writing.add(markdown)
            case ChartDrawn():
                self._charts.draw(event)
            case ChoicesOffered(options=options):
                self._options = options
            case ApprovalAsked():
                self._proposals.add(event)
            case Finished():
                await self._finish(event)
            case Failed():
                await self._fail(event)
            case Stopped():
                await self.stop()

    async def end(self) -> None:
        """For an answer that ends without a word about it."""
        self._end_status_card()
        await self._writing.end()
        await self._status.clear()

    async def stop(self) -> None:
        """Somebody wanted no more of it."""
        await self._charts.cancel()
        await self._writing.end(STOPPED)
        await self._leave()

    async def cease(self, sentence: str) -> None:
        """Somebody reads it who may not: nothing more of it is shown, also not what was about to be."""
        await self._charts.cancel()
        await self._writing.cease(sentence)
        await self._leave()

    async def _leave(self) -> None:
        """What is shown stays, and is noted; what is not proposed yet is not proposed any more."""
        await self._proposals.withdraw()
        await self._keep(await self._houston.sharing.turn_of(self._question))
        await self._status.clear()

    async def remove(self) -> None:
        """Its question was changed or deleted."""
        await self._charts.cancel()
        await self._writing.remove(*self._charts.messages)
        await self._status.clear()

    def _say_status(self, text: str) -> None:
        """Where Slack takes no status, it is a card. The cards of a message say it too."""
        if not self._writing.messages:
            self._status.show(text)
        if self._status.is_refused:
            self._has_status_card = True
            self._writing.card(CardChanged(id=STATUS_CARD, title=text, state="running"))

    def _end_status_card(self) -> None:
        if self._has_status_card:
            self._writing.card(CardChanged(id=STATUS_CARD, title=LOOKED, state="done"))

    async def _finish(self, event: Finished) -> None:
        missing = await self._charts.settle()
        await self._room.look(again=True)
        self._end_status_card()
        under = views.under(
            event.footer,
            self._zone,
            options=self._options,
            turn_id=event.turn_id,
            plainly=self._place.refused.has(self._place.workspace_id, "feedback"),
        )
        await self._writing.end(views.without_charts(missing), under)
        if await self._keep(event.turn_id):
            await self._proposals.show()
        await self._status.clear()
        await tell_admin(self._houston, self._place, event.for_admins)

    async def _fail(self, event: Failed) -> None:
        await self._charts.settle()
        self._end_status_card()
        await self._writing.end(event.sentence)
        await self._keep(event.turn_id)
        await self._status.clear()
        await tell_admin(self._houston, self._place, event.for_admins)

    async def _began(self, ts: str) -> None:
        """Noted at once: what a crash leaves behind is taken away by whoever answers instead."""
        self._status.give_way()
        turn_id = await self._houston.sharing.turn_of(self._question)
        if turn_id is not None:
            await self._houston.conversations.posted(turn_id, ts)

    async def _keep(self, turn_id: int | None) -> bool:
        """Which messages show the answer. False where it is wanted no more, and was taken away."""
        if turn_id is None:
            return True
        messages = (*self._writing.messages, *self._charts.messages)
        wanted = [await self._houston.conversations.posted(turn_id, ts) for ts in messages]
        if not all(wanted):
            await remove(self._place.client, self._place.channel, messages)
        return all(wanted)
