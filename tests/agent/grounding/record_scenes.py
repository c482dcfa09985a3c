"""Outliers, notes and customers."""

from tests.agent.grounding.scene import WEEK, Result, Scene, call, day_of, ways
from tests.agent.grounding.shown import Slot, count, money, percent, word

OUTLIERS = (
    call("a", "outlier_occurrences", start="2026-11-01", end="2026-11-18"),
    call("b", "notes", limit=10),
)


def outliers(results: list[Result]) -> Scene:
    found, notes = results
    first, second = found["outliers"][:2]
    slots = {
        "count": count(found["count"], spelled=True),
        "open": count(notes["counts"]["open"], spelled=True),
        "done": count(notes["counts"]["done"], spelled=True),
        "channel": word(first["channel"]),
        "channel2": word(second["channel"]),
        "metric": word(first["metric"]),
        "Metric": word(first["metric"].capitalize()),
        "value": money(first["value"]),
        "expected": money(first["expected"]),
        "lower": money(first["usual"][0]),
        "upper": money(first["usual"][1]),
        "pct": percent(first["percent"]),
        "diff": money(first["difference"]),
        "value2": money(second["value"]),
        "pct2": percent(second["percent"]),
        "expected2": money(second["expected"]),
        "day": word(day_of(first["time"][:10])),
        "day2": word(day_of(second["time"][:10])),
        "clock": word(first["time"][11:16]),
        "clock2": word(second["time"][11:16]),
        **ways("", first["percent"]),
    }
    rivals = {
        "value": slots["value2"],
        "pct": slots["pct2"],
        "expected": slots["value"],
        "value2": slots["value"],
    }
    others = {"day": slots["day2"].text, "day2": slots["day"].text, "channel": slots["channel2"].text}
    question = "Any outliers this month?"
    return Scene(
        name="outliers", question=question, calls=OUTLIERS, slots=slots, rivals=rivals, others=others
    )


CUSTOMERS = (call("a", "customers", limit=5), call("b", "customer_summary", **WEEK))


def people(results: list[Result]) -> Scene:
    listed, summary = results
    first, second, third = listed["customers"][:3]
    segments = sorted(summary["by_segment"], key=lambda one: -one["customers"])
    slots: dict[str, Slot] = {
        "total": count(summary["total"]),
        "new": count(summary["new"]),
        "orders": count(summary["orders"]),
        "seg0": word(segments[0]["segment"]),
        "seg1": word(segments[1]["segment"]),
        "sc0": count(segments[0]["customers"]),
        "sc1": count(segments[1]["customers"]),
        "so0": count(segments[0]["orders"]),
        "so1": count(segments[1]["orders"]),
        "listed": count(3, spelled=True),
    }
    for index, one in enumerate((first, second, third)):
        slots |= {
            f"n{index}": word(one["name"]),
            f"o{index}": count(one["orders"]),
            f"r{index}": Slot(kind="ratio", value=one["revenue"]),
        }
    rivals = {
        "sc0": slots["sc1"],
        "sc1": slots["sc0"],
        "o0": slots["sc0"],
        "r0": slots["r1"],
        "r1": slots["r2"],
        "so0": slots["so1"],
    }
    others = {"n0": second["name"], "seg0": slots["seg1"].text}
    question = "Who are our best customers?"
    return Scene(name="people", question=question, calls=CUSTOMERS, slots=slots, rivals=rivals, others=others)
