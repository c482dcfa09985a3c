"""Cases of what people choose for themselves, and of what admins choose for all: pauses and digests."""

import json
from typing import Any

from store.tables import Preference
from tests.leaks.acts import (
    Value,
    at_home,
    elsewhere,
    in_rooms,
    option,
    picked,
    picked_many,
    presses,
    presses_home,
    rows,
    runs,
    slug,
    submits,
    suggests,
    written,
)
from tests.leaks.cells import READERS, Attempt, Door, Make, foreign, own
from tests.leaks.house import House
from tests.leaks.tables import rows_of

LISTENER = "command /houston"
READING = tuple(READERS)
LIMITED = "member with one client"


def _command(line: str, *, shows: tuple[str, ...] = (), door: str = "") -> Door:
    """`door` where the line says more than its name."""
    return Door(
        name=f"/houston {door or line}",
        enters=LISTENER,
        attempts=(
            Attempt(name="honest", make=at_home(runs(line)), shows=shows),
            *in_rooms("honest", runs(line)),
            elsewhere("forged", runs(line)),
            Attempt(name="another's slug", make=at_home(runs(lambda _, who: f"{line} {slug(foreign(who))}"))),
        ),
    )


def _press(action_id: str, shows: tuple[str, ...] = (), **element: Any) -> Door:
    return Door(
        name=f"action {action_id}",
        attempts=(
            Attempt(name="on the home", make=presses_home(action_id, **element), shows=shows),
            Attempt(name="in a message", make=at_home(presses(action_id, **element)), shows=shows),
            *in_rooms("in a message", presses(action_id, **element)),
            elsewhere("forged", presses(action_id, **element)),
        ),
    )


# --- preferences


def _filled(client_ids: Value, types: tuple[str, ...] = ("outlier",)) -> Value:
    def values(house: House, who: str) -> dict[str, Any]:
        chosen = {"type": "checkboxes", "selected_options": [option(each) for each in types]}
        return {
            "event_types": {"event_types": chosen},
            "clients": {"clients": picked_many(client_ids(house, who))},
            "severity": {"severity": picked("info")},
            "quiet_hours": {"quiet_hours": written("")},
            "rhythm": {"rhythm": {"type": "radio_buttons", "selected_option": option("each")}},
            "active": {"active": {"type": "checkboxes", "selected_options": [option("active")]}},
        }

    return values


def _ids(*whose: str) -> Value:
    def ids(house: House, who: str) -> list[int | None]:
        owners = {"own": own(who), "another's": foreign(who)}
        return [rows(house, owners[each]).client_id for each in whose]

    return ids


def _saves(values: Value, *, home: bool = False) -> Make:
    return submits("prefs_form", values, metadata=json.dumps({"home": home, "response_url": ""}))


def _keeps_what_was(values: Value) -> Make:
    """A client that they may not see, in whatever company, is not kept."""
    saves = _saves(values)

    async def make(house: House, who: str) -> None:
        before = await _chosen(house, who)
        await saves(house, who)
        await house.settle()
        may_choose = who in ("agency admin", "agency member")
        assert may_choose or await _chosen(house, who) == before

    return make


async def _chosen(house: House, who: str) -> list[str]:
    found = await rows_of(house.houston.store, Preference)
    return [str(row["client_ids"]) for row in found if row["user_id"] == house.hands(who).user_id]


def _form() -> Door:
    forged: dict[str, Value] = {
        "another's client": _ids("another's"),
        "another's client beside their own": _ids("own", "another's"),
        "no client's": lambda *_: [4711],
        "no number": lambda *_: ["zqx"],
    }
    return Door(
        name="view prefs_form",
        attempts=(
            *(
                Attempt(name=name, make=_keeps_what_was(_filled(ids)), answers=False)
                for name, ids in forged.items()
            ),
            Attempt(name="honest", make=_saves(_filled(_ids("own"))), answers=False),
            Attempt(name="no type", make=_saves(_filled(_ids("own"), ())), answers=False),
            Attempt(name="a type that is none", make=_saves(_filled(_ids(), ("notice",))), answers=False),
            Attempt(name="on the home", make=_saves(_filled(_ids()), home=True), answers=False),
        ),
    )


CHOICES = (
    _command("prefs"),
    Door(
        name="/houston pause",
        enters=LISTENER,
        attempts=(
            Attempt(name="honest", make=at_home(runs("pause 1m"))),
            *in_rooms("honest", runs("pause 1m")),
            elsewhere("forged", runs("pause 1m")),
            Attempt(name="another's slug", make=at_home(runs(lambda _, who: f"pause {slug(foreign(who))}"))),
        ),
    ),
    _command("resume"),
    _command("digest"),
    _command("digest now", shows=READING),
    _command("digest on"),
    _command("digest at 07:30", door="digest at"),
    _command("digest off"),
    _press("edit_preferences"),
    Door(
        name="options clients",
        attempts=(
            Attempt(
                name="everything",
                make=suggests("clients", ""),
                shows=("agency admin", "agency member", LIMITED),
            ),
            Attempt(name="another's slug", make=suggests("clients", lambda _, who: slug(foreign(who)))),
        ),
    ),
    _form(),
    _press("resume_everything"),
    _press("digest_on"),
    _press("digest_at", type="static_select", selected_option=option("08:00")),
    _press("digest_preview", shows=READING),
    _press("digest_off"),
)
