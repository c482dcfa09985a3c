"""What an honest request to each endpoint says, and what the forged ones put into which field."""

import itertools
import re
from collections.abc import Callable, Mapping
from typing import Any

from houston.web.endpoint import Endpoint
from tests.leaks.acts import slug
from tests.leaks.asked import query
from tests.leaks.canaries import canary
from tests.leaks.house import House
from tests.leaks.querying import ANY_FEED, SCHEDULE
from tests.leaks.rows import Planted

Body = Callable[[House, str], dict[str, Any]]
Row = Callable[[House, str], Planted]


def own_of(house: House, key: str) -> Planted:
    return house.planted["b" if key == "client B" else "a"]


def foreign_of(house: House, key: str) -> Planted:
    return house.planted["a" if key == "client B" else "b"]


def _plain(**body: Any) -> Body:
    return lambda *_: dict(body)


def _for_client(**body: Any) -> Body:
    """Keys of the agency have to name the client."""
    return lambda house, key: dict(body) | {"client": own_of(house, key).slug}


def _rule(house: House, key: str) -> dict[str, Any]:
    planted = own_of(house, key)
    room = house.town.rooms[f"room_{planted.owner}"].id
    return {"workspace": planted.workspace_id, "channels": [room], "event_type": "outlier", "active": False}


def _webhook(house: House, key: str) -> dict[str, Any]:
    planted = own_of(house, key)
    url = house.town.webhook(f"client_{planted.owner}")
    alias = f"Ops {len(house.town.urls)}"
    return {"workspace": planted.workspace_id, "kind": "webhook", "alias": alias, "target": url}


def _query(**more: Any) -> Body:
    """What reads their own data source, by a name that nobody has yet."""

    def body(house: House, key: str) -> dict[str, Any]:
        planted = own_of(house, key)
        source = {"name": _fresh(), "source": str(planted.ids["source"]), "sql": query(planted.owner)}
        return source | more

    return body


def _alert(house: House, key: str) -> dict[str, Any]:
    planted = own_of(house, key)
    room = house.town.rooms[f"room_{planted.owner}"].id
    found = {"name": _fresh(), "report": str(planted.ids["report"]), "conditions": [{"text": "rows > 0"}]}
    return found | {"schedule": SCHEDULE, "workspace": planted.workspace_id, "channels": [room]}


def _fresh() -> str:
    return f"zz new {next(_numbers)}"


def _named(what: str) -> Body:
    return lambda house, key: {"name": canary(own_of(house, key).owner, what)}


_numbers = itertools.count(1)

_POINT = {"metric": "visits", "time": "2026-11-14T09:30:00Z", "value": 1.0}

HONEST: Mapping[str, Body] = {
    "POST /api/v1/errors": _plain(title="Broken", message=""),
    "POST /api/v1/task-runs": _plain(job="load", run_id="1", state="succeeded"),
    "POST /api/v1/notebook-alerts": _plain(notebook="Forecast", status="success", message="Done"),
    "POST /api/v1/destinations": _webhook,
    "POST /api/v1/notes": _plain(title="Remember", author="A program"),
    "PATCH /api/v1/notes/{id}": _plain(status="in_progress"),
    "POST /api/v1/points": lambda house, key: {"points": [_POINT | {"client": own_of(house, key).slug}]},
    "POST /api/v1/outlier-definitions": _for_client(name="visits", metrics="visits"),
    "PATCH /api/v1/outlier-definitions/{id}": _named("definition"),
    "PATCH /api/v1/metrics": lambda house, key: {
        "metric": canary(own_of(house, key).owner, "metric"),
        "client": own_of(house, key).slug,
        "unit": "$",
    },
    "POST /api/v1/data-sources": lambda house, key: {
        "name": _fresh(),
        "url": house.town.urls[f"source {own_of(house, key).owner}"],
    },
    "PATCH /api/v1/data-sources/{id}": _named("source"),
    "POST /api/v1/reports": _query(),
    "PATCH /api/v1/reports/{id}": _named("report"),
    "POST /api/v1/alerts": _alert,
    "PATCH /api/v1/alerts/{id}": _named("alert"),
    "POST /api/v1/metric-feeds": _query(sql=ANY_FEED, metric="visits", schedule=SCHEDULE),
    "PATCH /api/v1/metric-feeds/{id}": _named("feed"),
    "POST /api/v1/clients": lambda _, key: {"slug": f"new-of-{key.replace(' ', '-').lower()}"},
    "PATCH /api/v1/clients/{slug}": lambda house, key: {
        "name": canary(own_of(house, key).owner, "client name")
    },
    "PATCH /api/v1/workspaces/{workspace}": _plain(timezone="UTC"),
    "PATCH /api/v1/members/{workspace}/{user}": _plain(role="member"),
    "POST /api/v1/workspaces": _plain(bot_token="xoxb-typed", app_token="xapp-typed"),
    "POST /api/v1/rules": _rule,
    "PATCH /api/v1/rules/{id}": lambda house, key: {"channels": _rule(house, key)["channels"]},
    "PATCH /api/v1/destinations/{id}": lambda house, key: {
        "alias": canary(own_of(house, key).owner, "alias")
    },
    "POST /api/v1/api-keys": _plain(name="another key"),
}
"""The body of an honest request, by endpoint."""

