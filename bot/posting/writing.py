"""From an announcement to a message that Slack takes, whatever it thinks of the layout."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.refusals import code
from bot.views.announcement import announced
from bot.views.blocks import Message
from bot.views.text import cut
from houston.notify.messenger import Announcement

log = logging.getLogger(__name__)

SOON = (0.2, 0.4, 0.9)
"""Seconds between tries while Slack does not show a fresh picture yet."""

PLAIN_TEXT = 3900
"""Characters that Slack takes in one message, whatever its blocks."""

NOT_READY = "invalid_blocks"
"""What Slack says of a block with a file that it has not processed yet, among other things."""

LAYOUT = frozenset({NOT_READY, "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"})
"""What is wrong with the blocks or the length; the same in few plain words is taken."""

Sleep = Callable[[float], Awaitable[None]]
Call = Callable[[Message], Awaitable[AsyncSlackResponse]]
"""Posts the message, or updates one with it."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A message in all the forms that it may go out in; `pictured` is None without a picture."""

    type: str
    pictured: Message | None
    bare: Message

    @property
    def plain(self) -> Message:
        return Message(text=cut(self.bare.text, PLAIN_TEXT))


@dataclass(frozen=True, kw_only=True)
class Written:
    """What Slack answered; `awaits_picture` where the picture may follow."""

    answer: AsyncSlackResponse
    awaits_picture: bool = False


def draft(announcement: Announcement) -> Draft:
    return Draft(
        type=announcement.event.type,
        pictured=announced(announcement) if announcement.chart_file else None,
        bare=announced(replace(announcement, chart_file="")),
    )


def content(message: Message) -> dict[str, Any]:
    """For an update; an empty list takes the blocks of an older state away."""
    return {"text": message.text, "blocks": message.blocks}


class Writer:
    """Raises what slack_sdk raises, but not for a layout."""

    def __init__(self, *, sleep: Sleep = asyncio.sleep, soon: Sequence[float] = SOON) -> None:
        self._sleep = sleep
        self._soon = soon

    async def write(self, call: Call, draft: Draft) -> Written:
        """With its picture if Slack shows that soon, else without; plain where Slack refuses the rest."""
        answer = await self._write_pictured(call, draft.pictured) if draft.pictured else None
        if answer is not None:
            return Written(answer=answer)
        try:
            return Written(answer=await call(draft.bare), awaits_picture=draft.pictured is not None)
        except SlackApiError as error:
            if code(error) not in LAYOUT:
                raise
            log.warning("Slack refused a %s message with %s: it goes as plain text", draft.type, code(error))
        return Written(answer=await call(draft.plain))

    async def _write_pictured(self, call: Call, message: Message) -> AsyncSlackResponse | None:
        for pause in (0.0, *self._soon):
            if pause:
                await self._sleep(pause)
            try:
                return await call(message)
            except SlackApiError as error:
                if code(error) not in LAYOUT:
                    raise
                if code(error) != NOT_READY:
                    return None
        return None
