"""Cases of the forms of what is watched: each option and id in them can be forged."""

import itertools
import json
from collections.abc import Mapping
from typing import Any

from houston import access
from tests.leaks.acts import Value, option, picked, picked_many, row_id, rows, written
from tests.leaks.asked import query
from tests.leaks.canaries import canary
from tests.leaks.cells import ADMINS, Attempt, Door, Make, foreign, own
from tests.leaks.house import House
from tests.leaks.querying import ANY_FEED, SCHEDULE
from tests.leaks.watch_rows import HAS_ONE, HONESTLY, agencys, table

NARROW = (*ADMINS[1:], "client A's member", "member with one client")
"""Who forges: those who could change such rows, and who would see them; the others get no form."""

Form = dict[str, dict[str, Any]]

_numbers = itertools.count(1)


def _own_name(what: str) -> Value:
    return lambda _, who: canary(own(who), what)


def _new(house: House, who: str) -> str:
    """After all that was planted, so that these stay on the first page."""
    return f"zz new {next(_numbers)}"


def _client(whose: str) -> Value:
    return lambda house, who: rows(house, own(who) if whose == "own" else foreign(who)).client_id


def _url(house: House, who: str) -> str:
    return house.town.urls[f"source {own(who)}"]


def _room(house: House, who: str) -> str:
    return house.hands(who).room


ACTIVE = {"type": "checkboxes", "selected_options": [option("active")]}

HONEST: Mapping[str, Mapping[str, Any]] = {
    "source": {"name": _new, "url": _url},
    "report": {
        "name": _new,
        "source": row_id("source", own),
        "sql": lambda _, who: query(own(who)),
        "url": "https://reports.example/new",
    },
    "alert": {
        "name": _new,
        "report": row_id("report", own),
        "condition_1": "rows > 0",
        "severity_1": "critical",
        "match": "any",
        "fires": "1/1",
        "schedule": SCHEDULE,
        "no_data": "tell",
        "channel": _room,
        "owner": "",
        "runbook": "",
    },
    "feed": {
        "name": _new,
        "source": row_id("source", own),
        "sql": ANY_FEED,
        "metric": _own_name("fed metric"),
        "schedule": SCHEDULE,
    },
    "outlier": {"name": _new, "client": _client("own"), "metrics": "*", "schedule": SCHEDULE},
    "metric": {"aggregate": "sum", "unit": "$", "direction": "up"},
}
"""What is filled in, by noun and field; a function is asked for each person."""

SELECTS = {"source", "report", "client", "severity_1", "match", "fires", "no_data", "aggregate", "direction"}


def filled(noun: str, **forged: Any) -> Value:
    def values(house: House, who: str) -> Form:
        given = {**HONEST[noun], **forged}
        said = {name: each(house, who) if callable(each) else each for name, each in given.items()}
        found = {name: {name: _element(name, each)} for name, each in said.items()}
        return found | ({} if noun in ("source", "report", "metric") else {"active": {"active": ACTIVE}})

    return values


def _element(name: str, value: Any) -> dict[str, Any]:
    if name in SELECTS:
        return picked(value)
    if name == "channel":
        return picked_many([value])
    if name == "owner":
        return {"type": "users_select", "selected_user": value}
    return written(str(value))


def origin(id: Value | None = None) -> Value:
    def metadata(house: House, who: str) -> str:
        return json.dumps({"id": id(house, who) if id else None, "home": True, "response_url": ""})

    return metadata


def opened(noun: str, house: House) -> tuple[str, str]:
    """The button that opens its form."""
    return ("edit_metric", "metric") if noun == "metric" else (f"add_{noun}", "")


def submits(noun: str, values: Value, metadata: Value) -> Make:
    """In the open form, where the person gets one."""

    async def make(house: House, who: str) -> None:
        await _opens(noun, house, who)
        await house.hands(who).submit(f"{noun}_form", values(house, who), metadata=metadata(house, who))
        await house.settle()
        await house.looked()

    return make


def presses_in_form(noun: str, action_id: str, values: Value, **element: Any) -> Make:
    async def make(house: House, who: str) -> None:
        await _opens(noun, house, who)
        await house.hands(who).press_modal(
            action_id,
            callback_id=f"{noun}_form",
            metadata=origin()(house, who),
            values=values(house, who),
            **element,
        )

    return make


async def _opens(noun: str, house: House, who: str) -> None:
    button, of = opened(noun, house)
    if who in ADMINS:
        await house.hands(who).press(button, rows(house, own(who)).ids[of] if of else "")
        await house.settle()


# --- what is forged


def _their_room(house: House, who: str) -> str:
    return house.town.rooms[f"room_{foreign(who)}"].id


def _their_webhook(house: House, who: str) -> str:
    return f"destination:{rows(house, foreign(who)).ids['webhook']}"


def _their_person(house: House, who: str) -> str:
    return house.town.users[f"client {foreign(who).upper()}'s member"].id


FORGED: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "source": {"another's client": {"client": _client("another")}},
    "report": {
        "another's source": {"source": row_id("source")},
        "another's client": {"client": _client("another")},
        "the agency's source": {"source": agencys("source")},
    },
    "alert": {
        "another's report": {"report": row_id("report")},
        "another's channel": {"channel": _their_room},
        "another's webhook": {"channel": _their_webhook},
        "another's person": {"channel": _their_person},
        "another's owner": {"owner": _their_person},
        "the agency's report": {"report": agencys("report")},
    },
    "feed": {
        "another's source": {"source": row_id("source")},
        "another's client": {"client": _client("another")},
        "the agency's source": {"source": agencys("source")},
    },
    "outlier": {"another's client": {"client": _client("another")}},
    "metric": {
        "another's metric as a side": {
            "aggregate": "ratio",
            "numerator": lambda _, who: canary(foreign(who), "metric"),
            "denominator": _own_name("metric"),
        }
    },
}
"""Option ids that are not theirs, by noun."""


