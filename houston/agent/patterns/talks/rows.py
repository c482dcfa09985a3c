"""Which row of what was listed a message points at."""

import re

from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.talks.shown import Shown
from houston.agent.patterns.understanding.reading import Reading

MISSING: Result = {}
"""Stands for a row that was pointed at and is not there."""
PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
KINDS = {
    "outlier": "outliers", "anomaly": "outliers", "spike": "outliers", "drop": "outliers",
    "alert": "episodes",
    "incident": "episodes", "note": "notes", "job": "runs", "run": "runs", "task": "runs", "failure": "runs",
    "customer": "customers", "report": "reports", "channel": "channel", "client": "client",
}  # fmt: skip
THING = rf"(?:one|item|row|point|of (?:them|these|those)|{'|'.join(KINDS)})s?"
DONE = r"(?: (?:happen|fail|fire|break|occur|drop|jump|spike|crash|say|do)\w*| about| please| again)*"
NTH = re.compile(
    rf"(?P<the>\b(?:the|that|my|and|number) )?\b(?:(?P<place>{'|'.join(PLACES)}|last)|"
    rf"(?P<number>\d{{1,2}})(?:st|nd|rd|th))(?: (?P<thing>{THING})\b|(?(the)|(?<!last))(?={DONE}\W*$))"
)
NUMBERED = re.compile(r"(?:#|\b(?:number|no\.?|item|row) )(?P<number>\d{1,2})\b(?!\s*(?:%|days|weeks))")
THAT_ONE = re.compile(
    rf"\b(?:that|this) (?P<thing>{THING})\b|\b(?:more|details?) (?:about|on|of) (?:it|that|this)\b"
)
NAMED = re.compile(rf"\b(?:the|that) (?P<words>[^\W\d][\w'./ -]{{1,40}}?) (?P<thing>one|{'|'.join(KINDS)})\b")
SHORTEST_WORD = 3
SHE = re.compile(r"\b(?:he|she|him|her|his|hers)\b")
OF_A_NOTE = re.compile(
    r"\b(?:wrote|written|author|says?|said|read|open|show|status|done|closed)\b.*\b(?:it|that|this)\b|"
    r"\b(?:it|that|this)\b.*\b(?:written|says?|said|done|closed|from|by)\b|^\W*(?:by )?who(?: wrote it)?\W*$"
)
NEWEST = re.compile(
    r"\bthe (?P<way>newest|latest|most recent|oldest|earliest) (?:one|note|outlier|run|alert)?\W*$"
)
NEWEST_FIRST = frozenset(["notes", "outliers", "runs", "episodes"])


def pointed(reading: Reading, shown: Shown) -> Result | None:
    """None where it points at none; MISSING where there is no such row."""
    raw = " ".join(reading.raw.casefold().split())
    found = _by_place(raw, reading, shown)
    return found if found is not None else _by_name(raw, reading, shown) or _only(raw, shown)


def _by_place(raw: str, reading: Reading, shown: Shown) -> Result | None:
    figures = shown.kinds <= {"client", "channel"}
    if (reading.named("metric") and not figures) or (reading.found and not NTH.search(raw)):
        return None
    numbered, nth = NUMBERED.search(raw), NTH.search(raw)
    if not (numbered or nth):
        aged = NEWEST.search(raw) if shown.kinds <= NEWEST_FIRST else None
        return None if aged is None else shown.rows[-1 if aged["way"] in ("oldest", "earliest") else 0]
    rows = _of_kind(shown, nth["thing"] if nth else None)
    if numbered:
        place = int(numbered["number"]) - 1
    else:
        assert nth is not None
        place = _place(nth)
    if place >= len(rows):
        return MISSING
    return rows[place]


def _place(nth: re.Match[str]) -> int:
    if nth["number"]:
        return int(nth["number"]) - 1
    return -1 if nth["place"] == "last" else PLACES.index(nth["place"])


def _of_kind(shown: Shown, thing: str | None) -> tuple[Result, ...]:
    """`the second note` of a briefing is its second note."""
    kind = KINDS.get((thing or "").removesuffix("s"))
    same = tuple(row for row in shown.rows if row["kind"] == kind)
    return same or shown.rows


def _by_name(raw: str, reading: Reading, shown: Shown) -> Result | None:
    """`the Globex one`, `the meta one`, `the failed job`: the first row that holds these words."""
    found = NAMED.search(raw)
    if found is None or (found["thing"] != "one" and len(shown.kinds) == 1 and not _says(shown, found)):
        return None
    names = {match.names[0].casefold() for match in reading.names if match.kind != "metric"}
    words = [word for word in re.findall(r"\w+", found["words"]) if len(word) >= SHORTEST_WORD]
    for row in _of_kind(shown, found["thing"]):
        text = " ".join(str(value) for value in row.values() if isinstance(value, str)).casefold()
        said = text.replace("_", " ")
        if (names and all(name in text for name in names)) or (words and all(word in said for word in words)):
            return row
    return None


def _says(shown: Shown, found: re.Match[str]) -> bool:
    return KINDS[found["thing"]] in shown.kinds and found["thing"] not in ("client", "channel", "report")


def _only(raw: str, shown: Shown) -> Result | None:
    """`he` is the customer that stands first; `it` is the note where there is but one."""
    if shown.kinds == {"customers"} and SHE.search(raw):
        return shown.rows[0]
    said = THAT_ONE.search(raw) or (shown.kinds == {"notes"} and OF_A_NOTE.search(raw))
    return shown.rows[0] if len(shown.rows) == 1 and said else None
