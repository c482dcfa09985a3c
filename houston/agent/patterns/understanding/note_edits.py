"""What becomes of a note that a message wants changed: another title, another text, more text, a status."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from houston.agent.patterns.understanding.drafts import (
    LONGEST_TITLE,
    MENTION,
    note_named,
    note_status,
    without_client,
)
from houston.agent.patterns.understanding.writes import START

THE = r"(?:(?:the|our|my|that|this) )?"
OPEN, SHUT = r"[\"“”„'‘’]", r"[\"“”„'‘’]"
WHICH = (
    rf"{THE}(?:note|memo|to-?do)? ?(?:about |on |called |titled |named |#)?"
    rf"(?P<note>{OPEN}.+?{SHUT}|.+?)(?: note| memo| to-?do)?"
)
ASKS = r"(?:\s*,? (?:please|pls|thanks|thx))?[.!?\s]*$"
NEW = rf"(?P<new>{OPEN}.+{SHUT}|.+?)"
TITLES = (
    rf"{START}(?:rename|retitle|re-title) {WHICH}\s*(?: to| as| into|:|→|->)\s+{NEW}{ASKS}",
    rf"{START}(?:change|set|update|edit|make|correct) {THE}(?:title|name|heading|headline|subject) (?:of|"
    rf"for|on) {WHICH}\s*(?: to(?: read| be)?:?| into|:)\s+{NEW}{ASKS}",
)
TEXTS = (
    rf"{START}(?:change|set|update|edit|replace|rewrite|make|correct) {THE}(?:text|body|content|contents|"
    rf"description|"
    rf"wording) (?:of|for|on|in) {WHICH}\s*(?: to(?: read| say| be)?:?| into| with| by|:)\s+{NEW}{ASKS}",
    rf"{START}(?:make|have|let) {WHICH} (?:say|read)[:,]?\s+{NEW}{ASKS}",
    rf"{START}(?:reword|rewrite|update|change|edit) {THE}note {WHICH}\s*(?: to (?:say|read)|:)\s+{NEW}{ASKS}",
)
ADDED = (
    rf"{START}(?:add|append|attach|put) (?:this |the following |a line |a sentence |something )?(?:to|onto|"
    rf"in|into|under) {THE}(?:text of |body of )?(?:the )?(?=.*\b(?:note|memo|"
    rf"to-?do)\b){WHICH}\s*(?:[:,–—]|\bthat\b)\s*{NEW}{ASKS}",
    rf"{START}(?:add|append|attach|put|write) (?:that )?{NEW} (?:to|onto|in|into|under|at the end of) "
    rf"(?=.*\b(?:note|memo|to-?do)\b){WHICH}{ASKS}",
)
KINDS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE | re.DOTALL))
    for kind, patterns in (("title", TITLES), ("body", TEXTS), ("more", ADDED))
    for pattern in patterns
)


@dataclass(frozen=True, kw_only=True)
class NoteEdit:
    """`note` is a number, a title or some of its words; `more` comes after the text that is there."""

    note: str = ""
    title: str | None = None
    body: str | None = None
    more: str | None = None
    status: str | None = None

    @property
    def changes(self) -> bool:
        return any(value is not None for value in (self.title, self.body, self.more, self.status))


def note_edit(raw: str, *, clients: Sequence[str] = ()) -> NoteEdit:
    text = " ".join(MENTION.sub(" ", raw).split())
    for kind, pattern in KINDS:
        if found := pattern.search(text):
            new = _bare(found["new"])
            named = re.sub(r"^(?:the|our|my|note) ", "", _bare(found["note"]), flags=re.IGNORECASE)
            return NoteEdit(
                note=_owned(named, clients), **{kind: new[:LONGEST_TITLE] if kind == "title" else new}
            )
    return NoteEdit(note=_owned(note_named(text), clients), status=note_status(text))


def _owned(note: str, clients: Sequence[str]) -> str:
    return without_client(note, clients) or note


def _bare(words: str) -> str:
    return words.strip().strip("\"“”„'‘’").strip()
