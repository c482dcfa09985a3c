"""Whether Houston can still post where its rules say."""

import asyncio
from collections.abc import Sequence

from slack_sdk.web.async_client import AsyncWebClient

from bot.refusals import FAILURES, INVITE, failure
from houston.doctor.finding import Finding, unset, well, wrong
from houston.doctor.patients import Place
from houston.errors import TemporaryFailure

SECONDS = 20.0
AT_ONCE = 4
"""Slack answers some fifty such questions a minute and workspace."""


async def look_at_places(
    client: AsyncWebClient, whose: str, places: Sequence[Place], *, seconds: float = SECONDS
) -> list[Finding]:
    """A line for each channel that cannot be reached, or one for all that can.

    Those that Slack has not spoken of after `seconds` are counted.
    """
    gate = asyncio.Semaphore(AT_ONCE)
    tasks = [asyncio.create_task(_looked(client, gate, place)) for place in places]
    try:
        late = (await asyncio.wait(tasks, timeout=seconds))[1] if tasks else set()
    finally:
        for task in tasks:
            task.cancel()
    found = [task.result() for task in tasks if task not in late]
    problems = [each for each in found if each is not None]
    if late:
        problems.append(unset(f"Channels of {whose}", f"no answer in time for {len(late)} of {len(places)}"))
    if problems or not places:
        return problems
    return [well(f"Channels of {whose}", f"all {len(places)} that rules post to can be reached")]


async def _looked(client: AsyncWebClient, gate: asyncio.Semaphore, place: Place) -> Finding | None:
    """What is wrong with this channel."""
    check = f"Channel {place.alias} ({_rules(place)})"
    async with gate:
        try:
            channel = (await client.conversations_info(channel=place.channel_id))["channel"]
        except FAILURES as error:
            meant = failure(error)
            if isinstance(meant, TemporaryFailure):
                return unset(check, f"could not be asked for: {meant.message}")
            return wrong(check, meant.message)
    if channel.get("is_archived"):
        return wrong(check, "is archived", "Unarchive it, or choose another channel in the rule.")
    if not channel.get("is_member"):
        return wrong(check, "Houston is not in it", INVITE)
    if channel.get("is_ext_shared") and not place.is_approved:
        mend = "Nothing is posted there until an admin approves it; Houston asked them by DM."
        return wrong(check, "is shared with another organization", mend)
    return None


def _rules(place: Place) -> str:
    numbers = ", ".join(str(number) for number in sorted(place.rules))
    return f"rule {numbers}" if len(place.rules) == 1 else f"rules {numbers}"
