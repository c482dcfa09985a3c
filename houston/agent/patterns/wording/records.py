"""Answers about notes."""

from collections.abc import Sequence
from datetime import datetime

from houston.agent.facts import Facts
from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.wording.figures import plain
from houston.agent.patterns.wording.phrases import client_of, first_upper, when_of

LONGEST_NOTE = 200
"""Characters of a note's text that a list shows."""


def notes(question: Question, results: Sequence[Result], facts: Facts) -> list[str]:
    (result,) = results
    about = f" about “{plain(question.search)}”" if question.search else ""
    status = f"{question.status.replace('_', ' ')} " if question.status else ""
    when = f", {when_of(result['period'], facts)}" if result.get("period") else ""
    author = question.author
    listed = [note for note in result["notes"] if not author or author in note["author"].casefold().split()]
    about = f" by {plain(author.capitalize())}" if author else about
    if not listed:
        return [f"No {status}notes{about} for {client_of(result)}{when}."]
    title = first_upper(f"{status}notes{about} for {client_of(result)}{when}:")
    counts = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in result["counts"].items())
    lines = "\n".join(f"- {_note(note, facts)}" for note in listed)
    whole = f"In all: {counts}." if not author else ""
    return [_counted(question, result), title, lines, whole]


def _counted(question: Question, result: Result) -> str:
    if not question.counted or question.search:
        return ""
    counts: dict[str, int] = result["counts"]
    if question.status in counts:
        return f"**{counts[question.status]} {question.status.replace('_', ' ')}** for {client_of(result)}."
    return ""


def note(question: Question, results: Sequence[Result], facts: Facts) -> list[str]:
    """One note, whole; the list where it is not clear which is meant."""
    whole = next((result["note"] for result in results if "note" in result), None)
    if whole is None:
        return notes(question, results[:1], facts)
    written = datetime.fromisoformat(whole["created_at"]).astimezone(facts.zone)
    status = str(whole["status"]).replace("_", " ")
    when = f"{written.day} {written:%b %Y}"
    head = f"**{plain(whole['title'])}** ({status}, {plain(whole['author'] or '–')}, {when}):"
    return [head, plain(whole["body"]) or "_It has no text._"]


def _note(note: Result, facts: Facts) -> str:
    written = datetime.fromisoformat(note["created_at"]).astimezone(facts.zone)
    owner = "" if facts.client else plain(note.get("client") or "")
    said = (owner, note["status"].replace("_", " "), plain(note["author"]), f"{written.day} {written:%b}")
    details = ", ".join(filter(None, said))
    body = plain(note["body"])[:LONGEST_NOTE]
    return f"**{plain(note['title'])}** ({details})" + (f": {body}" if body else "")
