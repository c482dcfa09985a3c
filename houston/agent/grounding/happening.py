"""Whether the dates and times of a sentence are those of what was read."""

from collections.abc import Sequence
from datetime import date

from houston.agent.grounding.asked import Asked
from houston.agent.grounding.evidence import Evidence
from houston.agent.grounding.moments import Moment
from houston.agent.grounding.place import Stamp
from houston.agent.grounding.reading import Said
from houston.agent.grounding.subjects import SOFT

NEAR = 60
"""Characters between a title and the day that is said of it."""


def happened(moment: Moment, said: Said, evidence: Evidence, asked: Asked, today: date) -> bool:
    if moment.wrong or _is_anothers(moment, said, evidence):
        return False
    if moment.clock and moment.clock not in asked.clocks and not _was_then(moment, said, evidence):
        return False
    if moment.named or not moment.first or not moment.last:
        return True
    days = (moment.first, moment.last)
    if all(day == today or evidence.knows_date(day) for day in days):
        return True
    whole = moment.first != moment.last and any(
        f <= moment.last and moment.first <= last for f, last in evidence.spans
    )
    return (whole and (moment.last - moment.first).days in (6, 27, 28, 29, 30)) or all(
        _heard(day, asked) for day in days
    )


def _is_anothers(moment: Moment, said: Said, evidence: Evidence) -> bool:
    """The day right after the title of a note that was written on others."""
    if moment.first is None or moment.first != moment.last or moment.named:
        return False
    titles = [one for one in said.mentions if one.dimension == "title" and one.end <= moment.start]
    if not titles or any(titles[-1].end <= one.start < moment.start for one in said.moments if one.first):
        return False
    if moment.start - titles[-1].end > NEAR:
        return False
    days = {stamp.day for stamp in evidence.stamps if stamp.names.get("title") == titles[-1].name}
    return bool(days) and moment.first not in days


def _heard(day: date, asked: Asked) -> bool:
    return any(first <= day <= last for first, last in asked.spans)


def _was_then(moment: Moment, said: Said, evidence: Evidence) -> bool:
    """At that time of day, on the day that the sentence names, and to what it names."""
    if moment.clock not in evidence.clocks:
        return False
    stamps = [stamp for stamp in evidence.stamps if stamp.clock == moment.clock]
    day = _day(moment, said)
    if stamps and day and not any(stamp.day == day for stamp in stamps):
        return False
    return _is_theirs([stamp for stamp in stamps if day in (None, stamp.day)], said)


def _day(moment: Moment, said: Said) -> date | None:
    """The only day of the sentence."""
    if moment.first:
        return moment.first if moment.first == moment.last else None
    days = {(one.first, one.last) for one in said.moments if one.first}
    first, last = days.pop() if len(days) == 1 else (None, None)
    return first if first == last else None


def _is_theirs(stamps: Sequence[Stamp], said: Said) -> bool:
    """Where the sentence names one job, or one channel: nothing that is known to be another's."""
    for dimension in {one.dimension for one in said.mentions} - SOFT - {"metric", "client"}:
        named = {one.name for one in said.mentions if one.dimension == dimension}
        theirs = [stamp.names.get(dimension) for stamp in stamps]
        if len(named) == 1 and theirs and all(name and name not in named for name in theirs):
            return False
    return True
