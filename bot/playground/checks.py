"""Small checks that block schemas are built from. Each adds what is wrong, in Slack's words, to a Report."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Report:
    #: whether a block may show the file with this id (or private URL)
    file_ready: Callable[[str], bool]
    problems: list[str] = field(default_factory=list)

    def add(self, message: str, pointer: str) -> None:
        self.problems.append(f"[ERROR] {message} [json-pointer:{pointer}]")


#: (value, JSON pointer to it, report)
Check = Callable[[Any, str, Report], None]


def string(longest: int, shortest: int = 1) -> Check:
    def check(value: Any, pointer: str, report: Report) -> None:
        if not isinstance(value, str):
            report.add("must provide a string", pointer)
        elif len(value) < shortest:
            report.add(f"must be more than {shortest - 1} characters", pointer)
        elif len(value) > longest:
            report.add(f"must be less than {longest + 1} characters", pointer)

    return check


def boolean(value: Any, pointer: str, report: Report) -> None:
    if not isinstance(value, bool):
        report.add("must provide a boolean", pointer)


def integer(least: int, most: int) -> Check:
    def check(value: Any, pointer: str, report: Report) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            report.add("must provide a number", pointer)
        elif not least <= value <= most:
            report.add(f"must be a number between {least} and {most}", pointer)

    return check


def one_of(*allowed: str) -> Check:
    def check(value: Any, pointer: str, report: Report) -> None:
        if value not in allowed:
            report.add(f"must be a valid enum value ({', '.join(allowed)})", pointer)

    return check


def anything(value: Any, pointer: str, report: Report) -> None:
    """Taken as it is."""


def many(check_item: Check, most: int, least: int = 1) -> Check:
    def check(value: Any, pointer: str, report: Report) -> None:
        if not isinstance(value, list):
            report.add("must provide an array", pointer)
            return
        if len(value) > most:
            report.add(f"no more than {most} items allowed", pointer)
        if len(value) < least:
            report.add(f"no fewer than {least} items allowed", pointer)
        for index, item in enumerate(value):
            check_item(item, f"{pointer}/{index}", report)

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, *also: Check) -> Check:
    """An object with just these fields; `also` are checks of the whole, made when its fields are in order."""
    fields = {**required, **(optional or {})}

    def check(value: Any, pointer: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add("must provide an object", pointer)
            return
        before = len(report.problems)
        for name in required:
            if value.get(name) is None:
                report.add(f"missing required field: {name}", pointer)
        for name, item in value.items():
            if name not in fields:
                report.add(f"invalid additional property: {name}", pointer)
            elif item is not None:
                fields[name](item, f"{pointer}/{name}", report)
        if len(report.problems) == before:
            for whole in also:
                whole(value, pointer, report)

    return check


def typed(checks: Mapping[str, Check]) -> Check:
    """An object whose `type` says which check it has to pass."""

    def check(value: Any, pointer: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add("must provide an object", pointer)
        elif "type" not in value:
            report.add("missing required field: type", pointer)
        elif not isinstance(value["type"], str) or value["type"] not in checks:
            report.add(f"unsupported type: {value['type']}", f"{pointer}/type")
        else:
            checks[value["type"]](value, pointer, report)

    return check


def plain_text(longest: int, shortest: int = 1) -> Check:
    return typed({"plain_text": _plain(longest, shortest)})


def any_text(longest: int, shortest: int = 1) -> Check:
    marked = record({"type": anything, "text": string(longest, shortest)}, {"verbatim": boolean})
    return typed({"plain_text": _plain(longest, shortest), "mrkdwn": marked})


def _plain(longest: int, shortest: int) -> Check:
    return record({"type": anything, "text": string(longest, shortest)}, {"emoji": boolean})


def exactly_one(*names: str) -> Check:
    def check(value: Any, pointer: str, report: Report) -> None:
        if sum(value.get(name) is not None for name in names) != 1:
            report.add(f"must provide exactly one of: {', '.join(names)}", pointer)

    return check
