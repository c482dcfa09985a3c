"""A whole conversation, turn by turn, as the question that its last message asks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from houston.agent.facts import Facts
from houston.agent.patterns.talks.alerted import of_alert
from houston.agent.patterns.talks.carrying import ABOUT_JOBS, Carrying
from houston.agent.patterns.talks.correcting import with_metric
from houston.agent.patterns.talks.jobs import of_jobs
from houston.agent.patterns.talks.moments import around, at_moment, left, still
from houston.agent.patterns.talks.picking import picked
from houston.agent.patterns.talks.shown import Shown, Spoken, shown_in
from houston.agent.patterns.talks.wishes import (
    briefed,
    closing,
    of_clients,
    of_newcomers,
    of_people,
    who_spent,
)
from houston.agent.patterns.understanding.asides import aside_in
from houston.agent.patterns.understanding.catalogue import Catalogue
from houston.agent.patterns.understanding.dates import writes_month_first
from houston.agent.patterns.understanding.follow import follow, from_alert
from houston.agent.patterns.understanding.growth import with_growth
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.reading import Reading, read
from houston.agent.patterns.understanding.unheld import with_unheld
from houston.agent.patterns.understanding.words import plain_form

NOUNS = {
    "customers": "customers", "new_customers": "customers", "customer_count": "customers",
    "customer_share": "customers", "outliers": "outliers", "notes": "notes", "note": "notes",
    "tasks": "task runs", "job_rank": "task runs", "last_run": "task runs", "episodes": "alerts",
    "alerts": "alerts", "reports": "reports", "report": "reports",
}  # fmt: skip
ONES = re.compile(
    r"(?P<which>\b(?:new(?:est)?|fail\w+|critical|open|done|closed|severe|returning|latest|old(?:est)?|loyal|"
    r"succe\w+|best|worst|biggest|other|serious|firing|warning)) ones\b",
    re.IGNORECASE,
)
ALONE = ("briefing", "unpicked", "customer_share", *ABOUT_JOBS)
"""No part of these but their period can be changed by a message that says nothing else."""
OF_ONE = ("last_run", "job", "note", "why", "moment", "calculate", "write")
"""Answers about one thing: what was listed before goes on being what people point at."""


@dataclass(frozen=True, kw_only=True)
class Talk:
    turns: Sequence[Spoken]
    facts: Facts
    catalogue: Catalogue

    def question(self) -> Question:
        state, before = self._first(), None
        shown: Shown | None = None
        for number, turn in enumerate(self.turns):
            asked = self.turns[number - 1].options if number else ()
            reading = read(
                _said(turn.say, state, self.catalogue), self.catalogue, self.facts.today,
                month_first=writes_month_first(self.facts.zone.key),
            )  # fmt: skip
            base = state if _chosen(reading, asked) else before or self._first()
            question = self._next(base, reading, shown)
            if number + 1 < len(self.turns):
                one = question.picked or question.intent in OF_ONE
                listed = None if one else shown_in(turn, intent=question.intent, rank=question.rank)
                shown = listed or shown
                question = _with_note(self._came_to(question, listed), turn)
            before, state = base, question
        return state or Question()

    def _first(self) -> Question | None:
        alert = self.facts.alert
        job = next((value for one in self.facts.events for name, value in one.facts if name == "job"), "")
        if alert is None:
            return Question(job=job) if job else None
        local = alert.time.astimezone(self.facts.zone)
        return replace(
            from_alert(alert, self.facts.today, local.date()), moment=local, job=job, about=alert.client.slug
        )

    def _next(self, previous: Question | None, reading: Reading, shown: Shown | None) -> Question:
        facts, catalogue, today = self.facts, self.catalogue, self.facts.today
        current = facts.client.name if facts.client else ""
        in_thread = bool(facts.alert or facts.events or facts.thread)
        found = closing(previous, reading, shown)
        if not found and not aside_in(reading, catalogue, self.facts.today):
            found = (
                picked(previous, reading, shown, catalogue, today)
                or still(previous, self._first(), reading)
                or at_moment(previous, reading, catalogue)
                or of_alert(previous, self._first() if facts.alert else None, reading, catalogue)
                or briefed(previous, reading, catalogue, in_thread=in_thread, chosen=facts.client is not None)
                or of_jobs(previous, reading, today)
                or of_people(previous, reading)
                or of_newcomers(previous, reading)
                or who_spent(reading, catalogue, chosen=facts.client is not None)
                or of_clients(reading, today)
            )
        followed = follow(previous, reading, catalogue, today, current)
        if followed.intent in ALONE and not reading.found:
            followed = replace(followed, intent="unknown")
        question = found or around(previous, left(with_unheld(followed, reading), reading), reading)
        if previous is None:
            return with_growth(question)
        return with_growth(Carrying(facts=facts, catalogue=catalogue).carried(previous, question, reading))

    def _came_to(self, question: Question, listed: Shown | None) -> Question:
        """A ranking comes to the client, or the job, that stands first."""
        if listed is None:
            return question
        first = listed.rows[0]
        jobs = {row["job"] for row in listed.rows if row["kind"] in ("runs", "jobs")}
        owner = self.catalogue.client(str(first.get("client") or ""))
        if first["kind"] == "channel" and question.rank:
            return replace(question, about_channel=first["channel"])
        if first["kind"] == "client" and question.rank and owner:
            return replace(question, about=owner.slug)
        if question.intent == "job_rank" or len(jobs) == 1:
            job = str(first.get("job") or "")
            return replace(question, job=job, about=owner.slug if owner else question.about)
        return question


def _with_note(question: Question, turn: Spoken) -> Question:
    """`mark it done` after a note was read is about that one."""
    read = turn.of("read_note") if question.intent == "note" else []
    return replace(question, search=str(read[-1]["note"]["id"])) if read else question


def _said(say: str, previous: Question | None, catalogue: Catalogue) -> str:
    """`the new ones` of what was talked of, `the returned ones` of copies."""
    noun = NOUNS.get(previous.intent) if previous else None
    if previous and previous.metrics and not noun:
        return with_metric(say, previous.metrics, catalogue)
    return ONES.sub(lambda found: f"{found['which']} {noun}", say) if noun else say


def _chosen(reading: Reading, options: Sequence[str]) -> bool:
    """Whether a message answers what was asked back; where nothing was asked it goes on as ever."""
    said = f" {plain_form(reading.text)} "
    return (
        not options
        or any(f" {plain_form(option)} " in said for option in options)
        or any(match.kind in ("metric", "client") for match in reading.names if not reading.follows_up)
    )
