"""What moved with an outlier, and what goes on now."""

import random
from datetime import timedelta

from tests.agent.grounding.analysts.desk import Desk
from tests.agent.grounding.reviewers.days import moment
from tests.agent.grounding.reviewers.scene import Field, Scene, figure, moved, percent
from tests.agent.grounding.reviewers.slots import Slot

EXPLAINED = (
    "Mostly {c}: {v} against the usual {u} ({sign}{p}), which is {share} of the change.",
    "{metric} on {c} was {v} instead of {u}. {other} stayed close to normal at {ov} (usually {ou}).",
    "By channel:\n- {c}: {v:e}, usually {u:e} ({sign}{p:e})\n"
    "- {other}: {ov:e}, usually {ou:e}\n\nCause unknown so far.",
    "It is still {v_now} now, against {u_now} usually.",
)
GOING_ON = (
    "{n:w} thing{s} {are} firing right now. {What} has been going on since {time}, that is {long}.",
    "{What} ({client}, {severity}) is firing since {time}; "
    "it was seen {seen:w} time{seen_s} and nobody has taken it yet.",
    "- **{what}** for {client}: {severity}, open for {long}\n\n"
    "{untaken:w} of them {are_u} not taken by anyone.",
)
FIRED = ("{What} fired at {v}, {p} above the expected {e}.",)


async def explained(desk: Desk, rng: random.Random) -> Scene | None:
    """None where there is no outlier with several channels."""
    span = {"start": desk.today - timedelta(days=13), "end": desk.today}
    found = await desk.read("outlier_occurrences", **span)
    if not found["outliers"]:
        return None
    seen = await desk.read("explain_outlier", outlier=found["outliers"][0]["id"])
    rows = [row for row in seen["by_channel"] if row.get("percent") and row.get("share_of_change_percent")]
    if len(rows) < 2 or not seen["now"] or seen["now"]["is_usual"]:
        return None
    first, other, now = rows[0], rows[-1], seen["now"]
    unit = first["unit"]
    fields = moved(first["difference"], rng) | {
        "metric": first["metric"].replace("_", " "),
        "c": first["channel"],
        "other": other["channel"],
        "v": figure(unit, first["value"], first["usual"], first["difference"], *seen["outlier"]["usual"]),
        "u": figure(
            unit, first["usual"], first["value"], seen["outlier"]["expected"], *seen["outlier"]["usual"]
        ),
        "p": percent(first["percent"], seen["outlier"]["percent"]),
        "share": percent(first["share_of_change_percent"]),
        "ov": figure(unit, other["value"], other["usual"]),
        "ou": figure(unit, other["usual"], other["value"]),
        "v_now": figure(unit, now["value"], now["usual"]),
        "u_now": figure(
            unit, now["usual"], now["value"], seen["outlier"]["expected"], *seen["outlier"]["usual"]
        ),
    }
    return Scene(kind="explained", desk=desk, question="Why?", fields=fields, tellings=EXPLAINED)


async def going_on(desk: Desk, rng: random.Random) -> Scene | None:
    """None where nothing goes on."""
    found = await desk.read("episodes")
    if not found["episodes"]:
        return None
    one, count, untaken = found["episodes"][0], found["count"], found["not_taken"]
    fields: dict[str, Field] = {
        "n": figure("", count),
        "s": "" if count == 1 else "s",
        "are": "is" if count == 1 else "are",
        "what": one["what"],
        "What": one["what"],
        "client": one["client"],
        "severity": one["severity"],
        "time": moment(one["opened_at"], rng),
        "long": _long(one["minutes"]),
        "seen": figure("", one["times_seen"]),
        "seen_s": "" if one["times_seen"] == 1 else "s",
        "untaken": figure("", untaken, count),
        "are_u": "is" if untaken == 1 else "are",
    }
    tellings: tuple[str, ...] = GOING_ON
    if one.get("expected") and one.get("percent", 0) > 0:
        unit = one.get("unit", "")
        tellings += FIRED
        fields |= {
            "v": figure(unit, one["value"], one["expected"]),
            "e": figure(unit, one["expected"], one["value"]),
            "p": percent(one["percent"]),
        }
    return Scene(kind="going on", desk=desk, question="What is on fire?", fields=fields, tellings=tellings)


def _long(minutes: int) -> Slot:
    """Minutes up to three hours, then hours to a tenth."""
    if minutes < 180:
        return Slot(kind="amount", value=minutes, unit="min", places=0)
    return Slot(kind="amount", value=minutes / 60, unit="h", places=1)
