"""A condition's text in its words."""

from collections.abc import Iterable
from typing import NoReturn

from houston.watch.alerts.conditions.errors import ConditionError
from houston.watch.alerts.conditions.kinds import Column, Which
from houston.watch.alerts.conditions.phrases import WHICH, starting
from houston.watch.alerts.conditions.tokens import tokens, unquoted


class Sentence:
    """`words` are those of `tokens`, in small letters; in the place of what is no word is something that
    no phrase holds."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.words = unquoted(self.tokens)

    @property
    def start(self) -> int:
        """Where a column may begin."""
        return 1 if len(self.tokens) > 2 and self.words[0] in WHICH else 0

    def begins(self, index: int, phrases: Iterable[str]) -> str | None:
        """The longest of these phrases that stands at this token."""
        return starting(self.words[index:], phrases)

    def find(self, phrases: Iterable[str], first: int) -> tuple[int, str] | None:
        """The first token at which one of these phrases stands, and the phrase."""
        known = tuple(phrases)
        found = ((index, self.begins(index, known)) for index in range(first, len(self.tokens)))
        return next(((index, phrase) for index, phrase in found if phrase), None)

    def at(self, index: int) -> int:
        """Where the token begins, or the text ends."""
        return self.tokens[index].at if index < len(self.tokens) else len(self.text)

    def end(self, index: int) -> int:
        """Where the words before this token end."""
        return self.tokens[index - 1].end

    def subject(self, end: int) -> tuple[Column, Which]:
        """The column that is named before this token, and which rows. Raises ConditionError."""
        if end <= self.start:
            self.refuse("Name the column here, like Revenue < 10000", self.at(0))
        first = self.start
        which = WHICH[self.words[0]] if first else "any"
        named = self.tokens[first:end]
        if any(each.kind != "word" for each in named):
            return self._quoted(first, end), which
        name = self.text[named[0].at : named[-1].end]
        longer = self.text[: named[-1].end] if first else ""
        return Column(name=name, longer=longer, at=named[0].at), which

    def refuse(self, why: str, at: int) -> NoReturn:
        raise ConditionError(why, self.text, at)

    def _quoted(self, first: int, end: int) -> Column:
        token = self.tokens[first]
        if end - first > 1 or token.kind != "quoted":
            self.refuse("Quote the whole name of a column", token.at)
        if not token.text.strip():
            self.refuse("Name the column here, like Revenue < 10000", token.at)
        return Column(name=token.text.strip(), at=token.at)
