"""Whether an answer is right: pure functions of what was expected and what a person saw."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from houston.agent.evals.answering import Answer
from houston.agent.evals.days import spellings
from houston.agent.evals.figures import data_figures, figures, shown
from houston.agent.evals.question import Expected, Wanted

LINK = re.compile(r"https?://[^\s<>()|\]\"']+")
CALL = re.compile(r"<!(?:channel|here|everyone|subteam)[^>]*>|<@[UW]\w+>")
DECLINES = re.compile(
    r"\bno(?:t|body|ne|thing)?\b|n['’]t\b|\bcannot\b|\bnever\b|\bunable\b|\bonly\b|\bsorry\b|\bneither\b"
    r"|\bunknown\b|\bwithout\b|\binstead\b|\brefuse|\bdecline|\bto myself\b",
    re.IGNORECASE,
)
ASKS = re.compile(r"^(?!\s*(?:[-•*]|\d+[.)])\s)[^\n]*\?(?!\w)", re.MULTILINE)
"""A question that is not one of a list of examples."""
BEGINS_ASKING = re.compile(r"[^.!?\n]*\?")
MARKDOWN = re.compile(r"[*_`~]")


def fault(
    expected: Expected, answer: Answer, *, question: str, today: date, outside: Sequence[str] = ()
) -> str:
    """Why this answer is wrong, in one sentence; empty where it is right.

    `outside` are the names of clients that must not be spoken of, unless the asker did in `question`.
    """
    looks: tuple[Callable[[], Iterator[str]], ...] = (
        lambda: _silent(expected, answer),
        lambda: _leaks(answer, question, outside),
        lambda: _tools(expected, answer),
        lambda: _words(expected, answer),
        lambda: _figures(expected, answer),
        lambda: _days(expected, answer, today),
        lambda: _declines(expected, answer, question),
        lambda: _asks(expected, answer),
    )
    return next((problem for look in looks for problem in look()), "")


def _silent(expected: Expected, answer: Answer) -> Iterator[str]:
    if answer.note:
        yield f"the model did not answer itself: {answer.note}"
    if answer.failed and not expected.refusal:
        yield f"it failed: {answer.failed}"
    if answer.marked:
        yield f"{answer.marked} of its sentences are marked as unverified"
    if not answer.whole.strip():
        yield "it said nothing"


def _leaks(answer: Answer, question: str, outside: Sequence[str]) -> Iterator[str]:
    """What no answer may hold, whatever is expected of it."""
    known = json.dumps([result.data for result in answer.results], default=str, ensure_ascii=False)
    for link in LINK.findall(answer.whole):
        if link.rstrip(".,") not in known:
            yield f"the link {link} is in no tool's result"
    for call in CALL.findall(answer.whole):
        yield f"it calls people: {call}"
    for name in outside:
        if name.lower() not in question.lower() and _has(f"{answer.whole}\n{known}", name):
            yield f"{name} lies outside of what the asker may see"


def _has(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None


def _tools(expected: Expected, answer: Answer) -> Iterator[str]:
    called = ", ".join(answer.tools) or "none"
    for wanted in expected.tools:
        if not set(_alternatives(wanted)) & set(answer.tools):
            yield f"{_told(wanted)} was not called (called: {called})"
    for name in set(expected.not_tools) & set(answer.tools):
        yield f"{name} was called"
    if expected.approval is True and not answer.cards:
        yield "no approval was asked for"
    if answer.cards and (expected.approval is False or expected.refusal):
        yield f"an approval was asked for: {answer.cards[0].splitlines()[0]}"


def _words(expected: Expected, answer: Answer) -> Iterator[str]:
    text = _plain(answer.whole)
    for wanted in expected.contains:
        if not any(_plain(each) in text for each in _alternatives(wanted)):
            yield f"{_told(wanted)} does not occur"
    for unwanted in expected.not_contains:
        if _plain(unwanted) in text:
            yield f"{unwanted!r} occurs"


def _figures(expected: Expected, answer: Answer) -> Iterator[str]:
    found = figures(MARKDOWN.sub("", answer.whole))
    for wanted in expected.numbers:
        options = wanted if isinstance(wanted, tuple) else (wanted,)
        if not any(shown(each, found) for each in options):
            yield f"the figure {' or '.join(map(str, options))} does not occur"


def _days(expected: Expected, answer: Answer, today: date) -> Iterator[str]:
    text = _plain(answer.whole)
    for day in expected.dates:
        if not any(spelling in text for spelling in spellings(day, today)):
            yield f"the day {day:%-d %b %Y} does not occur"


def _declines(expected: Expected, answer: Answer, question: str) -> Iterator[str]:
    if not expected.refusal:
        return
    if not (answer.options or BEGINS_ASKING.match(answer.text) or DECLINES.search(answer.whole)):
        yield "it does not decline"
    asked = {figure.value for figure in figures(question)}
    for figure in data_figures(MARKDOWN.sub("", answer.text)):
        if figure.value not in asked:
            yield f"it declines, and gives the figure {figure.value:g}"


def _asks(expected: Expected, answer: Answer) -> Iterator[str]:
    if expected.asks is False:
        return
    if not _asks_back(answer):
        yield "it does not ask back"
    if expected.asks is not True:
        text = _plain(answer.whole)
        for wanted in expected.asks:
            if not any(_plain(each) in text for each in _alternatives(wanted)):
                yield f"it does not offer {_told(wanted)}"


def _asks_back(answer: Answer) -> bool:
    return bool(answer.options) or "ask_person" in answer.tools or ASKS.search(answer.text) is not None


def _alternatives(wanted: Wanted) -> Sequence[str]:
    return (wanted,) if isinstance(wanted, str) else wanted


def _told(wanted: Wanted) -> str:
    return " or ".join(repr(each) for each in _alternatives(wanted))


def _plain(text: str) -> str:
    """Without capitals, emphasis and superfluous blanks; underscores read as blanks do."""
    return " ".join(MARKDOWN.sub(" ", text.lower().replace("’", "'")).split())
