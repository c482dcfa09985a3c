from __future__ import annotations

from enum import IntEnum

#: times the alert line
WARNING_AT, CRITICAL_AT = 1.5, 2.5


class Severity(IntEnum):
    NONE = 0
    INFO = 1
    WARNING = 2
    CRITICAL = 3

    def __str__(self) -> str:
        return self.name.lower()


def severity(excess: float, *, lasting: bool) -> Severity:
    """How bad a deviation is that is `excess` times the alert line; worse once it lasts."""
    if excess < 1:
        return Severity.NONE
    grade = 1 + (excess >= WARNING_AT) + (excess >= CRITICAL_AT) + lasting
    return Severity(min(grade, Severity.CRITICAL))
