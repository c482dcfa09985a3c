"""The metrics of one incident, each with how it stands."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.views import severity
from bot.views.text import cut, escape, humanized, number, one_line, span

Facts = Mapping[str, Any]

SHOWN = 15
NAME = 100


def lines(metrics: Sequence[Facts]) -> str:
    """One line of mrkdwn each: those that are not well first."""
    ordered = sorted(metrics, key=lambda each: bool(each.get("is_well")))
    said = [_line(each) for each in ordered[:SHOWN]]
    if len(ordered) > SHOWN:
        said.append(f"and {len(ordered) - SHOWN:,} more")
    return "\n".join(said)


def named(metric: Facts) -> str:
    """`Cost per click · google-ads`."""
    name = humanized(metric["metric"])
    return cut(f"{name} · {one_line(metric['channel'])}" if metric.get("channel") else name, NAME)


def all_named(metrics: Sequence[Facts]) -> str:
    """`Spend in 8 channels`, `Spend · google-ads and 2 more`."""
    if len({each["metric"] for each in metrics}) == 1:
        return f"{humanized(metrics[0]['metric'])} in {len(metrics):,} channels"
    return f"{named(metrics[0])} and {len(metrics) - 1:,} more"


def brief(metrics: Sequence[Facts]) -> str:
    """`Spend · bing $12, expected $90; Clicks 3, expected 40`."""
    said = [f"{named(each)} {_value(each)}{_expected(each)}" for each in metrics[:3]]
    more = f" and {len(metrics) - 3:,} more" if len(metrics) > 3 else ""
    return "; ".join(said) + more


def _line(metric: Facts) -> str:
    name = escape(named(metric))
    if metric.get("is_well"):
        was = number(metric["was"], metric.get("unit", ""))
        return f"✅ *{name}* {escape(_value(metric))} now, was {escape(was)}"
    mark = severity.EMOJI[metric["severity"]]
    return f"{mark} *{name}* {escape(_value(metric) + _expected(metric))}"


def _value(metric: Facts) -> str:
    return number(metric["value"], metric.get("unit", ""))


def _expected(metric: Facts) -> str:
    if metric.get("lower") is None or metric.get("upper") is None:
        return ""
    return f", expected {span(metric['lower'], metric['upper'], metric.get('unit', ''))}"
