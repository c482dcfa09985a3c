"""The episodes that go on, as a list."""

from collections.abc import Sequence

from bot.views import severity
from bot.views.blocks import Block, context, header, section
from bot.views.reader import Reader
from bot.views.text import escape, mention, when
from houston.notify.handling.going_on import EpisodeSeen
from houston.notify.naming import name
from houston.notify.vocabulary import EVENT_TYPES
from houston.watch.standing import Standing, Who

SHOWN = 5


def blocks(episodes: Sequence[EpisodeSeen], reader: Reader) -> list[Block]:
    """`episodes` may be one more than is shown, to say that there are more."""
    if not episodes:
        return [header("Going on now"), section("✅ Nothing: all is as it should be.")]
    shown = [section(line(each, reader)) for each in episodes[:SHOWN]]
    more = [context(f"The first {SHOWN} are shown.")] if len(episodes) > SHOWN else []
    return [header("Going on now"), *shown, *more]


def line(seen: EpisodeSeen, reader: Reader) -> str:
    """`🔴 *spend · google-ads* · Outlier Alerts · Acme`, since when, who has it, and the way there."""
    stands = seen.standing
    called = name(stands.type, stands.current or stands.fired, stands.subject)
    parts = [f"*{escape(called, 200)}*" if called else "", EVENT_TYPES.get(stands.type, "")]
    if seen.client and reader.has_clients:
        parts.append(escape(seen.client.name, 100))
    details = [f"Since {when(stands.opened_at, reader.zone)}", _whose(stands, reader)]
    if seen.link:
        details.append(f"<{seen.link}|Open>")
    said = " · ".join(part for part in parts if part)
    return f"{severity.EMOJI[stands.severity]} {said}\n{' · '.join(part for part in details if part)}"


def _whose(stands: Standing, reader: Reader) -> str:
    taken = []
    if stands.assigned:
        taken.append(f"🙋 {_named(stands.assigned)}")
    if stands.acknowledged and stands.acknowledged != stands.assigned:
        taken.append(f"👀 {_named(stands.acknowledged)}")
    if stands.snoozed:
        until = when(stands.snoozed_until, reader.zone) if stands.snoozed_until else "it changes"
        taken.append(f"💤 until {until}")
    return " · ".join(taken) or "*nobody has it yet*"


def _named(who: Who) -> str:
    return mention(who.user_id, who.name) or "somebody"
