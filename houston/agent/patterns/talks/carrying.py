"""What a question goes on standing for, though its message does not say it."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from houston.agent.facts import Facts
from houston.agent.patterns.planning.asking import NEEDS_CLIENT
from houston.agent.patterns.planning.performance import overview_metrics
from houston.agent.patterns.talks.portions import among, part_of
from houston.agent.patterns.understanding.catalogue import Catalogue
from houston.agent.patterns.understanding.period import Period
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.reading import Reading

THEM = re.compile(
    r"\b(?:them|they|their|that (?:client|account|brand)|this (?:client|account|brand)|there)\b"
)
THERE = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\bthere\b(?! (?:is|are|was|were|any)\b)"
    r"|\b(?:that channel|this channel|(?:on|for|with) (?:it|that one)|(?:did|does|has) it)\b"
)
BOTH = re.compile(r"\b(?:both|(?:the|these|those|all) (?:two|three)|(?:for|of) (?:them|each)|side by side)\b")
OTHERS = re.compile(r"\b(?:the|all|our) (?:others|other (?:ones|channels)|rest)\b")
NOW = re.compile(r"\b(?:now|currently|at the moment|these days|meanwhile)\W*$")
AVERAGE = re.compile(
    r"^\W*(?:and |so |what is )*(?:on |the |a )*(?:daily )?(?:average|mean)(?: (?:a|per|each) day)?\W*$"
)
ABOUT_JOBS = ("job", "last_run", "job_rank")
THAT = re.compile(r"\b(?:about|on|for|regarding|explain\w*) (?:that|this|it|them|those)\b")
ALL_CHANNELS = re.compile(r"\b(?:all (?:the |our )?channels|overall|across)\b")
IN_ALL = re.compile(r"\b(?:in all|total|altogether)\b")
AROUND = timedelta(days=7)
MOST_CHARTS = 2


@dataclass(frozen=True, kw_only=True)
class Carrying:
    facts: Facts
    catalogue: Catalogue

    def carried(self, previous: Question, question: Question, reading: Reading) -> Question:
        """What a question goes on standing for, though the message does not say it."""
        question = replace(
            question,
            about=question.about or previous.about,
            about_channel=question.about_channel or previous.about_channel,
            job=question.job or previous.job,
            moment=question.moment or previous.moment,
        )
        question = _beside(previous, _without_row(question, reading))
        question = among(previous, question, reading)
        question = _over_all(previous, part_of(previous, question, reading), reading)
        question = self._of_all(previous, question)
        question = _referring(previous, question, reading)
        if question.intent == "write":
            return self._written(previous, question)
        question = self._in_channels(previous, question, reading)
        return self._for_them(_of_days(previous, question, reading, self.facts.today), reading)

    def _in_channels(self, previous: Question, question: Question, reading: Reading) -> Question:
        """`there`, `both`, `the others`: channels that were talked of, where the metric has them."""
        if question.intent not in NEEDS_CLIENT or reading.sure("channel") or reading.has("by"):
            return question
        there = previous.channels if len(previous.channels) == 1 else (question.about_channel,)
        both = (*previous.beside, *previous.channels)
        if there[0] and THERE.search(reading.text) and self._has(question, there):
            return replace(question, channels=there, by="total", rank=None)
        if BOTH.search(reading.text) and previous.beside and self._has(question, both):
            return replace(question, channels=both, by="channel", intent="performance")
        if OTHERS.search(reading.text) and previous.channels and question.intent == "performance":
            question = replace(question, channels=(), by="channel", rank=None, strays=())
            return replace(
                question,
                metrics=question.metrics or previous.metrics,
                period=question.period or previous.period,
            )
        return question

    def _has(self, question: Question, channels: tuple[str, ...]) -> bool:
        known = [self.catalogue.metric(name).channels for name in question.metrics]
        return all(channel in has for channel in channels for has in known)

    def _written(self, previous: Question, question: Question) -> Question:
        """A change is about what was talked of: the alert's client, the job, the report that was read."""
        if question.write in ("snooze", "acknowledge") and previous.job and previous.intent in ABOUT_JOBS:
            question = replace(question, metrics=(), channels=(), loose=(previous.job,))
        if question.write == "create_alert" and previous.intent == "report" and previous.picked:
            question = replace(question, raw=f"{question.raw} in the report “{previous.search}”")
        if self.facts.alert and not question.client:
            return replace(question, client=self.facts.alert.client.slug)
        return question

    def _of_all(self, previous: Question, question: Question) -> Question:
        """After an overview, `by channel` is about all that it told of, `chart it` about the first."""
        if previous.intent != "overview" or question.metrics or question.intent != "performance":
            return question
        if question.rank:
            return question
        if question.chart:
            first = overview_metrics(previous, self.catalogue)[:MOST_CHARTS]
            return replace(question, metrics=first, by="total")
        return replace(question, intent="overview")

    def _for_them(self, question: Question, reading: Reading) -> Question:
        """The client that the last answer came to, where it is meant or no other is known."""
        if not question.about or question.client or question.clients or reading.sure("client"):
            return question
        lost = self.facts.client is None and question.intent in (*NEEDS_CLIENT, "moment")
        if not (THEM.search(reading.text) or (lost and question.follows)) or question.picked:
            return question
        by = question.by if reading.has("by") or question.by != "client" else "total"
        return replace(question, client=question.about, by=by, rank=question.rank if by != "total" else None)


