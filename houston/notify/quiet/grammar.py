"""How people write quiet hours, and where they went wrong.

    schedule := stretch ("," stretch)* [zone]        weekdays 18:00-08:00, weekends Europe/Zurich
    stretch  := days [times] | times | "every night" [times]
    days     := some ("and" some)*                   Mon and Wed
    some     := "daily" | "weekdays" | "weekends" | day ["-" day]
    times    := time "-" time ("and" time "-" time)*
    time     := 18:00 | 18 | 6pm | 6:30 pm | midnight | noon

Days without times are whole days; times without days are daily. A stretch may follow on "and" too.
"""

from typing import NoReturn
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from houston.errors import Invalid
from houston.notify.quiet.spans import DAY, Span, is_always
from houston.notify.quiet.words import (
    EVERY_DAY,
    GROUPS,
    NIGHT,
    NIGHTS,
    Token,
    day_of,
    minute_of,
    tokens,
)
from houston.team.workspaces import timezone as zone_named

FIELD = "quiet_hours"
EXAMPLE = "weekdays 18:00-08:00, weekends"
LONGEST = 200


class NoSchedule(Invalid):
    """What is wrong (`why`) and where in the text (`at`). The message quotes it with a caret below."""

    def __init__(self, why: str, text: str, at: int) -> None:
        super().__init__(FIELD, f"{why}:\n{text}\n{' ' * at}^\nWrite it like: {EXAMPLE}")
        self.why, self.text, self.at = why, text, at


def read(text: str, timezone: str) -> tuple[tuple[Span, ...], str]:
    """The stretches and the time zone: the one at the end, else the given one.

    Raises NoSchedule, and Invalid for a text that is too long.
    """
    written = " ".join(text.split())
    if len(written) > LONGEST:
        raise Invalid(FIELD, f"Shorten this to {LONGEST} characters, like: {EXAMPLE}")
    reading = _Reading(written)
    spans = reading.schedule()
    zone = reading.zone() or _known(timezone)
    if is_always(spans):
        reading.refuse("Every hour would be quiet, so nothing would ever come. Leave some out", at=0)
    return spans, zone


def _known(name: str) -> str:
    """What is spelled right, as it mostly is, is found without a list of all zones. Raises Invalid."""
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return zone_named(name).key


class _Reading:
    """A schedule, and what is left of it to read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._left = tokens(text)

    def schedule(self) -> tuple[Span, ...]:
        spans = self._stretch()
        while self._take("comma") or self._take("also"):
            self._take("also")
            spans += self._stretch()
        if self._left and not self._next_is("zone"):
            self.refuse("I do not understand what begins here")
        return tuple(dict.fromkeys(spans))

    def zone(self) -> str | None:
        token = self._take("zone")
        if token is None:
            return None
        if self._left:
            self.refuse("A time zone ends it, so nothing may follow")
        try:
            return zone_named(token.text).key
        except Invalid:
            self.refuse("This is not a time zone; write one like Europe/Zurich", at=token.at)

    def refuse(self, why: str, *, at: int | None = None) -> NoReturn:
        """Quotes the text with a caret under the spot, by default under what comes next."""
        if at is None:
            at = self._left[0].at if self._left else len(self._text)
        raise NoSchedule(why, self._text, at)

    def _stretch(self) -> list[Span]:
        is_night = self._next_is("word") and self._left[0].text in NIGHTS
        days = self._days() if not is_night else None
        if is_night:
            self._take("word")
        times = self._times()
        if not (is_night or days or times):
            self.refuse("Write which days or hours are quiet")
        if not times:
            times = [NIGHT] if is_night else [(0, DAY)]
        return [Span(days=days or EVERY_DAY, start=start, end=end) for start, end in times]

    def _days(self) -> tuple[int, ...]:
        found: set[int] = set()
        while self._next_is("word"):
            found.update(self._some_days())
            if not (self._next_is("also") and self._next_is("word", 1)):
                break
            self._take("also")
        return tuple(sorted(found))

    def _some_days(self) -> tuple[int, ...]:
        token = self._left.pop(0)
        if token.text in GROUPS:
            return GROUPS[token.text]
        first = self._day(token)
        if not self._take("to"):
            return (first,)
        last = self._day(self._take("word") or self.refuse("Write the last day here"))
        return tuple((first + step) % 7 for step in range((last - first) % 7 + 1))

    def _day(self, token: Token) -> int:
        found = day_of(token.text)
        if found is None:
            self.refuse("This is no day that I know", at=token.at)
        return found

    def _times(self) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        while start := self._take("time"):
            if not self._take("to"):
                self.refuse("Write from when to when")
            found.append(self._between(start, self._take("time") or self.refuse("Write when it ends")))
            if not (self._next_is("also") and self._next_is("time", 1)):
                break
            self._take("also")
        return found

    def _between(self, start: Token, end: Token) -> tuple[int, int]:
        """A span that does not end later on its day ends on the next."""
        begins, ends = self._minute(start), self._minute(end) or DAY
        if begins == DAY:
            self.refuse("24:00 ends a day; begin the next one with 00:00", at=start.at)
        if begins == ends:
            self.refuse("It would begin and end at once. A whole day needs no hours", at=end.at)
        return begins, ends if ends > begins else ends + DAY

    def _minute(self, token: Token) -> int:
        found = minute_of(token.text)
        if found is None:
            self.refuse("No clock shows this time", at=token.at)
        return found

    def _take(self, kind: str) -> Token | None:
        return self._left.pop(0) if self._next_is(kind) else None

    def _next_is(self, kind: str, ahead: int = 0) -> bool:
        return len(self._left) > ahead and self._left[ahead].kind == kind
