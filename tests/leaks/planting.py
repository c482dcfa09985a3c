"""Canaries in every kind of row: of both clients, and of the agency itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from houston import access
from houston.notify.vocabulary import EVENT_TYPES
from houston.team import audit
from store import Store, UnitOfWork
from store.tables import (
    ApiRequest,
    Channel,
    Conversation,
    Customer,
    Delivery,
    Destination,
    Event,
    Fault,
    InstallState,
    Invitation,
    Member,
    MemberClient,
    Metric,
    Note,
    Occurrence,
    OutlierDefinition,
    Point,
    Rule,
    RuleDestination,
    TaskRun,
    Turn,
    Workspace,
)
from store.tables.notify import SENT
from tests.leaks.canaries import FIGURES, canary
from tests.leaks.town import ROLES, ROOMS, TEAMS, Town

OWNER_OF_TEAM = {"agency": "g", "client_a": "a", "client_b": "b"}
SPARE = "U0SPARE"
"""Somebody in every workspace whom nobody plays."""


@dataclass(kw_only=True)
class Planted:
    """The ids of one owner's rows, for whoever wants to name them."""

    owner: str
    client_id: int | None
    slug: str
    workspace_id: str
    ids: dict[str, int]
    """By table."""


class Planter:
    """Plants in one transaction a store's worth of rows. Times are the last days before `now`."""

    def __init__(self, store: Store, uow: UnitOfWork, town: Town, now: datetime) -> None:
        self.store, self.uow, self.town, self.now = store, uow, town, now

    async def add(self, row: Any) -> Any:
        self.uow._session.add(row)
        await self.uow._session.flush()
        return row

    def id(self) -> int:
        return self.store.ids.next()


async def plant(store: Store, town: Town, now: datetime) -> dict[str, Planted]:
    """Everything, by owner: `a`, `b`, and `g` for the agency."""
    async with store.begin() as uow:
        planter = Planter(store, uow, town, now)
        planted = {"a": await _client(planter, "a"), "b": await _client(planter, "b"), "g": _agency(planter)}
        for team in TEAMS:
            if team != "outside":
                await _workspace(planter, team, planted[OWNER_OF_TEAM[team]])
        await _people(planter, planted)
        await _channels(planter, planted)
        for each in planted.values():
            await _records(planter, each)
            await _events(planter, each)
            await _conversation(planter, each)
            await _team(planter, each)
        for owner in "ab":
            await _series(planter, planted[owner])
            await _agency_rules(planter, planted["g"], planted[owner])
        await uow.commit()
    return planted


async def _client(planter: Planter, owner: str) -> Planted:
    slug = canary(owner, "slug")
    client = await planter.uow.clients.open(slug=slug, name=canary(owner, "client name"), now=planter.now)
    workspace = planter.town.teams[f"client_{owner}"]
    return Planted(owner=owner, client_id=client.id, slug=slug, workspace_id=workspace.id, ids={})


def _agency(planter: Planter) -> Planted:
    workspace = planter.town.teams["agency"]
    return Planted(owner="g", client_id=None, slug="", workspace_id=workspace.id, ids={})


async def _workspace(planter: Planter, team: str, planted: Planted) -> None:
    workspace, app = planter.town.teams[team], planter.town.app
    installation = app.installations[workspace.id]
    await planter.add(
        Workspace(
            id=workspace.id,
            name=workspace.name,
            kind="agency" if planted.client_id is None else "client",
            client_id=planted.client_id,
            app_id=app.id,
            bot_id=installation.bot_id,
            bot_user_id=installation.bot_user_id,
            scopes=",".join(sorted(installation.scopes)),
            created_at=planter.now,
        )
    )
    await planter.uow.secrets.put(
        owner=f"workspace/{workspace.id}", name="bot_token", value=installation.token, now=planter.now
    )


async def _people(planter: Planter, planted: dict[str, Planted]) -> None:
    for who, role in ROLES.items():
        user = planter.town.users[who]
        member = Member(
            workspace_id=planter.town.workspace_of(who),
            user_id=user.id,
            team_id=user.workspace_id,
            name=user.real_name,
            email=user.email,
            is_slack_admin=user.is_admin,
            is_guest=user.is_restricted,
            sees_all=who not in ("member with one client", "guest"),
            active=who != "deactivated member",
            seen_at=planter.now,
        )
        await planter.add(member)
    one = planter.town.users["member with one client"]
    await planter.add(
        MemberClient(
            workspace_id=planter.town.teams["agency"].id, user_id=one.id, client_id=planted["a"].client_id
        )
    )
    await _past_people(planter, planted)


