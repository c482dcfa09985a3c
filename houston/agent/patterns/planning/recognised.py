"""What of the kept things a question turned out to be about, told by what was looked up."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from houston.agent.patterns.planning.kept import ABOUT, MOST_NOTES, MOST_PEOPLE, name_in, searched
from houston.agent.patterns.planning.wanted import Result, Wanted
from houston.agent.patterns.understanding.period import Period
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.shorthand import stem
from houston.agent.patterns.understanding.words import plain_form, singular, words_of

Found = Sequence[tuple[Wanted, Result]]
SHORTEST_CELL = 3
RARE = 6
"""Letters of a word that is no usual one: where a note holds it, that is no chance."""


def named_thing(question: Question, found: Found) -> Question | None:
    """The question as one about that thing; None where nothing that was looked up is named."""
    clear = replace(question, strays=(), unclear=())
    return (
        _by_whole_name(clear, found)
        or _person(clear, question, found)
        or _note(clear, question, found)
        or _in_rows(clear, question, found)
    )


def _by_whole_name(clear: Question, found: Found) -> Question | None:
    said = f" {plain_form(clear.raw)} "
    for key, intent in (("reports", "report"), ("alerts", "alerts")):
        for row in _all(found, key):
            if f" {plain_form(row['name'])} " in said:
                return replace(clear, intent=intent, search=row["name"])  # type: ignore[arg-type]
    for _, result in found:
        for job in result.get("jobs") or ():
            if _says_job(said, str(job["job"]), str(job.get("client") or "")):
                span = result["period"]
                period = Period(start=date.fromisoformat(span["start"]), end=date.fromisoformat(span["end"]))
                return replace(clear, intent="tasks", search=job["job"], period=period)
    return None


def _says_job(said: str, job: str, client: str) -> bool:
    """`the warehouse build of Acme` is acme-warehouse-build."""
    words = plain_form(job).split()
    own = [word for word in words if word not in plain_form(client).split()]
    return len(own) > 1 and f" {' '.join(own)} " in re.sub(r"\s+", " ", said)


def _person(clear: Question, question: Question, found: Found) -> Question | None:
    if not 0 < len(_all(found, "customers")) <= MOST_PEOPLE:
        return None
    return replace(
        _undated(clear), intent="customers", search=name_in(question), limit=MOST_PEOPLE, order_by="revenue",
        segment=None,
    )  # fmt: skip


def _note(clear: Question, question: Question, found: Found) -> Question | None:
    words = next((told for note in _all(found, "notes") if (told := _told(note, question))), None)
    return replace(_undated(clear), intent="notes", search=words, limit=MOST_NOTES) if words else None


def _told(note: Result, question: Question) -> str:
    """The words of the question that a note tells of, where these are enough to say that it is meant."""
    title = str(note["title"]).casefold()
    text = f"{title} {note.get('body') or ''} {note.get('author') or ''}".casefold().replace("-", " ")
    words = searched(question)
    held = [word for word in words if stem(word) in text]
    places = [name for name in question.channels if name.casefold().replace("-", " ") in text]
    alone = len(words) == 1 and (
        ABOUT.search(question.raw) or len(words[0]) >= RARE or stem(words[0]) in title
    )
    return " ".join(held[:2]) if held and (alone or len(held) + len(places) >= 2) else ""


def _in_rows(clear: Question, question: Question, found: Found) -> Question | None:
    """Words of the question that nothing explains stand in cells of a report; all that narrow it do."""
    words = {_folded(word.text) for word in words_of(question.raw) if len(word.text) >= SHORTEST_CELL}
    unknown = _forms(words & {_folded(word) for said in question.loose for word in said.split()})
    narrowing = [_forms(map(_folded, said.split())) for said in question.strays]
    for _, result in found:
        cells = {_folded(cell) for row in result.get("rows") or () for cell in row.values()}
        columns = {_folded(column) for column in result.get("columns") or ()}
        if not any(said & cells for said in (unknown, *narrowing)) and _of_other_days(clear, result):
            continue
        cells |= columns
        told = unknown & cells or narrowing
        if "columns" in result and told and all(said & cells for said in narrowing):
            name = str(result["report"]["name"])
            return replace(clear, intent="report", search=name, raw=f"{clear.raw} {name}")
    return None


def _of_other_days(clear: Question, result: Result) -> bool:
    """`orders on 12 October`: a report tells how things stood when it was run."""
    if clear.period is None or clear.assumed_period or "run_at" not in result:
        return False
    run = datetime.fromisoformat(str(result["run_at"])).date()
    return not clear.period.start <= run <= clear.period.end


def _forms(words: Iterable[str]) -> set[str]:
    words = set(words)
    return words | {singular(word) for word in words}


def _folded(cell: object) -> str:
    """`Zurich` of Zürich."""
    bare = unicodedata.normalize("NFKD", str(cell).casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def _undated(clear: Question) -> Question:
    return replace(clear, period=None, assumed_period=False, metrics=())


def _all(found: Found, key: str) -> list[Result]:
    return [row for _, result in found for row in result.get(key) or () if isinstance(row, dict)]
