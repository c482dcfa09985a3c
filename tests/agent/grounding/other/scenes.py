"""What is asked of such an agency, and the true values that its answers are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tests.agent.grounding.other import data, records
from tests.agent.grounding.other.data import Result, World
from tests.agent.grounding.other.phrases import multiple, portion, ways
from tests.agent.grounding.other.slots import Slot, money, number, on, word


@dataclass(frozen=True, kw_only=True)
class Scene:
    name: str
    question: str
    results: Sequence[Result]
    slots: Mapping[str, Slot]
    rivals: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By slot: those whose true values would be lies in its place."""


def _rivals(*groups: str) -> dict[str, list[str]]:
    """In each group of slots, the others' values are false for each."""
    names = [group.split() for group in groups]
    return {one: [other for other in group if other != one] for group in names for one in group}


def _rows(result: Result, key: str, world: World) -> dict[str, Slot]:
    """Of each row: name, value, share, before, change."""
    slots: dict[str, Slot] = {}
    rows = result["rows"]
    amount = _amount(result, world)
    for index, row in enumerate(rows):
        slots |= {
            f"n{index}": word(row[key], *(str(other[key]) for other in rows)),
            f"v{index}": amount(row["value"]),
            f"s{index}": number("percent", row["share_percent"]),
            f"b{index}": amount(row["compared_value"]),
            f"p{index}": number("percent", row["percent"]),
            f"d{index}": amount(row["difference"]),
            **ways(str(index), row["percent"]),
        }
    return (
        slots
        | portion("part0", rows[0]["share_percent"])
        | multiple("0", rows[0]["value"], rows[0]["compared_value"])
    )


def _amount(result: Result, world: World):  # type: ignore[no-untyped-def]
    return (
        (lambda value: money(value, world.symbol))
        if result["unit"]
        else (lambda value: number("count", value))
    )


def _whole(result: Result, world: World, prefix: str = "") -> dict[str, Slot]:
    amount, change = _amount(result, world), result["compared_to"]
    return {
        f"{prefix}total": amount(result["total"]),
        f"{prefix}before": amount(change["total"]),
        f"{prefix}diff": amount(change["difference"]),
        f"{prefix}pct": number("percent", change["percent"]),
        f"{prefix}average": amount(result["average_per_day"])
        if result["unit"]
        else number("mean", result["average_per_day"]),
        **ways(prefix, change["percent"]),
    }


def channels(world: World) -> Scene:
    one = data.by_name(world, "channel", world.money, world.channels, world.size * 14, 14)
    other = data.by_name(world, "channel", world.counted, world.channels, world.rng.uniform(3000, 90000), 14)
    slots = _rows(one, "channel", world) | _whole(one, world) | _whole(other, world, "k")
    slots |= {"M": word(world.money.replace("_", " ")), "K": word(world.counted.replace("_", " "))}
    slots |= {f"k{index}": number("count", row["value"]) for index, row in enumerate(other["rows"])}
    slots |= {"client": word(world.clients[0])}
    rivals = _rivals(
        "v0 v1 v2",
        "s0 s1 s2",
        "b0 b1 b2",
        "p0 p1 p2",
        "k0 k1 k2",
        "total before",
        "ktotal kbefore",
        "pct kpct",
    )
    return Scene(
        name="channels",
        question="How did the channels do in the last two weeks?",
        results=(one, other),
        slots=slots,
        rivals=rivals,
    )


def clients(world: World) -> Scene:
    one = data.by_name(world, "client", world.money, world.clients, world.size * 30, 30)
    slots = _rows(one, "client", world) | _whole(one, world) | {"M": word(world.money.replace("_", " "))}
    rivals = _rivals("v0 v1 v2", "s0 s1 s2", "b0 b1 b2", "p0 p1 p2", "total before")
    return Scene(
        name="clients",
        question="Which client did best over 30 days?",
        results=(one,),
        slots=slots,
        rivals=rivals,
    )


