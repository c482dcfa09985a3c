"""Cases of the agent's tools: called by a model that obeys the person, with whatever they dictate."""

import json
from collections.abc import Mapping
from typing import Any

from houston.agent.tool import Tool
from tests.leaks.acts import Value, rows, slug
from tests.leaks.canaries import canary
from tests.leaks.cells import FORGERS, READERS, Attempt, Door, Make, foreign, own
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
}
"""What an honest call shows of one's own client."""

BEYOND = ("client_id", "client_ids", "scope", "workspace_id")
"""Arguments that no tool has: a model may be talked into them all the same."""

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


def _door(tool: Tool) -> Door:
    honest = HONEST.get(tool.name, lambda *_: {})
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
                shows=tuple(READERS),
                reveals=REVEALED[tool.name],
            ),
            Attempt(
                name="another's --client",
                make=orders(tool.name, honest, naming=lambda _, who: slug(foreign(who))),
                who=FORGERS,
            ),
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
        ),
    )


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
    }
    return by_argument.get(argument, ("slug",))


def _forged(honest: Value, argument: str, what: str) -> Value:
    return lambda house, who: honest(house, who) | {argument: canary(foreign(who), what)}


def _beyond(honest: Value, argument: str) -> Value:
    def arguments(house: House, who: str) -> dict[str, Any]:
        planted = rows(house, foreign(who))
        value: Any = {"client_id": planted.client_id, "client_ids": None, "scope": {"client_ids": None}}.get(
            argument, planted.slug
        )
        return dict(honest(house, who)) | {argument: value}

    return arguments


TOOLS = tuple(_door(tool) for tool in ALL_TOOLS)
