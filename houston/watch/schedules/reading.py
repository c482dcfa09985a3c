"""What is left of a schedule to read."""

from typing import NoReturn

from houston.errors import Invalid
from houston.watch.quoting import nearest, pointed
from houston.watch.schedules.vocabulary import KNOWN, Token, minute_of, tokens

EXAMPLES = "every 15 minutes, daily at 18:00, weekdays at 9:00, monthly on the 1st at 8:00"


class ScheduleError(Invalid):
    """What is wrong (`why`) and where in the text (`at`); `shown` is the text with a caret under the spot."""

    def __init__(self, why: str, text: str, at: int) -> None:
        self.why, self.text, self.at = why, text, at
        self.shown = pointed(text, at)
        super().__init__(
            "schedule",
            f"The schedule cannot be read. {why}:\n{self.shown}\n"
            f"Write it like: {EXAMPLES}, or as cron: 0 9 * * 1-5",
        )


class Reading:
    def __init__(self, text: str) -> None:
        self._text = text
        self._left = tokens(text)

    @property
    def is_over(self) -> bool:
        return not self._left

    def peek(self, ahead: int = 0) -> Token | None:
        return self._left[ahead] if len(self._left) > ahead else None

    def next_is(self, kind: str, ahead: int = 0) -> bool:
        return len(self._left) > ahead and self._left[ahead].kind == kind

    def take(self, kind: str) -> Token | None:
        return self._left.pop(0) if self.next_is(kind) else None

    def take_word(self, *words: str) -> Token | None:
        """The next token where it is one of these words."""
        return self._left.pop(0) if self.next_is("word") and self._left[0].text in words else None

    def take_also(self, *kinds: str) -> bool:
        """Steps over `and`, `,` or both, where one of these kinds follows."""
        steps = 0
        while self.next_is("also", steps):
            steps += 1
        if not steps or not any(self.next_is(kind, steps) for kind in kinds):
            return False
        del self._left[:steps]
        return True

    def minute(self, token: Token) -> int:
        found = minute_of(token.text)
        if found is None:
            self.refuse("No clock shows this time; the last is 23:59", at=token.at)
        return found

    def refuse(self, why: str, *, at: int | None = None) -> NoReturn:
        """With a caret under the spot, by default under what comes next."""
        if at is None:
            at = self._left[0].at if self._left else len(self._text)
        raise ScheduleError(why, self._text, at)

    def refuse_word(self, why: str, token: Token | None) -> NoReturn:
        """With a guess at what was meant."""
        meant = nearest(token.text, KNOWN) if token and token.kind == "word" else None
        hint = f"; did you mean {meant}?" if token and meant and meant != token.text else ""
        self.refuse(why + hint, at=token.at if token else None)
