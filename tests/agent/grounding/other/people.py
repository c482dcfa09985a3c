"""Scenes of customers, jobs, notes, reports and rates."""

from datetime import date, timedelta

from tests.agent.grounding.other import data, records
from tests.agent.grounding.other.data import Result, World
from tests.agent.grounding.other.phrases import ways
from tests.agent.grounding.other.scenes import Scene, _rivals, channels, clients, daily, hourly, outliers
from tests.agent.grounding.other.slots import Slot, money, number, on, word


def customers(world: World) -> Scene:
    summary = records.segments(world)
    listed = records.people(world, summary["total"])
    slots: dict[str, Slot] = {
        "many": number("count", listed["count"]),
        "total": number("count", summary["total"]),
    }
    slots |= {"new": number("count", summary["new"]), "orders": number("count", summary["orders"])}
    names = [one["name"] for one in listed["customers"]]
    for index, one in enumerate(listed["customers"]):
        slots |= {f"n{index}": word(one["name"], *names), f"o{index}": number("count", one["orders"])}
        slots |= {
            f"r{index}": number("ratio", one["revenue"]),
            f"a{index}": number("ratio", one["average_order"]),
        }
        slots |= {f"id{index}": word(one["customer_id"], f"K-{1900 + index}", f"K-{2900 + index}")}
    for index, one in enumerate(summary["by_segment"]):
        slots |= {f"g{index}": word(one["segment"]), f"c{index}": number("count", one["customers"])}
        slots |= {f"w{index}": number("count", one["new"]), f"go{index}": number("count", one["orders"])}
    rivals = _rivals("o0 o1 o2", "r0 r1 r2", "a0 a1 a2", "c0 c1 c2", "go0 go1 go2", "w0 c0")
    return Scene(
        name="customers", question="Who buys most?", results=(listed, summary), slots=slots, rivals=rivals
    )


def jobs(world: World) -> Scene:
    result = records.task_runs(world)
    counts = result["counts"]
    slots = {key: number("count", value) for key, value in counts.items()} | {
        "count": number("count", result["count"])
    }
    names = [job["job"] for job in result["jobs"]]
    slots |= {"jobs": number("count", 3), "day": on(data.LAST, date(2026, 11, 7), date(2026, 11, 3))}
    for index, job in enumerate(result["jobs"]):
        slots |= {
            **{f"j{index}": word(job["job"], *names), f"ok{index}": number("count", job["succeeded"])},
            **{
                f"f{index}": number("count", job["failed"]),
                f"dl{index}": number("count", job["dead_letter"]),
            },
            f"at{index}": Slot(kind="clock", text=job["last_run"][11:16], false=("02:44", "23:05")),
        }
    rivals = _rivals("ok0 ok1 ok2", "f0 f1 f2", "succeeded failed count")
    return Scene(
        name="jobs", question="Did the pipelines run?", results=(result,), slots=slots, rivals=rivals
    )


def notebook(world: World) -> Scene:
    result = records.notes(world)
    slots = {key: number("count", value) for key, value in result["counts"].items()} | {
        "count": number("count", result["count"])
    }
    for index, one in enumerate(result["notes"]):
        slots |= {f"t{index}": word(one["title"]), f"by{index}": word(one["author"])}
        days = [data.LAST - timedelta(days=2 * other + 1) for other in range(5)]
        slots |= {f"day{index}": on(days[index], date(2026, 10, 3), date(2026, 9, 21))}
    return Scene(
        name="notes",
        question="What do the notes say?",
        results=(result,),
        slots=slots,
        rivals=_rivals("open done count"),
    )


def reports(world: World) -> Scene:
    result = records.report(world)
    url = result["report"]["url"]
    at = len("https://bi.") + 1
    false = (
        url[:at] + ("x" if url[at] != "x" else "y") + url[at + 1 :],
        url.replace("boards", "board"),
        url + "&to=me",
        url.replace("https", "http"),
    )
    slots: dict[str, Slot] = {
        "url": Slot(kind="link", text=url, false=false),
        "rows": number("count", 3),
        "hours": number("count", 3),
    }
    for index, row in enumerate(result["rows"]):
        slots |= {f"x{index}": word(row["product"], *(one["product"] for one in result["rows"]))}
        slots |= {f"q{index}": number("count", row["sold"]), f"t{index}": number("ratio", row["turnover"])}
    slots |= {
        "sold": number("count", result["totals"]["sold"]),
        "turnover": number("ratio", result["totals"]["turnover"]),
    }
    rivals = _rivals("q0 q1 q2 sold", "t0 t1 t2 turnover")
    return Scene(
        name="reports", question="Show me the top products.", results=(result,), slots=slots, rivals=rivals
    )


def rates(world: World) -> Scene:
    """Two ratios, which change by points as well as by percent."""
    one, before = round(world.rng.uniform(0.01, 0.2), 4), round(world.rng.uniform(0.01, 0.2), 4)
    cost, old = round(world.rng.uniform(0.2, 9), 2), round(world.rng.uniform(0.2, 9), 2)
    results = [
        _ratio(world, "booking_rate", "", one, before),
        _ratio(world, "cost_per_lead", world.symbol, cost, old),
    ]
    slots = {
        **{"rate": number("percent", one * 100), "was": number("percent", before * 100)},
        **{
            "points": number("points", (one - before) * 100),
            "ratepct": number("percent", (one / before - 1) * 100),
        },
        **{"cost": money(cost, world.symbol), "old": money(old, world.symbol)},
        **{"pct": number("percent", (cost / old - 1) * 100), "step": money(cost - old, world.symbol)},
        **ways("", (one / before - 1) * 100),
        **ways("cost", (cost / old - 1) * 100),
    }
    return Scene(
        name="rates",
        question="How efficient are we?",
        results=results,
        slots=slots,
        rivals=_rivals("rate was", "cost old", "pct ratepct"),
    )


def _ratio(world: World, name: str, unit: str, total: float, before: float) -> Result:
    change = {"difference": round(total - before, 4), "percent": round((total / before - 1) * 100, 1)}
    earlier = data.period(data.LAST - timedelta(days=7), 7)
    return {
        **{
            "metric": name,
            "channel": None,
            "unit": unit,
            "totalled_by": "ratio",
            "period": data.period(data.LAST, 7),
        },
        **{"by": "total", "total": total, "rows": [], "compared_to": {**earlier, "total": before, **change}},
        "source": world.source(**data.period(data.LAST, 7)),
    }


SCENES = (channels, clients, daily, hourly, outliers, customers, jobs, notebook, reports, rates)
