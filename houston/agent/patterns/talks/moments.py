"""`Was it the same at Globex?`, `and the day before?` of an outlier: one moment, looked at elsewhere."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from houston.agent.patterns.understanding.asides import client_named
from houston.agent.patterns.understanding.catalogue import Catalogue
from houston.agent.patterns.understanding.period import Period
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.reading import Reading
from houston.agent.patterns.understanding.subjects import PLACE, TELLING

SAME = re.compile(
    r"\b(?:same|also|too|as well|similar\w*|happen\w*|affected|like (?:that|this)|see (?:it|that|this)|"
    r"(?:is|was|did) (?:it|that|this)|fine|ok|okay|normal)\b"
)
SHIFT = re.compile(
    r"\b(?:the |an? |one |the previous )?(?P<unit>hour|day|week) (?P<way>before|earlier|prior|after|later)\b"
    r"|\bthe previous (?P<unit2>hour|day|week)\b"
)
AT_ONCE = re.compile(
    r"\b(?:at|in|during|around) (?:that|the same|this) (?:very |same )?(?:hour|time|moment|point)\b"
    r"|\b(?:too|also|as well|likewise)\b|\bthen\W*$"
)
SAME_HOUR = re.compile(r"\b(?:same|that|this) (?:hour|time)\b|\bat the time\b")
THEN = re.compile(
    rf"{AT_ONCE.pattern}|\b(?:around|about|near) (?:it|then|that|this)\b|\b(?:just )?before (?:it|that)\b"
)
TOLD_OF_IT = re.compile(rf"\b{PLACE}.*\b{TELLING}\b.*\b(?:this|that|it|these)\b")
WHOLE_DAY = re.compile(r"\b(?:whole|entire|full|rest of the|over the) day\b")
UNITS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}
STILL = ("why", "moment")
OF_ALERTS = ("brief", "channels", "now", "earlier")
MOST_AT_ONCE = 3
RECORDS = ("tasks", "notes", "episodes")
PARTS = ("by", "chart", "rank", "measure", "table", "overview", "customers", "compare")
"""What is split, ranked, drawn or compared is asked of a stretch of time, not of one hour."""


def left(question: Question, reading: Reading) -> Question:
    """A moment that something else is asked of, such as `by channel`: its whole day."""
    if question.intent == "performance" and question.measure in OF_ALERTS:
        question = replace(question, measure=None)
    if question.intent != "moment" or question.moment is None:
        return question
    day = question.period if reading.found and question.period else Period.day(question.moment.date())
    return replace(question, intent="performance", period=day, moment=None, elsewhere=False)


def around(previous: Question | None, question: Question, reading: Reading) -> Question:
    """Under an alert: `did a job fail around then?` is about that day, `and?` about the alert itself."""
    if previous is None or previous.moment is None or previous.intent not in STILL or reading.found:
        return question
    day = previous.moment.date()
    if question.intent in RECORDS and THEN.search(reading.text):
        near = Period(start=day - timedelta(days=1), end=day)
        return replace(question, period=near, assumed_period=False)
    if question.intent != "performance":
        return question
    if TOLD_OF_IT.search(reading.text):
        return Question(intent="rules", raw=reading.raw)
    if WHOLE_DAY.search(reading.text):
        return replace(question, period=Period.day(day), assumed_period=False)
    said = (
        reading.names or reading.number or any(cue.slot != "more" for cue in reading.cues) or reading.formula
    )
    if said:
        return question
    return replace(question, intent="unknown" if reading.loose else "why", moment=previous.moment)


def at_moment(previous: Question | None, reading: Reading, catalogue: Catalogue) -> Question | None:
    if previous is None or previous.moment is None or previous.intent not in STILL or not previous.metrics:
        return None
    if there := _at_that_hour(previous, reading, catalogue):
        return there
    other = set(reading.sure("metric")) - set(previous.metrics)
    same_hour = len(reading.periods) == 1 and SAME_HOUR.search(reading.text) and not other
    if (
        (reading.named("metric") and not same_hour)
        or reading.has("chart")
        or reading.has("by")
        or reading.has("compare", "")
    ):
        return None
    client, channels = client_named(reading, catalogue), reading.sure("channel")
    if channels and channels == previous.channels and not client and not same_hour:
        return None
    kept = replace(
        previous, intent="moment", raw=reading.raw, client=client, outlier="", strays=(), loose=(),
        unclear=(),
        follows=True, picked=False, channels=channels or previous.channels,
        about=client or previous.about,
    )  # fmt: skip
    if same_hour and not reading.strays:
        return _at_hour_of(kept, previous.moment, reading.periods[0])
    if shift := SHIFT.search(reading.text):
        return replace(kept, moment=_shifted(previous.moment, shift), elsewhere=False)
    if reading.found or reading.strays:
        return None
    alike = SAME.search(reading.text)
    same_there = alike or (previous.intent == "moment" and reading.follows_up)
    if (client and (alike or reading.follows_up)) or (
        channels and same_there and "why" not in reading.intents
    ):
        return replace(kept, elsewhere=True)
    return None


def _at_hour_of(kept: Question, moment: datetime, period: Period) -> Question | None:
    """`the same hour yesterday`; of a week its same weekday."""
    days = (period.end - period.start).days
    if days not in (0, 6):
        return None
    ahead = (moment.weekday() - period.start.weekday()) % 7 if days else 0
    day = period.start + timedelta(days=ahead)
    return replace(kept, moment=moment.replace(year=day.year, month=day.month, day=day.day), elsewhere=False)


def _at_that_hour(previous: Question, reading: Reading, catalogue: Catalogue) -> Question | None:
    """`how many clicks?`, `what did meta spend in that hour?`: without a period, in the alert's."""
    named = reading.sure("metric") or previous.metrics
    told = AT_ONCE.search(reading.text) or named != previous.metrics
    if (
        not 0 < len(named) <= MOST_AT_ONCE
        or not told
        or not (reading.named("metric") or reading.named("channel"))
    ):
        return None
    if reading.found or reading.strays or "why" in reading.intents or any(map(reading.has, PARTS)):
        return None
    known = [catalogue.metric(name).channels for name in named]
    kept = tuple(name for name in previous.channels if all(name in channels for channels in known))
    client = client_named(reading, catalogue)
    return replace(
        previous, intent="moment", raw=reading.raw, metrics=named, channels=reading.sure("channel") or kept,
        client=client, outlier="", strays=(), loose=(), unclear=(), follows=True, picked=False,
        elsewhere=False, about=client or previous.about,
    )  # fmt: skip


