"""How people write schedules.

    schedule := interval | days times | time ("and" time)* [days] | ["cron"] five fields
    interval := ["every"] count unit | "every" unit | "hourly"             15m, every 2 hours
    days     := "daily" | "weekdays" | "weekends"
              | ["weekly on"] day ("and" day | "to" day)*                  Mondays, Mon-Wed and Fri
              | ["monthly on the"] (1st | "last day") ("and" …)* ["of the month"]
    times    := "at" time ("and" time)*                                    at 9:00 and 17:00
    time     := 18:00 | 18 | 6pm | 6:30 pm | midnight | noon

A day that a month does not have is its last one.
"""

import re
from datetime import timedelta
from functools import lru_cache

from houston.watch.quoting import tidied
from houston.watch.schedules import cron
from houston.watch.schedules.clock import Monthly, Weekly
from houston.watch.schedules.cron import Cron
from houston.watch.schedules.days import month_days, week_days
from houston.watch.schedules.intervals import Every
from houston.watch.schedules.reading import Reading, ScheduleError
from houston.watch.schedules.vocabulary import EVERY, EVERY_DAY, SECONDS
from houston.watch.schedules.wording import Schedule

LONGEST = 200
YEAR = timedelta(days=366)
CRON = re.compile(r"cron\b:? ?", re.IGNORECASE)


@lru_cache(maxsize=1_000)
def read(text: str) -> Schedule:
    """Raises ScheduleError, which quotes the text with a caret under the spot."""
    written = tidied(text)
    if len(written) > LONGEST:
        raise ScheduleError(f"Shorten this to {LONGEST} characters", written[:LONGEST], LONGEST)
    said = CRON.match(written)
    if said or cron.is_meant(written):
        return _cron(written, said.end() if said else 0)
    reading = Reading(written)
    if reading.is_over:
        reading.refuse("Write when it is due")
    found = _interval(reading) or _by_the_clock(reading)
    if not reading.is_over:
        reading.refuse_word("I do not understand what begins here", reading.peek())
    return found


def _cron(text: str, start: int) -> Cron:
    fields = text[start:]
    if wrong := cron.mistake(fields):
        why, at = wrong
        raise ScheduleError(why, text, start + at)
    return Cron(fields=fields)


def _interval(reading: Reading) -> Every | None:
    if reading.take_word("hourly"):
        return Every(length=timedelta(hours=1))
    ahead = 1 if (first := reading.peek()) and first.text in EVERY else 0
    is_counted = reading.next_is("number", ahead)
    unit = reading.peek(ahead + is_counted)
    size = SECONDS.get(unit.text) if unit else None
    if is_counted and size is None and (ahead or reading.next_is("word", 1)):
        reading.refuse_word("Write minutes, hours or days after the number", unit or reading.peek(ahead))
    if size is None or (not is_counted and (not ahead or size > 3_600)):
        return None
    reading.take_word(*EVERY)
    count = reading.take("number")
    reading.take("word")
    return _every(reading, int(count.text) if count else 1, size, count.at if count else 0)


def _every(reading: Reading, count: int, size: int, at: int) -> Every:
    if not 0 < count * size <= YEAR.total_seconds():
        reading.refuse("This is no time that can pass between two runs; a year is the longest", at=at)
    return Every(length=timedelta(seconds=count * size))


def _by_the_clock(reading: Reading) -> Weekly | Monthly:
    minutes = _times(reading) if reading.next_is("time") else ()
    reading.take_word(*EVERY)
    in_month = month_days(reading)
    in_week = () if in_month else week_days(reading)
    if not (minutes or in_month or in_week):
        reading.refuse("Write on which days, or how often")
    minutes = minutes or _times(reading)
    if not minutes:
        reading.refuse_word("Write at what time, like daily at 9:00", reading.peek())
    if in_month:
        return Monthly(days=in_month, minutes=minutes)
    return Weekly(days=in_week or EVERY_DAY, minutes=minutes)


def _times(reading: Reading) -> tuple[int, ...]:
    found: set[int] = set()
    while token := reading.take("time") or reading.take("number"):
        found.add(reading.minute(token))
        if not reading.take_also("time", "number"):
            break
    return tuple(sorted(found))