NOT_HONEST = (
    "POST /api/v1/workspaces",
    "POST /api/v1/clients",
    "PATCH /api/v1/clients/{slug}",
    "POST /api/v1/api-keys",
    "GET /api/v1/api-keys",
    "PATCH /api/v1/members/{workspace}/{user}",
    "POST /api/v1/deliveries/{id}/replay",
    "POST /api/v1/data-sources",
)
"""Those that a client's key may be refused, or whose row decides."""

ROWS: Mapping[str, Callable[[Planted, House], Any]] = {
    "notes": lambda planted, _: planted.ids["note"],
    "rules": lambda planted, _: planted.ids["rule"],
    "destinations": lambda planted, _: planted.ids["webhook"],
    "api-keys": lambda planted, _: planted.ids["api_key"],
    "deliveries": lambda planted, _: planted.ids["dead own"],
    "outlier-definitions": lambda planted, _: planted.ids["outlier_definition"],
    "data-sources": lambda planted, _: planted.ids["source"],
    "reports": lambda planted, _: planted.ids["report"],
    "alerts": lambda planted, _: planted.ids["alert"],
    "metric-feeds": lambda planted, _: planted.ids["feed"],
}
"""Which row stands for `{id}` below each resource."""


def path_of(endpoint: Endpoint, house: House, key: str, whose: Row) -> str:
    """The path with the ids of somebody's rows. Fails for a resource that nobody has thought of."""
    planted = whose(house, key)
    resource = endpoint.path.split("/")[1]
    member = f"client {planted.owner.upper()}'s member"

    def filled(match: re.Match[str]) -> str:
        by_name: dict[str, Callable[[], Any]] = {
            "slug": lambda: planted.slug,
            "workspace": lambda: planted.workspace_id,
            "user": lambda: house.town.users[member].id,
            "id": lambda: ROWS[resource](planted, house),
        }
        return str(by_name[match[1]]())

    return re.sub(r"\{(\w+)\}", filled, endpoint.path)


def _rows_of(kind: str) -> tuple[Callable[[House, str], Any], ...]:
    """Another client's, and the agency's own."""
    return (
        lambda house, key: str(foreign_of(house, key).ids[kind]),
        lambda house, _: str(house.planted["g"].ids[kind]),
    )


def forged(field: str) -> tuple[Callable[[House, str], Any], ...]:
    """What a forged request puts into this field; nothing for one that names nobody's rows."""
    slugs = (lambda _, key: slug("a" if key == "client B" else "b"),)
    by_field: dict[str, tuple[Callable[[House, str], Any], ...]] = {
        "client": slugs,
        "clients": (lambda _, key: [slug("a" if key == "client B" else "b")],),
        "points": slugs,
        "slug": slugs,
        "confirm": slugs,
        "workspace": (
            lambda house, key: foreign_of(house, key).workspace_id,
            lambda house, _: house.planted["g"].workspace_id,
        ),
        "channels": (
            lambda house, key: [house.town.rooms[f"room_{foreign_of(house, key).owner}"].id],
            lambda house, _: [house.town.rooms["leads"].id],
        ),
        "destinations": (lambda house, key: [str(foreign_of(house, key).ids["webhook"])],),
        "source": _rows_of("source"),
        "report": _rows_of("report"),
        "owner": (
            lambda house, key: house.town.users[f"client {foreign_of(house, key).owner.upper()}'s member"].id,
        ),
        "numerator": (lambda house, key: canary(foreign_of(house, key).owner, "metric"),),
        "escalate_to": (lambda house, key: str(foreign_of(house, key).ids["webhook"]),),
        "event_id": (
            lambda house, key: str(foreign_of(house, key).ids["fired outlier"]),
            lambda house, key: str(foreign_of(house, key).ids["agency digest"]),
        ),
        "target": (lambda house, key: house.town.urls[f"webhook client_{foreign_of(house, key).owner}"],),
        "url": (lambda house, key: house.town.urls[f"service client_{foreign_of(house, key).owner}"],),
        "query": (lambda house, key: canary(foreign_of(house, key).owner, "note title"),),
        "cursor": (lambda *_: "zqx", lambda *_: "999999999"),
    }
    return by_field.get(field, ())
