"""Who reads an answer, looked at anew while it is given: people come, and rights change, while it waits."""

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.answers.audience import Audiences
from bot.posting.pictures import Upload
from bot.refusals import code
from houston.agent.conversations.conversation import Question
from houston.assembly import Houston
from houston.watch.chart import Chart

WIDER = "_(Who may see what here has changed while I answered, so I end here. Ask me again.)_"

NOT_PROPOSED = (
    "Who may see what here has changed while I answered, so I do not show the change that I prepared. "
    "Nothing was done. Ask me for it again, here or in a direct message."
)

NOT_THERE = frozenset({"not_in_channel", "channel_not_found", "is_archived", "restricted_action"})
"""Where Houston cannot post, nobody but the asker reads an answer."""

EVERY = 1.0
"""Seconds between two looks, while an answer comes in many pieces."""

FRESH = 15.0
"""Seconds for which it counts who was there: another replica may have heard who came."""


class Wider(Exception):
    """Somebody may read the answer who may not see all that it speaks of. `sentence` is said of it, unless
    the channel is one where nothing may be said."""

    def __init__(self, sentence: str) -> None:
        super().__init__("the answer would be read by who may not see it")
        self.sentence = sentence


class Room:
    """Of one question."""

    def __init__(
        self, houston: Houston, client: AsyncWebClient, audiences: Audiences, question: Question
    ) -> None:
        self._houston = houston
        self._client = client
        self._audiences = audiences
        self._question = question
        self._looked_at = audiences.clock()
        self._moves = self._moved()

    async def look(self, *, again: bool = False) -> None:
        """Raises Wider. `again`: also where somebody looked a moment ago, and nobody came since: whoever
        lets an answer begin has just done so."""
        now, moves = self._audiences.clock(), self._moved()
        if not again and moves == self._moves and now - self._looked_at < EVERY:
            return
        if not await self._is_as_it_was():
            raise Wider("" if await self._is_closed() else WIDER)
        self._looked_at, self._moves = now, moves

    def _moved(self) -> int:
        return self._audiences.moves(self._question.workspace_id, self._question.channel)

    def looked_at_after(self, upload: Upload) -> Upload:
        """A picture takes long, and is shown by a message of its own."""

        async def uploaded(client: AsyncWebClient, chart: Chart) -> str | None:
            file_id = await upload(client, chart)
            await self.look()
            return file_id

        return uploaded

    async def _is_closed(self) -> bool:
        asked = self._question
        found = await self._houston.channels.find(asked.workspace_id, asked.channel)
        return found is not None and not found.is_open

    async def _is_as_it_was(self) -> bool:
        scope = await self._houston.sharing.spoken(self._question)
        if scope is None:
            return False
        channel = self._question.channel
        try:
            kept_out = await self._audiences.kept_out(
                self._houston, self._client, scope, channel, fresh=FRESH
            )
        except SlackApiError as error:
            if code(error) in NOT_THERE:
                return True
            raise
        return not kept_out