async def _past_people(planter: Planter, planted: dict[str, Planted]) -> None:
    """Somebody who has left, with a list of clients: it names each of them."""
    agency = planter.town.teams["agency"].id
    gone = Member(
        workspace_id=agency,
        user_id="U0GONE",
        team_id=agency,
        name="Person gone",
        email=f"{canary('n', 'mail gone')}@mail.example",
        sees_all=False,
        active=False,
        seen_at=planter.now,
    )
    await planter.add(gone)
    for planted_in in planted.values():
        spare = Member(
            workspace_id=planted_in.workspace_id,
            user_id=SPARE,
            team_id=planted_in.workspace_id,
            name="Person spare" if planted_in.owner == "g" else canary(planted_in.owner, "person spare"),
            seen_at=planter.now,
        )
        await planter.add(spare)
    for owner in "ab":
        await planter.add(
            MemberClient(workspace_id=agency, user_id=gone.user_id, client_id=planted[owner].client_id)
        )


async def _channels(planter: Planter, planted: dict[str, Planted]) -> None:
    for name, room in ROOMS.items():
        channel = planter.town.rooms[name]
        await planter.add(
            Channel(
                workspace_id=channel.workspace_id,
                id=channel.id,
                name=channel.name,
                is_private=channel.is_private,
                is_shared=room.is_shared,
                approved_by=planter.town.users["agency admin"].id if room.is_approved else "",
                client_id=planted[room.bound_to].client_id if room.bound_to else None,
            )
        )


async def _records(planter: Planter, planted: Planted) -> None:
    owner, client_id, now = planted.owner, planted.client_id, planter.now
    for kind in ("note", "private note"):
        note = Note(
            id=planter.id(),
            client_id=client_id,
            title=canary(owner, f"{kind} title"),
            body=canary(owner, f"{kind} body"),
            author=canary(owner, f"{kind} author"),
            private=kind == "private note",
            created_at=now - timedelta(hours=3),
            updated_at=now,
        )
        planted.ids[kind] = (await planter.add(note)).id
    run = TaskRun(
        id=planter.id(),
        client_id=client_id,
        job=canary(owner, "job"),
        run_id=canary(owner, "run"),
        state="failed",
        error=canary(owner, "task error"),
        url=f"https://runs.example/{canary(owner, 'run url')}",
        occurred_at=now,
    )
    planted.ids["task_run"] = (await planter.add(run)).id
    fault = Fault(
        id=planter.id(),
        fingerprint=f"fault of {owner}",
        client_id=client_id,
        title=canary(owner, "fault title"),
        message=canary(owner, "fault message"),
        service=canary(owner, "fault service"),
        first_at=now,
        last_at=now,
    )
    planted.ids["fault"] = (await planter.add(fault)).id
    if client_id is not None:
        await _customer(planter, planted, client_id)


async def _customer(planter: Planter, planted: Planted, client_id: int) -> None:
    owner = planted.owner
    customer = Customer(
        client_id=client_id,
        customer_id=canary(owner, "customer id"),
        name=canary(owner, "customer name"),
        email=f"{canary(owner, 'customer email')}@shop.example",
        segment=canary(owner, "segment"),
        created_at=planter.now - timedelta(days=2),
        orders=3,
        revenue=float(FIGURES[owner]),
    )
    planted.ids["customer"] = (await planter.add(customer)).id