def _forged_options(noun: str) -> tuple[Attempt, ...]:
    """In a new row, and in one that is theirs already."""
    mine = origin(row_id(table(noun), own))
    return tuple(
        Attempt(name=f"{name}{how}", make=submits(noun, filled(noun, **fields), at), answers=False, who=who)
        for name, fields in FORGED[noun].items()
        for how, at, who in (("", origin(), NARROW), (" for their own", mine, ADMINS[1:]))
        if noun != "metric" or at is mine
    )


def _form(noun: str, *more: Attempt) -> Door:
    theirs, own_name = origin(row_id(table(noun))), _own_name("definition" if noun == "outlier" else noun)
    named = {} if noun == "metric" else {"name": own_name}
    found = [
        Attempt(
            name="their own again",
            make=submits(noun, filled(noun, **named), origin(row_id(table(noun), own))),
            answers=False,
        ),
        Attempt(name="another's row", make=submits(noun, filled(noun), theirs), answers=False, who=NARROW),
        Attempt(
            name="no row's",
            make=submits(noun, filled(noun), origin(lambda *_: 471100)),
            answers=False,
            who=ADMINS,
        ),
        Attempt(
            name="no number",
            make=submits(noun, filled(noun), origin(lambda *_: "zqx")),
            answers=False,
            who=ADMINS[:2],
        ),
        *_forged_options(noun),
        *more,
    ]
    if noun in HAS_ONE:
        make = submits(noun, filled(noun), origin(agencys(noun)))
        found.append(Attempt(name="the agency's row", make=make, answers=False, who=NARROW))
    if noun != "metric":
        found.append(
            Attempt(name="a new one", make=submits(noun, filled(noun), origin()), answers=False, who=HONESTLY)
        )
    return Door(name=f"view {noun}_form", attempts=tuple(found))


def _inside(noun: str, action_id: str, *, reveals: str = "", **element: Any) -> Door:
    """A button in the form, or Enter in a field: it asks the database at once."""
    honest = presses_in_form(noun, action_id, filled(noun), **element)
    return Door(
        name=f"action {action_id}",
        attempts=(
            Attempt(
                name="honest",
                make=honest,
                answers=False,
                who=HONESTLY,
                shows=ADMINS if reveals else (),
                reveals=reveals,
            ),
            *(
                Attempt(
                    name=name,
                    make=presses_in_form(noun, action_id, filled(noun, **fields), **element),
                    answers=False,
                    who=NARROW,
                )
                for name, fields in FORGED[noun].items()
            ),
        ),
    )


def _condition(number: int) -> Door:
    """The first by everybody, the others are the same."""
    name = f"condition_{number}"
    element = {"type": "plain_text_input", "block_id": name}

    def attempt(called: str, who: tuple[str, ...], report: Value) -> Attempt:
        values = filled("alert", report=report, **{name: "rows > 0"})
        make = presses_in_form("alert", name, values, **element)
        return Attempt(name=called, make=make, answers=False, who=who)

    return Door(
        name=f"action {name}",
        attempts=(
            attempt("honest", NARROW if number == 1 else ADMINS, row_id("report", own)),
            attempt("another's report", NARROW if number == 1 else ADMINS[1:], row_id("report")),
            attempt("the agency's report", ADMINS[1:], agencys("report")),
            attempt("of what is the agency's and gone", ADMINS, row_id("report on gone", own)),
        ),
    )


def _told_where(room: str) -> Attempt:
    """The agency sends one client's alert where the other's people read: it must not arrive."""

    async def make(house: House, who: str) -> None:
        report = rows(house, "a" if room.endswith("_b") else "b").ids["report on agencys"]
        values = filled("alert", report=lambda *_: report, channel=house.town.rooms[room].id)
        await submits("alert", values, origin())(house, who)
        for seen in await house.houston.alerts.all(access.everything()):
            if seen.alert.report_id == report:
                await house.hands(who).press("check_alert", str(seen.alert.id))
                await house.settle()
        await house.looked()

    return Attempt(name=f"of the other client into {room}", make=make, answers=False, who=("agency admin",))


ROOMS = ("desk_a", "desk_b", "room_a", "room_b", "partners", "open")

FORMS = (
    _form("source"),
    _form("report"),
    _form("alert", *(_told_where(room) for room in ROOMS)),
    _form("feed"),
    _form("outlier"),
    _form("metric"),
    _inside("report", "preview_report", reveals="source value"),
    _inside("feed", "preview_feed", reveals="fed metric"),
    *(_inside(noun, f"preview_{noun}") for noun in ("alert", "outlier")),
    _inside("outlier", "metrics", type="plain_text_input", block_id="metrics"),
    Door(
        name="action add_condition",
        attempts=(
            Attempt(
                name="honest",
                make=presses_in_form("alert", "add_condition", filled("alert")),
                answers=False,
                who=HONESTLY,
            ),
        ),
    ),
    *(_condition(number) for number in range(1, 6)),
)
