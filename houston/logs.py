"""How Houston logs: one line a record, for people or, as JSON, for machines."""

import json
import logging
import sys
from typing import Literal

TALKATIVE = ("apscheduler", "matplotlib", "openai", "httpx", "alembic", "aiosqlite")
"""Libraries whose INFO is of no use to who runs Houston."""

TEXT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


def configure(level: str, form: Literal["text", "json"]) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else logging.Formatter(TEXT))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
