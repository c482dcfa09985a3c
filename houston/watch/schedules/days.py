"""Which days a schedule means."""

from houston.watch.schedules.clock import LAST_DAY
from houston.watch.schedules.reading import Reading
from houston.watch.schedules.vocabulary import DAYS, EVERY, GROUPS, MONTH, WEEK, Token


def month_days(reading: Reading) -> tuple[int, ...]:
    """`monthly on the 1st and the last day of the month`; () where no day of a month is meant."""
    said = reading.take_word(*MONTH)
    found: set[int] = set()
    while day := _month_day(reading):
        found.add(day)
        if not reading.take_also("ordinal", "word"):
            break
    if said and not found:
        reading.refuse("Write on which day, like monthly on the 1st at 8:00")
    if found:
        reading.take_word(*EVERY)
        reading.take_word(*MONTH)
    return tuple(sorted(found))


def week_days(reading: Reading) -> tuple[int, ...]:
    """`weekdays`, `Mon-Wed and Saturdays`, `weekly on Monday`; () where no day is named."""
    said = reading.take_word(*WEEK)
    found: set[int] = set()
    while token := reading.take("word"):
        found.update(_some(reading, token))
        reading.take_word(*EVERY)
        if not reading.take_also("word"):
            break
        reading.take_word(*EVERY)
    if said and not found:
        reading.refuse("Write on which day, like weekly on Monday at 9:00")
    return tuple(sorted(found))


def _month_day(reading: Reading) -> int | None:
    if reading.take_word("last"):
        if not reading.take_word("day"):
            reading.refuse("Only the last day of a month can be meant; write last day, or cron")
        return LAST_DAY
    token = reading.take("ordinal")
    if token is None:
        return None
    day = int(token.text[:-2])
    if not 1 <= day <= LAST_DAY:
        reading.refuse("No month has this day", at=token.at)
    return day


def _some(reading: Reading, token: Token) -> tuple[int, ...]:
    if token.text in GROUPS:
        return GROUPS[token.text]
    first = _day(reading, token)
    if not reading.take("to"):
        return (first,)
    last = reading.take("word")
    if last is None:
        reading.refuse("Write the last day here")
    return tuple((first + step) % 7 for step in range((_day(reading, last) - first) % 7 + 1))


def _day(reading: Reading, token: Token) -> int:
    if token.text not in DAYS:
        reading.refuse_word("I do not know this word", token)
    return DAYS[token.text]
