"""Cases of destinations: their ids and names can be forged, and their URLs are shown to nobody."""

import json
from collections.abc import Callable
from typing import Any

from tests.leaks.acts import (
    Value,
    at_home,
    changing_nothing,
    elsewhere,
    in_rooms,
    option,
    presses,
    presses_home,
    rows,
    runs,
    says_the_same,
    submits,
    suggests,
    written,
)
from tests.leaks.canaries import canary
from tests.leaks.cells import ADMINS, Attempt, Door, Make, foreign
from tests.leaks.handling import CLIENTS_PEOPLE
from tests.leaks.house import House
from tests.leaks.modals import CLIENT_ADMINS
from tests.leaks.rows import Planted

LISTENER = "command /houston"


def team(who: str) -> str:
    """Whose workspace the person is in."""
    return {"client A": "client_a", "client B": "client_b"}.get(who.partition("'")[0], "agency")


def home(house: House, who: str) -> Planted:
    return house.planted[{"client_a": "a", "client_b": "b"}.get(team(who), "g")]


def _own(kind: str) -> Value:
    return lambda house, who: str(home(house, who).ids[kind])


def _anothers(kind: str) -> Value:
    """In another client's own workspace."""
    return lambda house, who: str(rows(house, foreign(who)).ids[kind])


def _agencys(house: House, _: str) -> str:
    return str(house.planted["g"].ids["webhook"])


def _fresh(house: House, who: str) -> str:
    return house.town.webhook(team(who))


def _own_url(house: House, who: str) -> str:
    return house.town.urls[f"webhook {team(who)}"]


def _own_alias(house: House, who: str) -> str:
    owner = home(house, who).owner
    return canary("r" if owner == "g" else owner, "webhook alias")


def _their_url(house: House, who: str) -> str:
    """Of another's destination: somebody has got hold of it."""
    return house.town.urls[f"webhook client_{foreign(who)}"]


def _their_room(house: House, who: str) -> str:
    return house.town.rooms[f"room_{foreign(who)}"].id


def _their_person(house: House, who: str) -> str:
    return house.town.users[f"client {foreign(who).upper()}'s member"].id


def _destination(action_id: str, *, kinds: tuple[str, ...] = ("webhook", "service")) -> Door:
    """A button that names a destination; only admins have it."""

    def act_on(value: str | Value) -> Any:
        return presses(action_id, value)

    return Door(
        name=f"action {action_id}",
        attempts=(
            *(Attempt(name=f"their own {kind}", make=at_home(act_on(_own(kind)))) for kind in kinds),
            Attempt(name="their own on the home", make=presses_home(action_id, _own(kinds[0]))),
            *in_rooms("their own", act_on(_own(kinds[0]))),
            *(
                Attempt(name=f"another's {kind}", make=at_home(changing_nothing(act_on(_anothers(kind)))))
                for kind in ("webhook", "service", "rule destination")
            ),
            Attempt(
                name="the agency's", make=at_home(changing_nothing(act_on(_agencys))), who=CLIENTS_PEOPLE
            ),
            Attempt(name="another's on the home", make=presses_home(action_id, _anothers("webhook"))),
            elsewhere("another's", act_on(_anothers("webhook"))),
            Attempt(name="none", make=at_home(act_on("4711"))),
            Attempt(name="no number", make=at_home(act_on("zqx"))),
            Attempt(name="a huge number", make=at_home(act_on("9" * 40)), who=ADMINS),
        ),
    )


def _adding(action_id: str) -> Door:
    return Door(
        name=f"action {action_id}",
        attempts=(
            Attempt(name="in a message", make=at_home(presses(action_id))),
            Attempt(name="on the home", make=presses_home(action_id)),
            *in_rooms("honest", presses(action_id)),
        ),
    )


def _turning(action_id: str) -> Door:
    return Door(
        name=f"action {action_id}",
        attempts=(
            *(
                Attempt(name=f"page {page}", make=at_home(presses(action_id, page)))
                for page in ("0", "99", "zqx")
            ),
            elsewhere("forged", presses(action_id, "0")),
        ),
    )


def _origin(kind: str, id: Value | None = None) -> Value:
    """The metadata of the form."""

    def metadata(house: House, who: str) -> str:
        row = int(id(house, who)) if id else None
        return json.dumps({"kind": kind, "id": row, "home": False, "response_url": ""})

    return metadata


def _filled(alias: str | Value, url: str | Value = "") -> Value:
    def values(house: House, who: str) -> dict[str, Any]:
        named = alias if isinstance(alias, str) else alias(house, who)
        typed = url if isinstance(url, str) else url(house, who)
        return {"alias": {"alias": written(named)}, "url": {"url": written(typed)}}

    return values


def _new_alias(house: House, who: str) -> str:
    return f"Ops {len(house.town.urls)} of {who}"


