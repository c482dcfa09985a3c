"""What the payload of an event says, as named figures and named words."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from houston.agent.facts import Figure
from houston.notify.digests.digest import DAILY_DIGEST, Digest

Payload = Mapping[str, Any]

MOST_METRICS = 15
WORDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "outlier": (("definition", "outlier definition"),),
    "data_alert": (("report", "report"), ("error", "error"), ("owner_name", "owner"), ("runbook", "runbook")),
    "task_failure": (("job", "job"), ("run_id", "run"), ("state", "run state"), ("error", "error")),
    "system_error": (("service", "service"), ("message", "message")),
    "notebook_alert": (("status", "status"), ("message", "message")),
    "note_created": (("body", "text"), ("status", "status"), ("author", "author")),
    "note_updated": (("status", "status"), ("author", "author")),
}
"""By event type: the payload's own name of each, and what it is called."""

LONGEST = 600


def figures(type: str, payload: Payload) -> tuple[Figure, ...]:
    read = READERS.get(type)
    return tuple(read(payload)) if read else ()


def words(type: str, payload: Payload) -> tuple[tuple[str, str], ...]:
    """`("job", "load_google_ads")`; what is empty is left out."""
    named = WORDS.get(type, ())
    found = [(called, _line(payload.get(key))) for key, called in named]
    return tuple((called, text) for called, text in [*found, *_listed(type, payload)] if text)


def _outlier(payload: Payload) -> Iterator[Figure]:
    several = payload.get("metrics") or ()
    if len(several) > 1:
        for each in several[:MOST_METRICS]:
            yield from _deviation(each, _named(each))
    else:
        yield from _deviation(payload, "")


def _deviation(metric: Payload, name: str) -> Iterator[Figure]:
    unit = str(metric.get("unit") or "")
    for part in ("value", "was", "expected", "lower", "upper"):
        if isinstance(metric.get(part), int | float):
            yield Figure(name=f"{name} {part}".strip(), value=float(metric[part]), unit=unit)


def _named(metric: Payload) -> str:
    return " · ".join(str(metric[part]) for part in ("metric", "channel") if metric.get(part))


def _conditions(payload: Payload) -> Iterator[Figure]:
    """What each condition was checked against, where that is a number."""
    for rule in payload.get("rules", ()):
        value = _number(rule.get("current"))
        if value is not None:
            yield Figure(name=f"current of “{_line(rule.get('text'))}”", value=value)


def _attempt(payload: Payload) -> Iterator[Figure]:
    if isinstance(payload.get("attempt"), int):
        yield Figure(name="attempt", value=float(payload["attempt"]))


def _digest(payload: Payload) -> Iterator[Figure]:
    digest = Digest.from_dict(payload)
    for section in (*digest.sections, *digest.quiet):
        for each in section.figures:
            name = f"{section.name} {each.name}".strip()
            told = ((f"{name} on {digest.day}", each.value), (f"{name} a week before", each.before))
            yield from (
                Figure(name=said, value=value, unit=each.unit) for said, value in told if value is not None
            )
            if each.percent is not None:
                yield Figure(name=f"{name} change", value=each.percent, unit="%")


READERS: Mapping[str, Callable[[Payload], Iterator[Figure]]] = {
    "outlier": _outlier,
    "data_alert": _conditions,
    "task_failure": _attempt,
    DAILY_DIGEST: _digest,
}


def _listed(type: str, payload: Payload) -> Iterator[tuple[str, str]]:
    if type == "data_alert":
        for rule in payload.get("rules", ()):
            yield (
                "condition",
                f"{_line(rule.get('text'))} (current: {_line(rule.get('current')) or 'unknown'})",
            )
    if type == "note_updated":
        for change in payload.get("changes", ()):
            yield f"changed {change['field']}", f"{_line(change['before'])} → {_line(change['after'])}"
    if type == "outlier" and "since" in payload:
        yield "no data since", _line(payload["since"])
    if type == DAILY_DIGEST:
        yield from _happenings(Digest.from_dict(payload))


def _happenings(digest: Digest) -> Iterator[tuple[str, str]]:
    for section in digest.sections:
        about = section.name or "no client"
        for incident in section.worst:
            goes_on = "goes on" if incident.is_open else "is over"
            yield about, f"{incident.type} {_line(incident.name)} ({incident.severity}, {goes_on})"
        for task in section.tasks:
            mended = ", succeeded since" if task.is_mended else ""
            yield about, f"task {_line(task.job)} failed {task.failures} times{mended}"


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(str(value).replace(",", ""))
    except ValueError:
        return None


def _line(value: object) -> str:
    text = " ".join(str(value).split()) if value is not None else ""
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
