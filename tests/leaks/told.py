"""Canaries in what is told: events of every type, the rules that route them, and their deliveries."""

from datetime import UTC, datetime
from typing import Any

from houston.notify.digests.digest import (
    Digest,
    FailedTask,
    Figure,
    Incident,
    Section,
    Undelivered,
    Waiting,
)
from houston.notify.vocabulary import EVENT_TYPES
from store.tables import Delivery, Destination, Event, Rule, RuleDestination
from store.tables.notify import SENT
from tests.leaks.canaries import FIGURES, canary
from tests.leaks.rows import Planted, Planter

DAY = datetime(2026, 11, 14, 9, tzinfo=UTC)


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
        "daily_digest": digest(owner, ids),
        "data_alert": {
            "alert": word("alert"),
            "report": word("report"),
            "url": f"https://reports.example/{word('url')}",
            "runbook": "",
            "owner": "",
            "rules": [{"text": word("rule"), "current": word("current")}],
        },
        "notebook_alert": {
            "notebook": word("notebook"),
            "status": "failure",
            "message": word("message"),
            "url": f"https://notebooks.example/{word('url')}",
        },
        "note_created": note,
        "note_updated": note
        | {"changes": [{"field": "title", "before": word("before"), "after": word("title")}]},
    }
    return by_type[type]


def digest(owner: str, ids: dict[str, int], *, where: str = "") -> dict[str, Any]:
    """One client's day, with its owner's canaries; `where` is a place of the workspace that got it."""

    def word(what: str) -> str:
        return canary(owner, f"digest {what}")

    incident = Incident(
        type="outlier",
        severity="critical",
        name=word("incident"),
        unit="$",
        value=float(FIGURES[owner]),
        expected=10.0,
        opened_at=DAY,
        is_open=True,
        taken_by=word("taker"),
    )
    section = Section(
        name=word("client"),
        slug=word("slug"),
        notes={"open": 1},
        incidents={"critical": 1},
        worst=(incident,),
        tasks=(FailedTask(job=word("job"), failures=1, dead=0, is_mended=False),),
        waiting=Waiting(untaken=1, named=(incident,)),
        figures=(
            Figure(name=word("figure"), unit="$", direction="up", value=1.0, before=2.0, percent=-50.0),
        ),
    )
    lost = Undelivered(where=where or word("place"), count=1, why=word("why"))
    return Digest(
        today=DAY.date(),
        day=DAY.date(),
        start=DAY,
        end=DAY,
        has_clients=True,
        sections=(section,),
        undelivered=(lost,),
    ).as_dict()


def event(planter_id: int, type: str, planted: Planted, now: datetime, key: str) -> Event:
    return Event(
        id=planter_id,
        type=type,
        phase="fired" if type == "outlier" else "",
        client_id=planted.client_id,
        workspace_id=planted.workspace_id if type == "daily_digest" else None,
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