async def _series(planter: Planter, planted: Planted) -> None:
    owner, client_id, now = planted.owner, planted.client_id or 0, planter.now
    metric = Metric(
        client_id=client_id,
        name=canary(owner, "metric"),
        channel=canary(owner, "marketing channel"),
        unit="$",
        aggregate="sum",
    )
    metric_id = planted.ids["metric"] = (await planter.add(metric)).id
    day = (now - timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    await planter.add(Point(metric_id=metric_id, time=day, value=float(FIGURES[owner])))
    definition = OutlierDefinition(
        client_id=client_id,
        workspace_id=planted.workspace_id,
        name=canary(owner, "definition"),
        metrics=f"{canary(owner, 'metric')}/*",
        created_at=now,
        due_at=now + timedelta(days=300),
        error=canary(owner, "definition error"),
    )
    definition_id = planted.ids["outlier_definition"] = (await planter.add(definition)).id
    occurrence = Occurrence(
        id=planter.id(),
        definition_id=definition_id,
        metric_id=metric_id,
        client_id=client_id,
        time=day,
        value=float(FIGURES[owner]),
        expected=10.0,
        lower=9.0,
        upper=11.0,
        score=0.9,
        severity="critical",
        reason=canary(owner, "occurrence reason"),
        found_at=now,
    )
    planted.ids["occurrence"] = (await planter.add(occurrence)).id


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


async def _events(planter: Planter, planted: Planted) -> None:
    """One of each type, told long ago."""
    for type in EVENT_TYPES:
        if type == "outlier" and planted.client_id is None:
            continue
        row = event(planter.id(), type, planted, planter.now, f"planted {type} {planted.owner}")
        planted.ids[f"event {type}"] = (await planter.add(row)).id


async def _conversation(planter: Planter, planted: Planted) -> None:
    """In the workspace's own room; the agency's in the hall, where everybody can go on with it."""
    owner, now, room = planted.owner, planter.now, _own_room(planter.town, planted)
    conversation = Conversation(
        workspace_id=planted.workspace_id,
        channel=room,
        thread_ts="1700000000.000100",
        client_id=planted.client_id,
        event_id=planted.ids["event system_error"],
        last_member="U0",
        last_answered_at=now,
        created_at=now,
    )
    conversation_id = planted.ids["conversation"] = (await planter.add(conversation)).id
    turn = Turn(
        conversation_id=conversation_id,
        ts="1700000000.000100",
        user_id="U0",
        client_id=planted.client_id,
        question=canary(owner, "question"),
        answer=canary(owner, "answer"),
        steps=[{"role": "tool", "text": canary(owner, "tool result"), "call_id": "1", "name": "notes"}],
        created_at=now,
        answered_at=now,
    )
    planted.ids["turn"] = (await planter.add(turn)).id


def _own_room(town: Town, planted: Planted) -> str:
    return town.rooms[{"a": "room_a", "b": "room_b", "g": "hall"}[planted.owner]].id


async def _team(planter: Planter, planted: Planted) -> None:
    """Invitations, keys, rules, destinations and the audit."""
    owner, now, uow = planted.owner, planter.now, planter.uow
    invitation = Invitation(
        id=f"invitation{owner}",
        client_id=planted.client_id,
        created_by=canary(owner, "inviter"),
        created_at=now,
        expires_at=now + timedelta(days=300),
    )
    await planter.add(invitation)
    await planter.add(
        InstallState(
            hash=f"hash {owner}",
            browser_hash="hash",
            invitation_id=invitation.id,
            expires_at=now + timedelta(days=300),
        )
    )
    await _rule(planter, planted, planted)
    actor = access.operator(canary(owner, "auditor"))
    await audit.record(
        uow,
        actor,
        "rule.added",
        canary(owner, "audit subject"),
        before={"subject": canary(owner, "audit before")},
        after={"subject": canary(owner, "audit after")},
        clients=[planted.client_id],
        now=now,
    )


async def keep_answer(planter: Planter, planted: Planted, api_key_id: int) -> None:
    """An answer that a client's key was given for an Idempotency-Key."""
    planted.ids["api_key"] = api_key_id
    await planter.add(
        ApiRequest(
            api_key_id=api_key_id,
            idempotency_key="reused-key",
            fingerprint="none",
            status=201,
            answer={"id": canary(planted.owner, "kept answer"), "event_id": None},
            created_at=planter.now,
        )
    )


async def _agency_rules(planter: Planter, agency: Planted, about: Planted) -> None:
    """A rule of the agency's workspace for one client."""
    await _rule(planter, agency, about, kind="agency rule")


async def _rule(planter: Planter, at: Planted, about: Planted, kind: str = "rule") -> None:
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
            owner="U0",
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
