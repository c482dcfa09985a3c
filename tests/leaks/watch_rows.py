"""Cases of the tab *Watching*: its lists, and the buttons under its rows, which name them by their ids."""

import json
from collections.abc import Sequence

from tests.leaks.acts import (
    Value,
    at_home,
    elsewhere,
    in_rooms,
    presses,
    presses_home,
    row_id,
    rows,
    runs,
    slug,
)
from tests.leaks.cells import ADMINS, READERS, Attempt, Door, Make, foreign, own
from tests.leaks.house import House

LISTENER = "command /houston"
NARROW = (*ADMINS[1:], "client A's member", "member with one client", "guest", "stranger")
"""Who tries another's rows: those who could change such rows, and one of each kind of the others."""

NARROW_OF_AGENCY = (*ADMINS[1:], "member with one client")
"""To whom the agency's own rows are no more than another's."""

HONESTLY = (*ADMINS, "agency member", "client A's member", "guest", "stranger")
"""Of those who may change things all, and some who may not."""

TABLES = {"outlier": "outlier_definition"}
"""What the planting calls the rows of a noun, where it has another name."""

HAS_ONE = ("source", "report", "alert", "feed")
"""Nouns of which the agency has a row of its own."""


def table(noun: str) -> str:
    return TABLES.get(noun, noun)


def agencys(noun: str) -> Value:
    return lambda house, _: rows(house, "g").ids[table(noun)]


def place(section: str, page: int = 0) -> str:
    return json.dumps({"tab": "watching", "page": page, "event_type": "all", "section": section})


def then_looked(make: Make) -> Make:
    """With all that follows from it."""

    async def made(house: House, who: str) -> None:
        await make(house, who)
        await house.settle()
        await house.looked()

    return made


def row_door(verb: str, noun: str, *, honest: bool = True, reveals: str = "") -> Door:
    """A button under a row. What deletes is not tried on what the other cases need. Admins must see what
    it `reveals`."""
    shows = ADMINS if reveals else ()
    action, mine, theirs = f"{verb}_{noun}", row_id(table(noun), own), row_id(table(noun))
    found = [
        Attempt(name="another's row", make=then_looked(at_home(presses(action, theirs))), who=NARROW),
        Attempt(
            name="another's row on the home", make=then_looked(presses_home(action, theirs)), who=ADMINS[1:]
        ),
        elsewhere("another's row", presses(action, theirs), who=ADMINS[1:]),
        Attempt(name="no row's", make=at_home(presses(action, "471100")), who=ADMINS),
        Attempt(name="no number", make=at_home(presses(action, "zqx")), who=ADMINS[:2]),
        Attempt(name="a huge number", make=at_home(presses(action, "9" * 40)), who=ADMINS[:2]),
    ]
    if honest:
        found += [
            Attempt(
                name="their own row",
                make=then_looked(at_home(presses(action, mine))),
                who=HONESTLY,
                shows=shows,
                reveals=reveals,
            ),
            Attempt(
                name="their own row on the home", make=then_looked(presses_home(action, mine)), who=ADMINS
            ),
        ]
    if noun in HAS_ONE:
        make = then_looked(at_home(presses(action, agencys(noun))))
        found.append(Attempt(name="the agency's row", make=make, who=NARROW_OF_AGENCY))
    return Door(name=f"action {action}", attempts=tuple(found))


def _on_gone(verb: str, noun: str) -> Attempt:
    """Of a client's row that reads a database of the agency's: what is wrong with that is not told, not
    even when it fails again and again."""
    press = at_home(presses(f"{verb}_{noun}", row_id(f"{noun} on gone", own)))

    async def make(house: House, who: str) -> None:
        for _ in range(3):
            await press(house, who)
            await house.settle()
            await house.looked()
            house.clock.forward(minutes=6)
        await house.looked()
        for command in ("alerts", "sources"):
            await house.hands(who).run(command)
        await house.hands(who).press_home(f"watching_{noun}s")

    return Attempt(name="their own, of what is the agency's and gone", make=make, who=ADMINS)


def _with(door: Door, *more: Attempt) -> Door:
    return Door(name=door.name, attempts=(*door.attempts, *more))


def _tab(action: str, shows: Sequence[str]) -> Door:
    forged = presses_home(action, metadata=place("sources", 99))
    return Door(
        name=f"action {action}",
        attempts=(
            Attempt(name="honest", make=presses_home(action), shows=shows),
            Attempt(name="with a forged place", make=forged, who=NARROW),
            Attempt(name="in a message", make=at_home(presses(action)), who=NARROW),
        ),
    )


def _turning(action: str) -> Door:
    return Door(
        name=f"action {action}",
        attempts=tuple(
            Attempt(
                name=f"page {page} of {section}",
                make=presses_home(action, page, metadata=place(section)),
                who=HONESTLY,
            )
            for section, page in (("alerts", "1"), ("reports", "99"), ("sources", "0"))
        ),
    )


def _adding(action: str) -> Door:
    return Door(
        name=f"action {action}",
        attempts=(
            Attempt(name="on the home", make=presses_home(action)),
            Attempt(name="in a message", make=at_home(presses(action)), who=ADMINS),
        ),
    )


def _command(word: str, shows: Sequence[str]) -> Door:
    named = runs(lambda _, who: f"{word} {slug(foreign(who))}")
    return Door(
        name=f"/houston {word}",
        enters=LISTENER,
        attempts=(
            Attempt(name="honest", make=at_home(runs(word)), shows=shows),
            *in_rooms("honest", runs(word)),
            elsewhere("forged", runs(word), who=NARROW),
            Attempt(name="another's slug", make=at_home(named), who=NARROW),
        ),
    )


def _below_report() -> tuple[Attempt, ...]:
    """*Add alert* below a report is for that one."""
    return (
        *in_rooms("in a message", presses("add_alert")),
        Attempt(name="of their own report", make=at_home(presses("add_alert", row_id("report", own)))),
        Attempt(name="another's report", make=at_home(presses("add_alert", row_id("report"))), who=NARROW),
        Attempt(
            name="the agency's report",
            make=at_home(presses("add_alert", agencys("report"))),
            who=NARROW_OF_AGENCY,
        ),
    )


LISTS = (
    _command("alerts", tuple(READERS)),
    _command("sources", ADMINS),
    _tab("home_watching", tuple(READERS)),
    *(
        _tab(f"watching_{section}", tuple(READERS))
        for section in ("alerts", "outliers", "reports", "sources", "feeds", "metrics")
    ),
    *(_turning(f"watching_{way}") for way in ("previous", "next")),
)

BUTTONS = (
    *(_adding(f"add_{noun}") for noun in ("source", "report", "feed", "outlier")),
    _with(_adding("add_alert"), *_below_report()),
    *(row_door("edit", noun, reveals=noun) for noun in ("source", "report", "alert", "feed", "metric")),
    row_door("edit", "outlier", reveals="definition"),
    row_door("test", "source", reveals="source table"),
    _with(row_door("check", "alert"), _on_gone("check", "alert")),
    *(row_door(verb, noun) for noun in ("alert", "outlier") for verb in ("pause", "resume")),
    row_door("pause", "feed"),
    _with(row_door("resume", "feed"), _on_gone("resume", "feed")),
    *(row_door("delete", noun) for noun in ("source", "report")),
    *(row_door("delete", noun, honest=False) for noun in ("alert", "feed", "outlier")),
)
"""A source or report that something reads is not deleted, whoever asks."""
