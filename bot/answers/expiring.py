"""Cards of proposals that nobody decided in time say so without being pressed."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.connect.clients import Clients
from bot.refusals import FAILURES, failure
from bot.views import approval as views
from houston.agent.approving.expiring import Lapsed
from houston.assembly import Houston
from houston.errors import NotDelivered, TemporaryFailure
from houston.schedule import Tick

log = logging.getLogger(__name__)

EVERY = 10.0
"""Seconds between two looks."""


def tick(houston: Houston, slack: Clients, now: Callable[[], datetime]) -> Tick:
    return Tick(name="approval", seconds=EVERY, call=partial(look, houston, slack, now))


async def look(houston: Houston, slack: Clients, now: Callable[[], datetime]) -> None:
    for lapsed in await houston.expiring.due():
        try:
            await _show(slack, lapsed, now())
        except NotDelivered as refusal:
            log.info("a card in %s does not say that it expired: %s", lapsed.channel, refusal.message)
            if isinstance(refusal, TemporaryFailure):
                continue
        await houston.expiring.shown(lapsed)


async def _show(slack: Clients, lapsed: Lapsed, now: datetime) -> None:
    """Raises NotDelivered; saying it twice is saying it once."""
    message, approval = views.ended(lapsed.approval, now), lapsed.approval
    client = await slack.listening(approval.workspace_id)
    try:
        await client.chat_update(
            channel=lapsed.channel, ts=approval.message_ts, text=message.text, blocks=message.blocks
        )
    except FAILURES as error:
        raise failure(error) from error
