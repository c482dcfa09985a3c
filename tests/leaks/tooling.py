"""Cases of the agent's tools: called by a model that obeys the person, with whatever they dictate."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from houston.agent.tool import Tool
from tests.leaks.acts import Value, at_home, changing_nothing, in_rooms, rows, slug
from tests.leaks.canaries import canary
from tests.leaks.cells import ADMINS, FORGERS, READERS, Attempt, Door, Make, foreign, own
from tests.leaks.house import House
from tools import ALL_TOOLS

_LATELY = {"start": "2026-10-01", "end": "2027-12-31"}

HONEST: Mapping[str, Value] = {
    "list_clients": lambda *_: {},
    "switch_client": lambda _, who: {"client": slug(own(who))},
    "list_metrics": lambda *_: {},
    "channel_performance": lambda _, who: {"metric": canary(own(who), "metric")} | _LATELY,
    "outlier_occurrences": lambda *_: _LATELY,
    "notes": lambda *_: {},
    "customers": lambda *_: {},
    "customer_summary": lambda *_: {},
    "metric_series": lambda _, who: {"metric": canary(own(who), "metric")} | _LATELY,
    "draw_chart": lambda _, who: {"metric": canary(own(who), "metric")} | _LATELY,
    "explain_outlier": lambda house, who: {"outlier": str(rows(house, own(who)).ids["occurrence"])},
    "episodes": lambda *_: {"state": "all", "limit": 50},
    "alerts": lambda *_: {},
    "read_note": lambda house, who: {"note": str(rows(house, own(who)).ids["note"])},
    "reports": lambda *_: {},
    "report_rows": lambda _, who: {"report": canary(own(who), "report")},
    "run_report": lambda _, who: {"report": canary(own(who), "report")},
    "task_runs": lambda *_: _LATELY,
    "rules": lambda *_: {},
    "destinations": lambda *_: {},
    "calendar": lambda *_: {"start": "2026-11-14"},
    "calculate": lambda *_: {"expression": "sum(r1.rows.value)"},
    "ask_person": lambda *_: {"question": "Which one?", "options": ["This one", "That one"]},
    "create_note": lambda *_: {"title": "Call them"},
    "edit_note": lambda house, who: {"note": str(rows(house, own(who)).ids["note"]), "status": "done"},
    "create_alert": lambda _, who: {"report": canary(own(who), "report"), "conditions": ["rows > 0"]},
    "create_rule": lambda *_: {"event_type": "note_created", "channel": "me"},
    "create_outlier_definition": lambda _, who: {"metric": canary(own(who), "metric")},
    "acknowledge": lambda house, who: {"episode": str(rows(house, own(who)).ids["episode outlier"])},
    "snooze": lambda house, who: {
        "episode": str(rows(house, own(who)).ids["episode outlier"]),
        "length": "1h",
    },
}
"""What an honest call of each tool says."""

REVEALED: Mapping[str, str] = {
    "list_clients": "client name",
    "switch_client": "client name",
    "list_metrics": "metric",
    "channel_performance": "metric",
    "outlier_occurrences": "occurrence reason",
    "notes": "note title",
    "customers": "customer name",
    "customer_summary": "segment",
    "metric_series": "metric",
    "draw_chart": "metric",
    "explain_outlier": "occurrence reason",
    "episodes": "client name",
    "alerts": "alert",
    "read_note": "note body",
    "reports": "report",
    "report_rows": "report",
    "run_report": "report",
    "task_runs": "job",
    "rules": "client name",
    "destinations": "",
    "calendar": "",
    "calculate": "",
    "ask_person": "",
    "create_note": "client name",
    "edit_note": "note title",
    "create_alert": "report",
    "create_rule": "client name",
    "create_outlier_definition": "metric",
    "acknowledge": "subject",
    "snooze": "subject",
}
"""What an honest call shows of one's own client; '' for what shows nothing of a client's."""

READ_ALONG = ("agency admin", "member with one client")
"""In the hall, where everybody of the agency reads what is answered: guests too."""

DRAWN = ("draw_chart", "create_note", "ask_person")
"""What leaves as more than text: tried in every room."""

ADMINS_ONLY = ("create_alert", "create_rule", "create_outlier_definition")

BEYOND = ("client_id", "client_ids", "scope", "workspace_id")
"""Arguments that no tool has: a model may be talked into them all the same."""

BY_ID: Mapping[str, tuple[str, ...]] = {
    "note": ("note", "private note"),
    "report": ("report",),
    "episode": ("episode outlier",),
    "outlier": ("occurrence",),
}
"""Arguments that name a row, and such rows as they are planted."""

NARROW = ("member with one client", "client A's member", "client B's member")
"""Who is tried with forged arguments: for all who see every client nothing is forged."""


def orders(tool: str, arguments: Value, *, naming: Value | None = None) -> Make:
    """A direct message that dictates the call; `naming` adds `--client`."""

    async def make(house: House, who: str) -> None:
        about = f"--client {naming(house, who)} " if naming else ""
        text = f"{about}call {tool} {json.dumps(arguments(house, who))}"
        hands = house.hands(who)
        await hands.say(text, hands.dm)
        await house.settle()
        refused = who not in READERS or naming is not None
        assert tool in house.model.called or refused, "the model was never asked to call it"
        house.model.called.clear()

    return make


def mentions(tool: str, arguments: Value) -> Any:
    """The same in a channel, where others read along, or may not."""

    async def act(house: House, who: str, room: str) -> None:
        text = f"--client {slug(own(who))} call {tool} {json.dumps(arguments(house, who))}"
        await house.hands(who).say(text, room, type="app_mention")
        await house.settle()

    return act


def _among_others(tool: str, honest: Value) -> tuple[Attempt, ...]:
    act = mentions(tool, honest)
    everywhere = in_rooms("honest", act) if tool in DRAWN else ()
    rooms = [replace(each, enters=False) for each in everywhere]
    return (Attempt(name="in a channel", make=at_home(act), who=READ_ALONG, enters=False), *rooms)


def _by_strangers(tool: Tool, honest: Value) -> tuple[Attempt, ...]:
    """Who reads along in a channel of one client may ask about it, and change nothing of it; in a channel
    of all clients they see nothing."""
    if tool.name == "notes":
        asks = mentions(tool.name, honest)
        elsewhere = in_rooms("by a stranger where no client is", asks, enters=False)
        return tuple(replace(each, who=("stranger",)) for each in elsewhere if "stranger" in each.who)
    if not tool.needs_approval:
        return ()
    asks = changing_nothing(mentions(tool.name, honest))
    return (Attempt(name="by a stranger", make=at_home(asks), who=("stranger",), enters=False),)


def _door(tool: Tool) -> Door:
    honest = HONEST[tool.name]
    named = orders(tool.name, honest, naming=lambda _, who: slug(own(who)))
    return Door(
        name=f"tool {tool.name}",
        enters="event message",
        attempts=(
            Attempt(name="honest", make=orders(tool.name, honest)),
            Attempt(
                name="with --client of theirs",
                make=named,
                who=tuple(READERS),
                shows=_shown_to(tool),
                reveals=REVEALED[tool.name],
            ),
            Attempt(
                name="another's --client",
                make=orders(tool.name, honest, naming=lambda _, who: slug(foreign(who))),
                who=FORGERS,
            ),
            *_among_others(tool.name, honest),
            *_by_strangers(tool, honest),
            *(
                Attempt(
                    name=f"another's {what} as {argument}",
                    make=orders(tool.name, _forged(honest, argument, what)),
                    who=NARROW,
                )
                for argument in (*_texts(tool), "client")
                for what in _targets(argument)
            ),
            *(
                Attempt(
                    name=f"another's row as {argument}",
                    make=orders(tool.name, _beyond(honest, argument)),
                    who=NARROW[:2],
                )
                for argument in BEYOND
            ),
            *(
                Attempt(
                    name=f"another's {row} by its id",
                    make=orders(tool.name, _by_id(honest, argument, row)),
                    who=NARROW,
                )
                for argument, rows_of_it in BY_ID.items()
                for row in rows_of_it
                if argument in tool.parameters["properties"]
            ),
        ),
    )


def _shown_to(tool: Tool) -> tuple[str, ...]:
    if not REVEALED[tool.name]:
        return ()
    return ADMINS if tool.name in ADMINS_ONLY else tuple(READERS)


def _texts(tool: Tool) -> list[str]:
    """The arguments that take any text."""
    found = []
    for name, schema in tool.parameters["properties"].items():
        kinds = [schema, *schema.get("anyOf", ())]
        if any(each.get("type") == "string" and not {"enum", "format"} & each.keys() for each in kinds):
            found.append(str(name))
    return [name for name in found if name != "client"]


def _targets(argument: str) -> tuple[str, ...]:
    """Whose words the argument is filled with."""
    by_argument = {
        "metric": ("metric",),
        "channel": ("marketing channel",),
        "segment": ("segment",),
        "query": ("customer name", "note title"),
        "client": ("slug", "client name"),
        "note": ("note title",),
        "report": ("report",),
        "job": ("job",),
        "with_metric": ("metric",),
    }
    return by_argument.get(argument, ("slug",))


def _forged(honest: Value, argument: str, what: str) -> Value:
    return lambda house, who: honest(house, who) | {argument: canary(foreign(who), what)}


def _by_id(honest: Value, argument: str, row: str) -> Value:
    return lambda house, who: honest(house, who) | {argument: str(rows(house, foreign(who)).ids[row])}


def _beyond(honest: Value, argument: str) -> Value:
    def arguments(house: House, who: str) -> dict[str, Any]:
        planted = rows(house, foreign(who))
        value: Any = {"client_id": planted.client_id, "client_ids": None, "scope": {"client_ids": None}}.get(
            argument, planted.slug
        )
        return dict(honest(house, who)) | {argument: value}

    return arguments


CHANGES = tuple(_door(tool) for tool in ALL_TOOLS if tool.needs_approval)
READS = tuple(_door(tool) for tool in ALL_TOOLS if not tool.needs_approval)
