"""What Houston writes to its log, held against every canary and every secret."""

import logging
from typing import Self

from tests.leaks.canaries import Canary, spotted
from tests.leaks.watching import Watch

OURS = ("app", "bot", "houston", "store", "tools", "slack_bolt", "slack_sdk")
LOCAL_SLACK = "bot.playground"


class Overheard(logging.Handler):
    """Listens to Houston's loggers at DEBUG, stack traces included."""

    def __init__(self, watch: Watch) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))
        self._watch = watch
        self._levels: dict[str, int] = {}
        self.lines = 0
        self.told: list[str] = []
        """Lines that hold what no log may hold."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith(LOCAL_SLACK):
            return
        line = self.format(record)
        self.lines += 1
        found: frozenset[Canary] = spotted(line)
        secrets = [secret for secret in self._watch.secrets if secret in line]
        if found or secrets:
            words = [*(each.word for each in found), *(f"{secret[:6]}…" for secret in secrets)]
            self.told.append(f"[{self._watch.cell}] {', '.join(words)}: {line[:600]}")

    def __enter__(self) -> Self:
        for name in OURS:
            logger = logging.getLogger(name)
            self._levels[name] = logger.level
            logger.addHandler(self)
            logger.propagate = False  # nobody else has to format what is written at DEBUG
            if name not in ("slack_bolt", "slack_sdk"):
                logger.setLevel(logging.DEBUG)
        return self

    def __exit__(self, *_: object) -> None:
        for name, level in self._levels.items():
            logger = logging.getLogger(name)
            logger.removeHandler(self)
            logger.propagate = True
            logger.setLevel(level)
