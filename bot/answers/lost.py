"""Messages that Slack took while its answer to that was lost: their ts is known to nobody here."""

import logging
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.answers.pending import Said
from bot.answers.place import Place
from bot.refusals import FAILURES, failure
from houston.agent.turn import CardChanged
from houston.errors import NotDelivered, TemporaryFailure

log = logging.getLogger(__name__)

SKEW = 60.0
"""Seconds by which Slack's clock may differ from this one."""

FINISHED = frozenset({"actions", "context_actions"})
"""Blocks that stand under an answer once it is whole."""

SAME = 500
"""Characters of words by which it is known: Slack may cut them."""

NO_WORD = re.compile(r"\W+")


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """A message that was to begin with this; `since` is in seconds since 1970."""

    said: tuple[Said, ...]
    since: float

    @classmethod
    def of(cls, said: Sequence[Said]) -> "Attempt":
        return cls(said=tuple(said), since=time.time())

    def is_it(self, message: Mapping[str, Any]) -> bool:
        """By its words, whatever Slack made of their Markdown, or else by its cards. An answer that is
        finished is another one."""
        kinds = {block.get("type") for block in message.get("blocks") or ()}
        if kinds & FINISHED:
            return False
        words = "".join(item for item in self.said if isinstance(item, str))
        if words.strip():
            return _bare(str(message.get("text") or "")) == _bare(words)
        cards = {item.id for item in self.said if isinstance(item, CardChanged)}
        shown = {block.get("task_id") for block in message.get("blocks") or ()}
        return bool(cards & shown)


class Beginning:
    """Of one message: what was tried, while its outcome is not known."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._attempt: Attempt | None = None

    async def tries(self, said: Sequence[Said]) -> None:
        """To begin with this; what an earlier try may have left is taken back before."""
        await self.take_back()
        self._attempt = Attempt.of(said)

    def succeeded(self) -> None:
        self._attempt = None

    def failed(self, refusal: NotDelivered) -> None:
        if not (isinstance(refusal, TemporaryFailure) and refusal.uncertain):
            self._attempt = None

    async def take_back(self) -> None:
        """Deletes what became of it, if it can be found: it is said anew."""
        attempt, self._attempt = self._attempt, None
        if attempt is None:
            return
        try:
            found = [each for each in await _own_messages(self._place, attempt.since) if attempt.is_it(each)]
            for newest in found[-1:]:
                await self._place.client.chat_delete(channel=self._place.channel, ts=newest["ts"])
        except FAILURES as error:
            log.warning("a lost message may stay in %s: %s", self._place.channel, failure(error).message)


async def _own_messages(place: Place, since: float) -> list[Mapping[str, Any]]:
    """Of the thread, and no older."""
    me = (await place.client.auth_test())["bot_id"]
    found = await place.client.conversations_replies(
        channel=place.channel, ts=place.thread_ts, oldest=f"{since - SKEW:.6f}", limit=100
    )
    begun = since - SKEW
    return [each for each in found["messages"] if each.get("bot_id") == me and float(each["ts"]) > begun]


def _bare(text: str) -> str:
    return NO_WORD.sub("", text)[:SAME]
