"""Which job failed most, and what `it`, the job that is talked of, last did."""

import re
from datetime import date, timedelta

from houston.agent.patterns.understanding.period import Period
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.reading import Reading

JOBS = r"(?:jobs?|tasks?|pipelines?|imports?|syncs?|dags?|workflows?)"
FAILS = r"(?:fail\w*|broke\w*|break\w*|crash\w*|errors?|flak\w+|unstable|unreliable)"
JOB_RANK = re.compile(
    rf"\b(?:which|what) (?:\w+ )?{JOBS}\b.*\b{FAILS}.*\b(?:most|often|more than)\b|\b(?:which|what) (?:\w+ "
    rf")?{JOBS}\b.*\bmost\b.*\b{FAILS}|\b(?:flakiest|worst|least reliable|most (?:fragile|unstable|"
    rf"unreliable|failing|failed|flaky)) {JOBS}\b|\b(?:which|what) (?:\w+ )?{JOBS}\b.*\b(?:least "
    rf"(?:reliable|stable)|most (?:fragile|unreliable|unstable|flaky|trouble)|worst|flakiest)\b|\b{FAILS} "
    rf"(?:by|per) {JOBS}\b|\brank\b.*\b{JOBS}\b"
)
IT = r"(?:it|that|this|that one|this one|(?:that|this|the) (?:job|task|pipeline|import|sync|one))"
LAST_RUN = re.compile(
    rf"\bwhen (?:did|was|has|is) (?:{IT}|the)(?: \w+)* (?:last|latest)\b|\b(?:its|the) last (?:success|"
    rf"failure|successful|run|good)|\bwhen (?:did|has) {IT} (?:last )?(?:succeed\w*|work\w*|run|ran|"
    rf"fail\w*|finish\w*)"
)
ITS_STATE = re.compile(
    rf"\b(?:what|which) (?:was|is|were) the (?:error|reason|message|problem|cause)s?\b"
    rf"|\b{IT} (?:fail\w*|succeed\w*|run|ran|recover\w*|work\w*|break\w*|broke\w*|ok)\b"
)


def of_jobs(previous: Question | None, reading: Reading, today: date) -> Question | None:
    """Which job failed most; when `it`, the job talked of, last did something."""
    month = Period(start=today - timedelta(days=29), end=today)
    if JOB_RANK.search(reading.text) and not reading.named("metric"):
        period = reading.periods[0] if reading.periods else month
        assumed = not reading.periods
        return Question(intent="job_rank", raw=reading.raw, period=period, assumed_period=assumed)
    job = previous.job if previous else ""
    if not job or reading.named("metric"):
        return None
    if LAST_RUN.search(reading.text):
        failed = re.search(r"\b(?:fail|crash|broke|break)", reading.text)
        ran = re.search(r"\b(?:ran|run)\b", reading.text) and not re.search(r"succe|good", reading.text)
        state = "failed" if failed else None if ran else "succeeded"
        return Question(
            intent="last_run", raw=reading.raw, search=job, job=job, state=state, period=month,
            about=previous.about if previous else "",
        )  # fmt: skip
    if ITS_STATE.search(reading.text):
        period = reading.periods[0] if reading.periods else Period(start=today - timedelta(days=6), end=today)
        return Question(intent="job", raw=reading.raw, search=job, job=job, period=period, picked=True)
    return None
