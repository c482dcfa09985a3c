"""A metric by channel and by day, beside another one; and ratios."""

from tests.agent.grounding.scene import WEEK, Result, Scene, call, day_of, row_of, ways
from tests.agent.grounding.shown import Slot, count, money, percent, ratio, word
from tests.agent.llm_server import Call

MONEY = ("revenue", "spend")


def calls_of(metric: str, other: str) -> tuple[Call, ...]:
    return (
        call("a", "channel_performance", metric=metric, by="channel", compare_to="previous_period", **WEEK),
        call("b", "channel_performance", metric=metric, by="day", **WEEK),
        call("c", "channel_performance", metric=other, by="channel", compare_to="previous_period", **WEEK),
    )


def performance(metric: str, other: str, results: list[Result]) -> Scene:
    whole, daily, beside = results
    amount = money if metric in MONEY else count
    foreign = money if other in MONEY else count
    rows = whole["rows"]
    days = sorted(daily["rows"], key=lambda row: row["value"])
    best, worst, middle = days[-1], days[0], days[3]
    slots = {
        "metric": word(metric),
        "Metric": word(metric.capitalize()),
        "other": word(other),
        "total": amount(whole["total"]),
        "before": amount(whole["compared_to"]["total"]),
        "diff": amount(whole["compared_to"]["difference"]),
        "pct": percent(whole["compared_to"]["percent"]),
        "average": amount(whole["average_per_day"]),
        "othertotal": foreign(beside["total"]),
        "otherpct": percent(beside["compared_to"]["percent"]),
        "best": amount(best["value"]),
        "worst": amount(worst["value"]),
        "middle": amount(middle["value"]),
        "bestday": word(day_of(best["day"])),
        "worstday": word(day_of(worst["day"])),
        "middleday": word(day_of(middle["day"])),
        "channels": count(len(rows), spelled=True),
    }
    for index, row in enumerate(rows):
        slots |= {
            f"ch{index}": word(row["channel"]),
            f"v{index}": amount(row["value"]),
            f"s{index}": percent(row["share_percent"]),
            f"b{index}": amount(row["compared_value"]),
            f"p{index}": percent(row["percent"]),
            f"o{index}": foreign(row_of(beside, row["channel"])["value"]),
        }
    for name, change in (("", "pct"), ("other", "otherpct"), ("p0", "p0"), ("p1", "p1"), ("p2", "p2")):
        slots |= ways(name, slots[change].value)
    others = {
        "metric": other,
        "Metric": other.capitalize(),
        "bestday": day_of(middle["day"]),
        "worstday": day_of(best["day"]),
        "middleday": day_of(worst["day"]),
    }
    rivals = {
        "total": slots["othertotal"],
        "best": slots["middle"],
        "worst": slots["best"],
        "v0": slots["v1"],
        "v1": slots["v2"],
        "v2": slots["v0"],
        "o0": slots["o1"],
    }
    question = f"How was {metric} last week?"
    return Scene(
        name="performance",
        question=question,
        calls=calls_of(metric, other),
        slots=slots,
        others=others,
        rivals=rivals,
    )


RATES = (
    call(
        "a",
        "channel_performance",
        metric="cost_per_click",
        by="channel",
        compare_to="previous_period",
        **WEEK,
    ),
    call(
        "b",
        "channel_performance",
        metric="conversion_rate",
        by="channel",
        compare_to="previous_period",
        **WEEK,
    ),
    call("c", "channel_performance", metric="return_on_ad_spend", by="channel", **WEEK),
    call("d", "channel_performance", metric="clicks", by="channel", **WEEK),
)


def rates(results: list[Result]) -> Scene:
    cpc, conversion, roas, clicks = results
    slots: dict[str, Slot] = {
        "cpc": money(cpc["total"]),
        "cpcbefore": money(cpc["compared_to"]["total"]),
        "cpcpct": percent(cpc["compared_to"]["percent"]),
        "cr": percent(conversion["total"] * 100),
        "crpct": percent(conversion["compared_to"]["percent"]),
        "roas": ratio(roas["total"]),
        "clicks": count(clicks["total"]),
        **ways("", cpc["compared_to"]["percent"]),
        **ways("cr", conversion["compared_to"]["percent"]),
    }
    for index, row in enumerate(cpc["rows"]):
        slots |= {
            f"ch{index}": word(row["channel"]),
            f"c{index}": money(row["value"]),
            f"k{index}": count(row_of(clicks, row["channel"])["value"]),
            f"r{index}": ratio(row_of(roas, row["channel"])["value"]),
            f"cr{index}": percent(row_of(conversion, row["channel"])["value"] * 100),
        }
    rivals = {
        "c0": slots["c1"],
        "k0": slots["k1"],
        "r0": slots["r1"],
        "cr0": slots["cr1"],
        "cpc": slots["c0"],
    }
    others = {"ch0": slots["ch1"].text}
    question = "How efficient were our ads last week?"
    return Scene(name="rates", question=question, calls=RATES, slots=slots, rivals=rivals, others=others)
