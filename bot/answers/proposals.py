"""The changes that an answer proposes: a card for each, below it, once it is whole."""

from zoneinfo import ZoneInfo

from bot.answers.aside import tell_asker
from bot.answers.place import Place
from bot.answers.room import NOT_PROPOSED, Room, Wider
from bot.views import approval
from bot.views.blocks import Message
from houston.agent.turn import ApprovalAsked
from houston.assembly import Houston


class Proposals:
    def __init__(self, houston: Houston, place: Place, room: Room, zone: ZoneInfo) -> None:
        self._houston = houston
        self._place = place
        self._room = room
        self._zone = zone
        self._waiting: list[ApprovalAsked] = []

    def add(self, asked: ApprovalAsked) -> None:
        self._waiting.append(asked)

    async def show(self) -> None:
        """The asker alone is told that there are none where somebody reads them by now who may not."""
        while self._waiting:
            try:
                await self._room.look()
            except Wider:
                await self.withdraw()
                await tell_asker(self._place, Message(text=NOT_PROPOSED))
                return
            await self._ask(self._waiting.pop(0))

    async def withdraw(self) -> None:
        """Those without a card."""
        for asked in self._waiting:
            await self._houston.expiring.withdraw(asked.approval_id)
        self._waiting = []

    async def _ask(self, asked: ApprovalAsked) -> None:
        card = approval.card(asked, user_id=self._place.user_id, zone=self._zone)
        posted = await self._place.client.chat_postMessage(**self._place.thread, **card.arguments())
        await self._houston.approving.posted(self._place.workspace_id, asked.approval_id, str(posted["ts"]))