def _shifted(moment: datetime, shift: re.Match[str]) -> datetime:
    step = UNITS[shift["unit"] or shift["unit2"]]
    return moment + step if shift["way"] in ("after", "later") else moment - step


STILL_SO = re.compile(
    r"\bback to (?:normal|usual)\b|\bstill (?:going(?: on)?|ongoing|elevated|unusual|off|so|high|low|there|"
    r"like that|happening|bad|out of line)\b|\brecover(?:ed|ing)?\b|\b(?:is|has) (?:it|that|this) (?:over|"
    r"ok|okay|fixed|normal|better|gone|settled|stopped)\b|^\W*(?:and |how about |what about )?(?:right "
    r")?now\W*$"
)

BEFORE = re.compile(
    r"\b(?:happen\w*|seen|occur\w*|been|had|like (?:this|that))\b.*\b(?:before|earlier|in the past|already|"
    r"ever)\b|\b(?:first|last) time\b|\bhow often (?:does|did|has)\b|\bnew problem\b"
)

HAPPENED = re.compile(
    r"\b(?:did|has|have|was|were)\b.*\b(?:happen\w*|occur\w*|see (?:it|that|this)|like (?:this|that))\b"
)


def still(previous: Question | None, first: Question | None, reading: Reading) -> Question | None:
    """`is it back to normal?`, `did it happen before?` of the outlier that is talked of, else the thread's.

    `first`: the question that the thread itself stands for.
    """
    goes_on = previous is not None and previous.intent == "why"
    client = None if goes_on or first is None else first.about or None
    previous = previous if goes_on else first
    if previous is None or previous.moment is None or not previous.metrics:
        return None
    series = {*previous.metrics, *previous.channels, *reading.sure("channel")}
    if SHIFT.search(reading.text) or {name for match in reading.names for name in match.names} - series:
        return None
    if reading.found and (BEFORE.search(reading.text) or HAPPENED.search(reading.text)):
        return replace(
            previous,
            intent="outliers",
            period=reading.periods[0],
            raw=reading.raw,
            client=client,
            measure=None,
            channels=reading.sure("channel") or previous.channels,
        )
    if reading.found or set(reading.sure("channel")) - set(previous.channels):
        return None
    measure = "now" if STILL_SO.search(reading.text) else "earlier" if BEFORE.search(reading.text) else ""
    if not measure:
        return None
    return replace(previous, intent="why", measure=measure, raw=reading.raw, client=client, follows=True)
