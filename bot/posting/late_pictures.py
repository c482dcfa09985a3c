"""Pictures that Slack does not show yet when their message goes out."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from slack_sdk.errors import SlackApiError

from bot.posting.writing import NOT_READY
from bot.refusals import FAILURES, code, failure
from houston.errors import PermanentFailure

log = logging.getLogger(__name__)

LATER = (2.0, 5.0, 15.0, 60.0)
"""Seconds between tries once the message is out without its picture."""

Place = tuple[str, str, str]
"""Workspace, channel and ts of a message."""

Show = Callable[[], Awaitable[object]]
Sleep = Callable[[float], Awaitable[None]]


@dataclass(kw_only=True)
class _Following:
    task: asyncio.Task[None] | None = None
    calling: asyncio.Lock = field(default_factory=asyncio.Lock)


class LatePictures:
    """Adds them by an update of the message, which never goes out after a newer one of somebody else.

    Whoever updates a message says so with `drop` first.
    """

    def __init__(self, *, sleep: Sleep = asyncio.sleep, later: Sequence[float] = LATER) -> None:
        self._sleep = sleep
        self._later = later
        self._following: dict[Place, _Following] = {}

    def follow(self, place: Place, show: Show) -> None:
        """Try `show` for a while; it raises what slack_sdk raises."""
        following = _Following()
        following.task = asyncio.create_task(self._follow(place, following, show), name="chart to follow")
        self._following[place] = following

    async def drop(self, place: Place) -> None:
        """Returns when no call for this message is under way, and none will be made."""
        following = self._following.pop(place, None)
        if following is None or following.task is None:
            return
        async with following.calling:
            following.task.cancel()

    async def close(self) -> None:
        tasks = [each.task for each in self._following.values() if each.task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _follow(self, place: Place, following: _Following, show: Show) -> None:
        try:
            for pause in self._later:
                await self._sleep(pause)
                async with following.calling:
                    if await _shown(show):
                        return
            log.warning("message %s in %s stays without its chart", place[2], place[1])
        finally:
            if self._following.get(place) is following:
                del self._following[place]


async def _shown(show: Show) -> bool:
    """Whether there is nothing more to try."""
    try:
        await show()
    except FAILURES as error:
        is_early = isinstance(error, SlackApiError) and code(error) == NOT_READY
        refused = failure(error)
        log.info("a chart is not to be seen yet: %s", refused.message)
        return isinstance(refused, PermanentFailure) and not is_early
    return True