def _of_days(previous: Question, question: Question, reading: Reading, today: date) -> Question:
    """`average?` after days were listed is that of a day; `where is it now?` is about the newest days."""
    if question.intent != "performance" or previous.intent != "performance" or reading.found:
        return question
    if AVERAGE.match(reading.text) and previous.by in ("day", "total"):
        return replace(question, by="total", measure="average", rank=None)
    if NOW.search(reading.text) and question.follows and not reading.has("by") and not reading.has("chart"):
        lately = Period.last_days(7, today)
        return replace(question, period=lately, assumed_period=True, compare="previous_period", against=None)
    return question


def _over_all(previous: Question, question: Question, reading: Reading) -> Question:
    """`and the total today?` under an alert about one channel is the total of all of them."""
    if question.intent != "performance" or reading.sure("channel") or reading.has("by"):
        return question
    left = previous.intent in ("why", "moment") and IN_ALL.search(reading.text)
    return replace(question, channels=()) if left or ALL_CHANNELS.search(reading.text) else question


def _beside(previous: Question, question: Question) -> Question:
    """One channel after another, each asked for the same."""
    if not previous.channels or not question.channels:
        return question
    if question.channels == previous.channels:
        return replace(question, beside=previous.beside)
    earlier = tuple(name for name in previous.beside if name not in previous.channels)
    beside = tuple(name for name in (*earlier, *previous.channels) if name not in question.channels)
    return replace(question, beside=beside)


def _without_row(question: Question, reading: Reading) -> Question:
    """A follow-up about figures leaves the row that was pointed at."""
    pointed = question.outlier and question.follows
    moved = reading.named("metric") or reading.found or reading.has("by")
    if pointed and (question.intent != "why" or moved):
        question = replace(question, outlier="", picked=False)
    if question.follows and question.intent not in ("why", "moment") and moved:
        return replace(question, moment=None)
    return question


def _referring(previous: Question, question: Question, reading: Reading) -> Question:
    """`any notes about that?`: about the metric or channel that was talked of, around its period."""
    if question.intent not in ("notes", "note") or question.picked or not THAT.search(reading.text):
        return question
    words = " ".join(name.replace("_", " ") for name in (*previous.metrics[:1], *previous.channels[:1]))
    if not words:
        return question
    period = None
    if previous.period:
        period = Period(start=previous.period.start - AROUND, end=previous.period.end + AROUND)
    return replace(
        question, intent="notes", search=words, period=period, assumed_period=False, refers=True,
        metrics=previous.metrics, channels=previous.channels,
    )  # fmt: skip