def _form() -> Door:
    def filled(name: str, origin: Value, values: Value, **more: Any) -> Attempt:
        return Attempt(
            name=name, make=submits("destination_form", values, metadata=origin), answers=False, **more
        )

    new, their_alias = _origin("webhook"), lambda _, who: canary(foreign(who), "webhook alias")
    return Door(
        name="view destination_form",
        attempts=(
            filled("a new webhook", new, _filled(_new_alias, _fresh)),
            filled("no URL of a webhook", new, _filled("Ops", "https://example.com/zqx")),
            filled("no URL of a service", _origin("service"), _filled("Ops", "zqx")),
            filled("a service inside", _origin("service"), _filled("Ops", "json://169.254.169.254/zqx")),
            filled("a URL that is there", new, _filled("Ops", _own_url)),
            filled("the URL of others", new, _filled(_new_alias, _their_url)),
            Attempt(name="the name of others", make=_is_free(their_alias), answers=False),
            filled("their own again", _origin("webhook", _own("webhook")), _filled(_own_alias)),
            filled("another's webhook", _origin("webhook", _anothers("webhook")), _filled("Mine", _fresh)),
            filled("another's service", _origin("service", _anothers("service")), _filled("Mine")),
            filled("the agency's", _origin("webhook", _agencys), _filled("Mine", _fresh), who=CLIENTS_PEOPLE),
            filled("another's channel", _origin("channel"), _filled("Mine", _their_room)),
            filled("another's person", _origin("dm"), _filled("Mine", _their_person)),
            filled("of no kind", _origin("zqx"), _filled("Mine", "zqx")),
        ),
    )


def _is_free(alias: Value) -> Make:
    """A name that another workspace has is not taken here: nobody learns that it exists. The URL is none,
    so nothing is kept."""
    values = _filled(alias, "https://example.com/zqx")

    async def make(house: House, who: str) -> None:
        start = len(house.town.watch.sent)
        await submits("destination_form", values, metadata=_origin("webhook"))(house, who)
        assert "Another destination" not in "".join(each.content for each in house.town.watch.sent[start:])

    return make


def _picks(action_id: str, chosen: Value) -> Make:
    async def make(house: House, who: str) -> None:
        picked = option(chosen(house, who))
        await house.hands(who).press_home(action_id, "", type="external_select", selected_option=picked)

    return make


def _own_room(house: House, who: str) -> str:
    return house.hands(who).room


def _offering(action_id: str, shows: tuple[str, ...] = ()) -> Door:
    """Places and people to choose from; the query is what somebody types."""

    def typed(name: Callable[[str], str]) -> Make:
        return suggests(action_id, lambda _, who: name(foreign(who)))

    return Door(
        name=f"options {action_id}",
        attempts=(
            Attempt(name="everything", make=suggests(action_id, ""), shows=shows),
            Attempt(name="another's channel", make=suggests(action_id, _their_room)),
            Attempt(name="another's webhook", make=typed(_named("webhook alias"))),
            Attempt(
                name="another's person",
                make=typed(lambda owner: canary(owner, f"person client{owner}smember")),
            ),
        ),
    )


def _named(what: str) -> Callable[[str], str]:
    return lambda owner: canary(owner, what)


def _tests(name: str) -> Any:
    return runs(f"test {name}")


PLACES = (
    Door(
        name="/houston destinations",
        enters=LISTENER,
        attempts=(
            Attempt(name="honest", make=at_home(runs("destinations")), shows=CLIENT_ADMINS),
            *in_rooms("honest", runs("destinations")),
            elsewhere("forged", runs("destinations")),
        ),
    ),
    Door(
        name="/houston test",
        enters=LISTENER,
        attempts=(
            Attempt(name="honest", make=at_home(_tests("@me"))),
            *in_rooms("@me", _tests("@me")),
            Attempt(
                name="their channel",
                make=at_home(runs(lambda house, who: f"test <#{house.hands(who).room}>")),
            ),
            Attempt(
                name="their webhook", make=at_home(runs(lambda house, who: f"test {_own_alias(house, who)}"))
            ),
            Attempt(
                name="another's channel",
                make=at_home(runs(lambda house, who: f"test {_their_room(house, who)}")),
            ),
            *(
                says_the_same(f"another's {kind} and none", _tests, named=_named(f"{kind} alias"))
                for kind in ("webhook", "service")
            ),
            says_the_same(
                "another's channel and none",
                _tests,
                named=lambda owner: canary(owner, f"channel room{owner}"),
            ),
            Attempt(name="nothing", make=at_home(runs("test"))),
            elsewhere("forged", _tests("@me")),
        ),
    ),
    *(_adding(each) for each in ("add_webhook", "add_service")),
    *(_destination(f"{verb}_destination") for verb in ("test", "edit", "resume")),
    *(_turning(f"destinations_{way}") for way in ("previous", "next")),
    _form(),
    *(_offering(each, CLIENT_ADMINS) for each in ("escalate_to", "default_channel")),
    Door(
        name="action default_channel",
        attempts=(
            Attempt(name="their own", make=_picks("default_channel", _own_room)),
            Attempt(name="another's channel", make=_picks("default_channel", _their_room)),
            Attempt(name="none", make=_picks("default_channel", lambda *_: "C0NOWHERE")),
        ),
    ),
    Door(
        name="action catches_all",
        attempts=(
            Attempt(
                name="on",
                make=presses_home("catches_all", type="checkboxes", selected_options=[option("on")]),
            ),
            Attempt(name="off", make=presses_home("catches_all", type="checkboxes", selected_options=[])),
        ),
    ),
    Door(
        name="action no_default_channel",
        attempts=(
            Attempt(name="on the home", make=presses_home("no_default_channel")),
            Attempt(name="in a message", make=at_home(presses("no_default_channel"))),
        ),
    ),
    _destination("delete_destination", kinds=("service",)),
)
