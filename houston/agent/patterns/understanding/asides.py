"""What is no question about data: changes that are asked for, and what is declined."""

from datetime import date
from typing import Any

from houston.agent.patterns.understanding.beyond import beyond
from houston.agent.patterns.understanding.catalogue import Catalogue
from houston.agent.patterns.understanding.forbidden import OTHER_CLIENTS, forbidden
from houston.agent.patterns.understanding.future import day_named_ahead
from houston.agent.patterns.understanding.hypotheses import asks_for_the_figure, supposes_more
from houston.agent.patterns.understanding.intents import intent_of
from houston.agent.patterns.understanding.overwriting import overwrites
from houston.agent.patterns.understanding.parts import part_ahead
from houston.agent.patterns.understanding.reading import Reading
from houston.agent.patterns.understanding.writes import asked_write

ALWAYS_DECLINED = ("approval", "prompt", "secrets", "mention")
"""Also where a change is asked for, which needs approval anyway."""

NEVER_BEYOND = ("calendar", "notes", "note", "reports", "report", "definition", "calculate")


def aside_in(reading: Reading, catalogue: Catalogue, today: date) -> dict[str, Any]:
    """What is no question about data: changes, and what is declined."""
    write = asked_write(reading.raw)
    kind = forbidden(reading.raw, kinds=ALWAYS_DECLINED if write else ())
    if not kind and OTHER_CLIENTS.search(reading.raw) and len(catalogue.clients) < 2:
        kind = "others"
    if kind:
        return {"intent": "refused", "declined": kind}
    if write:
        named = client_named(reading, catalogue)
        return {
            "intent": "write",
            "write": write,
            "client": named,
            "loose": reading.loose,
            **names_in(reading),
        }
    if overwrites(reading):
        return {"intent": "refused", "declined": "destroy"}
    blanked = without_names(reading)
    asked = intent_of(reading)
    routed = asked in ("rules", "destinations") and not reading.named("metric")
    supposed = reading.formula and reading.formula.kind == "percent_of" and asks_for_the_figure(reading.text)
    words = "" if asked in NEVER_BEYOND or routed or supposed else beyond(blanked)
    if not words and not reading.formula and asked == "performance":
        words = supposes_more(reading.text)
    if not words and asked not in NEVER_BEYOND and (soon := day_ahead(reading, today)):
        words = soon
    return {"intent": "beyond", "declined": words} if words else {}


def day_ahead(reading: Reading, today: date) -> str:
    """`20 Nov`, said on the 13th: rather the one to come than that of last year."""
    if part := part_ahead(reading.text, today):
        return part[0]
    if len(reading.found) != 1:
        return ""
    one = reading.found[0]
    return day_named_ahead(reading.text[one.start : one.end], one.period, today)


def names_in(reading: Reading) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if reading.sure("metric"):
        found["metrics"] = reading.sure("metric")
    if reading.sure("channel"):
        found["channels"] = reading.sure("channel")
    return found


def without_names(reading: Reading) -> str:
    text = list(reading.text)
    for match in reading.names:
        text[match.start : match.end] = " " * (match.end - match.start)
    return " ".join("".join(text).split())


def client_named(reading: Reading, catalogue: Catalogue) -> str | None:
    return next((found.slug for said in reading.sure("client") if (found := catalogue.client(said))), None)
