"""What Apprise says of a failure: it returns only whether it worked, and writes the reason to its log.

That log may name addresses and texts, so nothing of it reaches Houston's.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

LOG = "apprise"


class _Here(threading.local):
    lines: list[str] | None = None


_here = _Here()


@contextmanager
def overheard() -> Iterator[list[str]]:
    """The lines that are written in this thread, as they come."""
    lines: list[str] = []
    _here.lines = lines
    try:
        yield lines
    finally:
        _here.lines = None


class _Ear(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        if _here.lines is not None:
            _here.lines.append(record.getMessage())


_log = logging.getLogger(LOG)
_log.setLevel(logging.WARNING)
_log.propagate = False
_log.addHandler(_Ear())