def daily(world: World) -> Scene:
    result = data.by_day(world, world.money, world.size, 14)
    rows = sorted(result["rows"], key=lambda row: -float(row["value"]))
    days = [date.fromisoformat(row["day"]) for row in rows]
    picked = {"best": 0, "second": 1, "mid": 7, "worst": 13}
    slots = {name: money(rows[at]["value"], world.symbol) for name, at in picked.items()}
    slots |= {f"{name}day": on(days[at], *days[2:6]) for name, at in picked.items()}
    above = sum(row["value"] > result["average_per_day"] for row in rows)
    mean = {
        "value": result["average_per_day"],
        "unit": world.symbol,
        "expression": "mean(r0.rows.value)",
        "metric": world.money,
    }
    gap = {
        "value": round(rows[0]["value"] - rows[13]["value"], 2),
        "unit": world.symbol,
        "expression": "max(r0.rows.value) - min(r0.rows.value)",
        "metric": world.money,
    }
    slots |= {
        **{"M": word(world.money.replace("_", " ")), "total": money(result["total"], world.symbol)},
        **{"average": money(mean["value"], world.symbol), "gap": money(gap["value"], world.symbol)},
        "spread": number("ratio", rows[0]["value"] / rows[13]["value"]),
    }
    del above
    rivals = _rivals("best mid worst", "average total")
    return Scene(
        name="daily", question="How did the days go?", results=(result, mean, gap), slots=slots, rivals=rivals
    )


def hourly(world: World) -> Scene:
    result = data.by_hour(world)
    points = result["points"]
    high, calm = points[5], points[2]
    rise = (high["value"] / high["expected"] - 1) * 100
    slots = {
        **{
            "M": word(world.money.replace("_", " ")),
            "n": word(world.channels[0]),
            "day": on(data.LAST, date(2026, 11, 9)),
        },
        **{"high": money(high["value"], world.symbol), "expected": money(high["expected"], world.symbol)},
        **{"lower": money(high["usual"][0], world.symbol), "upper": money(high["usual"][1], world.symbol)},
        **{"calm": money(calm["value"], world.symbol), "first": money(points[0]["value"], world.symbol)},
        **{"last": money(points[-1]["value"], world.symbol), "rise": number("percent", rise)},
        "hour": Slot(
            kind="clock", text=world.rng.choice(("14:00", "2 pm", "2pm")), false=("13:20", "4:45 pm", "21:00")
        ),
        "calmhour": Slot(kind="clock", text="11:00", false=("23:00", "3:15 am", "02:30")),
    }
    rivals = _rivals("high expected", "high calm", "first last")
    return Scene(
        name="hourly", question="What happened on Sunday?", results=(result,), slots=slots, rivals=rivals
    )


def _said_days(found: Result) -> list[date]:
    return [date.fromisoformat(one["time"][:10]) for one in found["outliers"]]


def outliers(world: World) -> Scene:
    found = records.outliers(world)
    days = _said_days(found)
    slots: dict[str, Slot] = {
        "count": number("count", 3),
        "M": word(world.money.replace("_", " ")),
        "critical": number("count", 2),
    }
    for index, one in enumerate(found["outliers"]):
        slots |= {
            f"n{index}": word(one["channel"], *world.channels[:3]),
            f"v{index}": money(one["value"], world.symbol),
            f"e{index}": money(one["expected"], world.symbol),
            f"l{index}": money(one["usual"][0], world.symbol),
            f"u{index}": money(one["usual"][1], world.symbol),
            f"p{index}": number("percent", one["percent"]),
            f"day{index}": on(days[index], *days),
            f"at{index}": Slot(kind="clock", text=one["time"][11:16], false=("23:40", "00:10")),
            **ways(str(index), one["percent"]),
        }
    rivals = _rivals("v0 v1 v2", "e0 e1 e2", "p0 p1 p2", "v0 e0", "v1 e1")
    return Scene(name="outliers", question="What was unusual?", results=(found,), slots=slots, rivals=rivals)
