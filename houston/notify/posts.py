"""Brings the messages that show episodes up to date, always from the current state."""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from houston.errors import Gone, NotDelivered, PermanentFailure, TemporaryFailure
from houston.notify.composing import Composer
from houston.notify.messenger import Messenger, Posted
from houston.notify.outbox import Outbox
from store.dispatch import Edit
from store.tables import Post

log = logging.getLogger(__name__)

MOST_TRIES = 20
BACKOFF_CAP = 300.0


@dataclass(frozen=True, kw_only=True)
class Editor:
    """One change of a message at a time: whoever calls holds the lane's `editing`."""

    messenger: Messenger
    composer: Composer
    outbox: Outbox
    now: Callable[[], datetime]
    rng: random.Random

    async def bring_up(self, leader: Post) -> bool:
        """Show how the Post's episodes stand now; False where its message is not there any more."""
        edit = await self._attempt(leader)
        await self.outbox.settle(edit)
        return not edit.is_gone

    async def _attempt(self, leader: Post) -> Edit:
        if not leader.ts:
            return self._given_up(leader, "")
        try:
            current = await self.composer.current(leader)
            posted = await self.messenger.update(
                workspace_id=leader.workspace_id,
                posted=Posted(channel=leader.channel, ts=leader.ts, chart_file=leader.chart_file),
                announcement=current.announcement,
            )
        except NotDelivered as failure:
            return self._failed(leader, failure)
        except Exception:
            log.exception("the Post %s failed inside Houston", leader.id)
            return self._failed(leader, TemporaryFailure("Houston failed while it wrote this message."))
        return Edit(post_id=leader.id, shown=current.shown, due_at=self.now(), chart_file=posted.chart_file)

    def _failed(self, leader: Post, failure: NotDelivered) -> Edit:
        if isinstance(failure, PermanentFailure) or leader.tries + 1 >= MOST_TRIES:
            return self._given_up(leader, failure.message, is_gone=isinstance(failure, Gone))
        assert isinstance(failure, TemporaryFailure)
        delay = failure.retry_after
        if delay is None:
            delay = min(BACKOFF_CAP, 2.0**leader.tries) * self.rng.uniform(0.5, 1.0)
        return Edit(
            post_id=leader.id,
            shown=0,
            due_at=self.now() + timedelta(seconds=delay),
            tries=leader.tries + 1,
            error=failure.message,
        )

    def _given_up(self, leader: Post, error: str, *, is_gone: bool = False) -> Edit:
        """Until something changes once more."""
        return Edit(
            post_id=leader.id,
            shown=0,
            due_at=self.now(),
            ts=leader.ts,
            error=error,
            is_given_up=True,
            is_gone=is_gone,
        )
