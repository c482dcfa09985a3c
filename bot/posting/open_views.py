"""Modals that show a picture: Slack refuses one that it has not processed yet."""

import asyncio
from collections.abc import Sequence
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.refusals import code
from bot.views.blocks import View

SOON = (0.3, 0.7, 1.5, 3.0, 6.0)
"""Seconds between tries, while the view is open without its picture."""

NOT_READY = frozenset({"invalid_arguments", "invalid_blocks"})
GONE = frozenset({"not_found", "view_not_found", "hash_conflict"})
"""Whoever had it open has closed it, or went on."""


async def update(client: AsyncWebClient, view_id: str, view: View, *, soon: Sequence[float] = SOON) -> None:
    """Show it, at first without its pictures where they are not ready. Raises what slack_sdk raises."""
    bare = _without_pictures(view)
    if bare != view and not await _refused(client, view_id, view):
        return
    await client.views_update(view_id=view_id, view=bare)
    if bare == view:
        return
    for pause in soon:
        await asyncio.sleep(pause)
        if not await _refused(client, view_id, view):
            return


async def _refused(client: AsyncWebClient, view_id: str, view: View) -> bool:
    """Whether its pictures are not ready."""
    try:
        await client.views_update(view_id=view_id, view=view)
    except SlackApiError as error:
        if code(error) in GONE:
            return False
        if code(error) not in NOT_READY:
            raise
        return True
    return False


def _without_pictures(view: View) -> dict[str, Any]:
    return view | {"blocks": [block for block in view["blocks"] if "slack_file" not in block]}
