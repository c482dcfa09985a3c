"""Canaries in what is told: events of every type, the rules that route them, and their deliveries."""

from datetime import datetime
from typing import Any

from houston.notify.vocabulary import EVENT_TYPES
from store.tables import Delivery, Destination, Event, Rule, RuleDestination
from store.tables.notify import SENT
from tests.leaks.canaries import FIGURES, canary
from tests.leaks.rows import Planted, Planter


def payload(type: str, owner: str, ids: dict[str, int]) -> dict[str, Any]:
    """What an event of this type carries, with the owner's canaries."""

    def word(what: str) -> str:
        return canary(owner, f"{type.replace('_', ' ')} {what}")

    note = {
        "note_id": "1",
        "title": word("title"),
        "body": word("body"),
        "status": "open",
        "author": word("author"),
    }
    by_type: dict[str, dict[str, Any]] = {
        "system_error": {
            "title": word("title"),
            "message": word("message"),
            "service": word("service"),
            "url": "",
        },
        "outlier": {
            "occurrence_id": str(ids.get("occurrence", 1)),
            "metric_id": ids.get("metric", 1),
            "definition_id": ids.get("outlier_definition", 1),
            "metric": canary(owner, "metric"),
            "channel": canary(owner, "marketing channel"),
            "unit": "$",
            "value": float(FIGURES[owner]),
            "expected": 10.0,
            "lower": 9.0,
            "upper": 11.0,
            "reason": word("reason"),
            "definition": word("definition"),
        },
        "task_failure": {
            "job": word("job"),
            "run_id": word("run"),
            "state": "failed",
            "attempt": 1,
            "error": word("error"),
            "url": "",
        },
        "note_created": note,
        "note_updated": note
        | {"changes": [{"field": "title", "before": word("before"), "after": word("title")}]},
    }
    return by_type[type]


def event(planter_id: int, type: str, planted: Planted, now: datetime, key: str) -> Event:
    return Event(
        id=planter_id,
        type=type,
        phase="fired" if type == "outlier" else "",
        client_id=planted.client_id,
        subject=canary(planted.owner, "subject"),
        severity="critical",
        occurred_at=now,
        recorded_at=now,
        dedupe_key=key,
        payload=payload(type, planted.owner, planted.ids),
    )


async def plant_events(planter: Planter, planted: Planted) -> None:
    """One of each type, told long ago."""
    for type in EVENT_TYPES:
        if type == "outlier" and planted.client_id is None:
            continue
        row = event(planter.id(), type, planted, planter.now, f"planted {type} {planted.owner}")
        planted.ids[f"event {type}"] = (await planter.add(row)).id


async def plant_rule(planter: Planter, at: Planted, about: Planted, kind: str = "rule") -> None:
    """An inactive rule, so that it tells nothing by itself, with a delivery that was sent by it."""
    owner, now = "r" if about.owner == "g" else about.owner, planter.now
    number = await planter.uow.workspaces.take_rule_number(id=at.workspace_id)
    rule = await planter.add(
        Rule(
            workspace_id=at.workspace_id,
            number=number,
            event_type="outlier",
            subject=canary(owner, f"{kind} subject"),
            client_id=about.client_id,
            active=False,
            owner=planter.town.users[_rule_owner(at, about)].id,
            created_at=now,
            updated_at=now,
        )
    )
    destination = await planter.add(
        Destination(
            workspace_id=at.workspace_id,
            kind="channel",
            alias=f"#{canary(owner, f'{kind} alias')}",
            address=f"C0{kind.replace(' ', '').upper()}{owner.upper()}",
            error=canary(owner, f"{kind} destination error"),
            created_at=now,
        )
    )
    await planter.add(RuleDestination(rule_id=rule.id, destination_id=destination.id))
    about.ids[kind], about.ids[f"{kind} number"] = rule.id, number
    about.ids[f"{kind} destination"] = destination.id
    delivery = Delivery(
        id=planter.id(),
        event_id=about.ids["event note_created"],
        workspace_id=at.workspace_id,
        client_id=about.client_id,
        destination_id=destination.id,
        address=f"channel:{destination.address}",
        rule_ids=[rule.id],
        state=SENT,
        due_at=now,
        error=canary(owner, "delivery error"),
        ts="1700000000.000200",
        sent_at=now,
    )
    about.ids[f"{kind} delivery"] = (await planter.add(delivery)).id


def _rule_owner(at: Planted, about: Planted) -> str:
    """Who made it: somebody who may leave."""
    if at.owner != "g":
        return f"client {at.owner.upper()}'s member"
    return "member with one client" if about.owner == "a" else "agency member"
