"""Cases of the buttons and selects in Houston's messages and on its App Home."""

import json
from collections.abc import Sequence
from typing import Any

from tests.leaks.acts import (
    Value,
    at_home,
    elsewhere,
    happens,
    in_rooms,
    option,
    presses,
    presses_home,
    row_id,
)
from tests.leaks.cells import ADMINS, EVERYBODY, FORGERS, INSIDERS, READERS, Attempt, Door, own
from tests.leaks.planting import THREAD

NARROW = ("member with one client", "guest", "client A's admin", "stranger")
"""Who is tried where it is the input that is forged, whoever sends it."""


def _place(tab: str, **more: object) -> str:
    return json.dumps({"tab": tab, "page": 0, "event_type": "all"} | more)


def _on_home(
    action_id: str,
    *,
    name: str = "",
    value: str | Value = "",
    who: Sequence[str] = EVERYBODY,
    **element: Any,
) -> Attempt:
    named = f"{name}, " if name else ""
    make = presses_home(action_id, value, metadata="", **element)
    return Attempt(name=f"{named}on the home", make=make, who=who)


def _tab(tab: str, shows: Sequence[str] = ()) -> Door:
    act = presses_home(f"home_{tab}")
    forged = presses_home(f"home_{tab}", metadata=_place("audit", page=99, event_type="zqx"))
    return Door(
        name=f"action home_{tab}",
        attempts=(
            Attempt(name="honest", make=act, shows=shows),
            Attempt(name="with a forged place", make=forged, who=NARROW),
            Attempt(
                name="with a place that is none",
                make=presses_home(f"home_{tab}", metadata='{"clients": [1, 2]}'),
                who=NARROW,
            ),
        ),
    )


def _rule_button(verb: str) -> Door:
    action = f"{verb}_rule"
    of_own = (
        _on_home(action, value=row_id("rule", own), name="a rule of their workspace"),
        Attempt(name="their own rule in a message", make=at_home(presses(action, row_id("rule", own)))),
    )
    return Door(
        name=f"action {action}",
        attempts=(
            *(() if verb == "delete" else of_own),
            _on_home(action, value=row_id("rule"), name="another's rule", who=FORGERS),
            _on_home(action, value=row_id("agency rule"), name="another's rule at the agency", who=FORGERS),
            Attempt(
                name="another's in a message", make=at_home(presses(action, row_id("rule"))), who=FORGERS
            ),
            Attempt(name="no rule's", make=at_home(presses(action, "471100")), who=ADMINS),
            Attempt(name="no number", make=at_home(presses(action, "zqx")), who=ADMINS),
            elsewhere("another's rule", presses(action, row_id("rule")), who=FORGERS),
            Attempt(name="a huge number", make=at_home(presses(action, "9" * 40)), who=ADMINS),
        ),
    )


def _refused(action: str, value: str | Value = "") -> Door:
    """A button of the agency's admins alone."""
    return Door(
        name=f"action {action}",
        attempts=(
            _on_home(action, value=value),
            Attempt(name="in a message", make=at_home(presses(action, value))),
        ),
    )


def _listing(action: str, shows: Sequence[str]) -> Door:
    return Door(
        name=f"action {action}",
        attempts=(
            Attempt(name="honest", make=at_home(presses(action)), shows=shows),
            *in_rooms("honest", presses(action)),
            elsewhere("forged", presses(action)),
            Attempt(name="with another's id", make=at_home(presses(action, row_id("rule")))),
        ),
    )


def _ask() -> Door:
    """*Ask Houston* under an alert: about their own, about another's, and in a thread of others."""
    act = presses("ask_houston", row_id("event outlier", own))
    another = presses("ask_houston", row_id("event outlier"))
    return Door(
        name="action ask_houston",
        attempts=(
            Attempt(name="honest", make=at_home(act), shows=tuple(READERS)),
            *in_rooms("honest", act),
            Attempt(name="another's alert", make=at_home(another)),
            *in_rooms("another's alert", another),
            elsewhere("another's alert", another),
            Attempt(
                name="where others asked",
                make=at_home(presses("ask_houston", row_id("event outlier", own), thread_ts=THREAD)),
            ),
            Attempt(name="a fault's", make=at_home(presses("ask_houston", row_id("event system_error")))),
            Attempt(name="no alert's", make=at_home(presses("ask_houston", "4711")), who=ADMINS),
            Attempt(name="no number", make=at_home(presses("ask_houston", "zqx")), who=ADMINS),
        ),
    )


def _page(action: str) -> Door:
    return Door(
        name=f"action {action}",
        attempts=(
            Attempt(
                name="honest", make=at_home(presses(action, "0" if action.endswith("newer") else "99999"))
            ),
            elsewhere("forged", presses(action, "0")),
            Attempt(name="no number", make=at_home(presses(action, "zqx"))),
        ),
    )


def _opened() -> Door:
    view = {"private_metadata": _place("notifications")}
    forged = {"private_metadata": _place("connection", page=3)}
    event = {"type": "app_home_opened", "user": lambda house, who: house.hands(who).user_id, "tab": "home"}
    return Door(
        name="event app_home_opened",
        attempts=(
            Attempt(name="honest", make=happens(**event), shows=tuple(READERS), answers=False),
            Attempt(
                name="on the notifications", make=happens(**event, view=view), shows=ADMINS, answers=False
            ),
            Attempt(name="with a forged place", make=happens(**event, view=forged), answers=False),
            Attempt(
                name="the messages tab",
                make=happens(
                    **event | {"tab": "messages", "channel": lambda house, who: house.hands(who).dm}
                ),
                who=INSIDERS,
                shows=tuple(READERS),
            ),
        ),
    )


BUTTONS = (
    _opened(),
    _tab("overview", shows=tuple(READERS)),
    _tab("notifications", shows=ADMINS),
    _tab("connection"),
    _tab("digest"),
    _tab("preferences"),
    Door(
        name="action home_filter",
        attempts=(
            _on_home("home_filter", selected_option=option("outlier"), name="one type"),
            _on_home("home_filter", selected_option=option("zqx"), name="none"),
        ),
    ),
    *(
        Door(
            name=f"action home_{way}",
            attempts=(
                _on_home(f"home_{way}", value="0", name="the first"),
                _on_home(f"home_{way}", value="99", name="99"),
            ),
        )
        for way in ("previous", "next")
    ),
    *(_rule_button(verb) for verb in ("pause", "resume", "delete", "edit")),
    _refused("add_rule"),
    _refused("add_client"),
    _refused("invite_client"),
    _refused("invite_agency"),
    _refused("revoke_invitation", lambda house, who: f"invitation{own(who)}"),
    _refused("delete_client"),
    _refused("own_app"),
    _page("audit_older"),
    _page("audit_newer"),
    _ask(),
    _listing("show_rules", ADMINS),
    _listing("show_outliers", tuple(READERS)),
    Door(
        name="action .*",
        attempts=(
            Attempt(name="an old button", make=at_home(presses("retired", row_id("rule"))), answers=False),
        ),
    ),
)
