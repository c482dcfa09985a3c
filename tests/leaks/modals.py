"""Cases of the forms: what they offer, and what is filled into them."""

import json

from tests.leaks.acts import (
    METADATA,
    Value,
    picked,
    picked_many,
    presses_modal,
    rows,
    slug,
    submits,
    suggests,
    written,
)
from tests.leaks.cells import ADMINS, FORGERS, Attempt, Door, Make, foreign, own
from tests.leaks.house import House

CLIENT_ADMINS = tuple(who for who in ADMINS if who != "agency admin")
"""Whose channels have their client's words in their names."""

PLANTED_TOKEN = "xoxb-typed-into-a-form"


def _client(whose: str) -> Value:
    return lambda house, who: rows(house, own(who) if whose == "own" else foreign(who)).client_id


def _form_of(rule: str) -> Value:
    """The metadata of a form that edits another client's rule."""
    return lambda house, who: json.dumps(
        {"id": rows(house, foreign(who)).ids[rule], "home": True, "response_url": ""}
    )


def _values(*, client: Value | None = None, room: Value | None = None) -> Value:
    def values(house: House, who: str) -> dict[str, object]:
        found: dict[str, object] = {
            "channel": {"channel": picked_many([room(house, who) if room else house.hands(who).room])},
            "event_type": {"event_type": picked("note_created")},
            "active": {"active": {"type": "checkboxes", "selected_options": []}},
        }
        if client:
            found["client"] = {"client": picked(client(house, who))}
        return found

    return values


def _foreign_room(house: House, who: str) -> str:
    return house.town.rooms[f"room_{foreign(who)}"].id


def _foreign_webhook(house: House, who: str) -> str:
    return f"destination:{rows(house, foreign(who)).ids['webhook']}"


def _foreign_person(house: House, who: str) -> str:
    return house.town.users[f"client {foreign(who).upper()}'s member"].id


def _escalating(to: Value) -> Make:
    """A rule whose form is filled in well but for this."""

    def values(house: House, who: str) -> dict[str, object]:
        filled: dict[str, object] = _values()(house, who)
        return filled | {
            "event_type": {"event_type": picked("outlier")},
            "escalate_minutes": {"escalate_minutes": written("5")},
            "escalate_to": {"escalate_to": picked(to(house, who))},
        }

    return submits("rule_form", values, metadata=METADATA)


def _rule_form() -> Door:
    return Door(
        name="view rule_form",
        attempts=(
            Attempt(
                name="honest",
                make=submits("rule_form", _values(client=_client("own")), metadata=METADATA),
                answers=False,
            ),
            Attempt(
                name="another's client",
                make=submits("rule_form", _values(client=_client("another")), metadata=METADATA),
                who=FORGERS,
            ),
            Attempt(
                name="another's channel",
                make=submits("rule_form", _values(room=_foreign_room), metadata=METADATA),
                who=FORGERS,
            ),
            Attempt(
                name="another's webhook",
                make=submits("rule_form", _values(room=_foreign_webhook), metadata=METADATA),
            ),
            Attempt(name="another's webhook to escalate to", make=_escalating(_foreign_webhook)),
            Attempt(name="another's person to escalate to", make=_escalating(_foreign_person)),
            Attempt(
                name="another's rule",
                make=submits("rule_form", _values(), metadata=_form_of("rule")),
                who=FORGERS,
            ),
            Attempt(
                name="another's rule at the agency",
                make=submits("rule_form", _values(), metadata=_form_of("agency rule")),
                who=FORGERS,
            ),
            Attempt(
                name="all clients",
                make=submits("rule_form", _values(client=lambda *_: "all"), metadata=METADATA),
                answers=False,
            ),
            Attempt(
                name="a client that is none",
                make=submits("rule_form", _values(client=lambda *_: 4711), metadata=METADATA),
            ),
            Attempt(name="no metadata", make=submits("rule_form", _values())),
        ),
    )


def _event_type() -> Door:
    def chosen(metadata: str | Value) -> Make:
        return presses_modal(
            "event_type",
            callback_id="rule_form",
            values=_values(),
            metadata=metadata,
            selected_option={"text": {"type": "plain_text", "text": "Notes"}, "value": "note_created"},
        )

    return Door(
        name="action event_type",
        attempts=(
            Attempt(name="honest", make=chosen(METADATA), answers=False),
            Attempt(name="another's rule", make=chosen(_form_of("rule")), answers=False),
            Attempt(name="another's rule at the agency", make=chosen(_form_of("agency rule")), answers=False),
        ),
    )


def _offering(action_id: str, shows: tuple[str, ...] = ()) -> Door:
    return Door(
        name=f"options {action_id}",
        attempts=(
            Attempt(name="everything", make=suggests(action_id, ""), shows=shows),
            Attempt(name="another's slug", make=suggests(action_id, lambda _, who: slug(foreign(who)))),
            Attempt(name="another's channel", make=suggests(action_id, _foreign_room)),
        ),
    )


def _agency_form(callback_id: str, fields: dict[str, Value], *, metadata: Value | str = "") -> Door:
    """A form of the agency's admins: everybody else must be refused whatever they fill in."""

    def values(house: House, who: str) -> dict[str, object]:
        return {name: {name: value(house, who)} for name, value in fields.items()}

    def nothing(*_: object) -> dict[str, object]:
        return {"none": {"none": written("")}}

    return Door(
        name=f"view {callback_id}",
        attempts=(
            Attempt(name="another's client", make=submits(callback_id, values, metadata=metadata)),
            Attempt(name="empty", make=submits(callback_id, nothing)),
        ),
    )


MODALS = (
    _event_type(),
    _offering("channel", CLIENT_ADMINS),
    _offering("client", ("agency admin", "member with one client")),
    _offering("chosen_client", ("agency admin",)),
    _offering("deleted_client", ("agency admin",)),
    _rule_form(),
    _agency_form("client_form", {"client_name": lambda *_: written("Newcomer")}),
    _agency_form(
        "invite_form",
        {
            "chosen_client": lambda house, who: picked(_client("another")(house, who)),
            "client_name": lambda *_: written(""),
        },
    ),
    _agency_form(
        "delete_client_form",
        {
            "deleted_client": lambda house, who: picked(_client("another")(house, who)),
            "confirmation": lambda _, who: written(
                "not the slug" if who.startswith("agency") else slug(foreign(who))
            ),
        },
        metadata=lambda house, who: str(_client("another")(house, who)),
    ),
    _agency_form(
        "own_app_form",
        {
            "chosen_client": lambda house, who: picked(_client("another")(house, who)),
            "bot_token": lambda *_: written(PLANTED_TOKEN),
            "app_token": lambda *_: written("xapp-typed-into-a-form"),
        },
    ),
    Door(
        name="action deleted_client",
        attempts=(
            Attempt(
                name="another's client",
                make=presses_modal(
                    "deleted_client",
                    callback_id="delete_client_form",
                    values=lambda house, who: {
                        "deleted_client": {"deleted_client": picked(_client("another")(house, who))}
                    },
                ),
            ),
        ),
    ),
)
