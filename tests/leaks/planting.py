"""Canaries in every kind of row: of both clients, and of the agency itself."""

import json
from datetime import datetime, timedelta

from houston import access
from houston.team import audit
from store import Store
from store.tables import (
    ApiRequest,
    Approval,
    Channel,
    Conversation,
    InstallState,
    Invitation,
    Member,
    MemberClient,
    TokenUse,
    Turn,
    Workspace,
)
from tests.leaks.canaries import FIGURES, canary
from tests.leaks.messages import plant_elsewhere, plant_messages, plant_preferences
from tests.leaks.querying import plant_queries
from tests.leaks.records import plant_records, plant_series
from tests.leaks.rows import OWNER_OF_TEAM, SPARE, Planted, Planter
from tests.leaks.told import plant_events, plant_rule
from tests.leaks.town import ROLES, ROOMS, TEAMS, Town

THREAD = "1700000000.000100"
"""The thread in which others have asked before."""


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
            await plant_records(planter, each)
            await plant_events(planter, each)
            await _conversation(planter, each)
            await _team(planter, each)
        for owner in "ab":
            await plant_series(planter, planted[owner])
            await plant_rule(planter, planted["g"], planted[owner], kind="agency rule")
        for each in planted.values():
            await plant_messages(planter, each)
            await plant_elsewhere(planter, each)
        for owner in "gab":
            await plant_queries(planter, planted[owner], planted["g"])
        await plant_preferences(planter, planted)
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
    for who in ROLES:
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
            workspace_id=planter.town.teams["agency"].id,
            user_id=one.id,
            client_id=planted["a"].client_id or 0,
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
            MemberClient(workspace_id=agency, user_id=gone.user_id, client_id=planted[owner].client_id or 0)
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


async def _conversation(planter: Planter, planted: Planted) -> None:
    """In the workspace's own room; the agency's in the hall, where everybody can go on with it."""
    now, seen = planter.now, None if planted.client_id is None else [planted.client_id]
    conversation = Conversation(
        workspace_id=planted.workspace_id,
        channel=_own_room(planter.town, planted),
        thread_ts=THREAD,
        client_id=planted.client_id,
        event_id=planted.ids["event system_error"],
        last_member="U0",
        last_answered_at=now,
        summary=_said(planted, "summary"),
        summary_seen=seen,
        created_at=now,
    )
    planted.ids["conversation"] = (await planter.add(conversation)).id
    conversation.summed_up_to = await _turn(planter, planted, "earlier turn", seen, "1700000000.000050")
    id = await _turn(planter, planted, "turn", seen, THREAD)
    approval = Approval(
        turn_id=id,
        workspace_id=planted.workspace_id,
        user_id="U0",
        client_id=planted.client_id,
        tool="create_note",
        arguments={"title": canary(planted.owner, "proposed title")},
        title=canary(planted.owner, "proposal"),
        lines=[["Title", canary(planted.owner, "title before"), canary(planted.owner, "proposed title")]],
        remarks=[canary(planted.owner, "remark")],
        created_at=now,
        expires_at=now + timedelta(days=30),
    )
    planted.ids["approval"] = (await planter.add(approval)).id
    await planter.add(
        TokenUse(workspace_id=planted.workspace_id, user_id="U0", day=now.date(), tokens=10, turns=1)
    )


async def _turn(planter: Planter, planted: Planted, kind: str, seen: list[int] | None, ts: str) -> int:
    """With the result of a tool, which may be named as r1 later on."""
    owner, now = planted.owner, planter.now
    result = {"ref": "r1", "title": _said(planted, "tool result"), "rows": [{"value": FIGURES[owner]}]}
    turn = Turn(
        conversation_id=planted.ids["conversation"],
        ts=ts,
        user_id="U0",
        client_id=planted.client_id,
        seen=seen,
        question=canary(owner, "question"),
        answer=canary(owner, "answer"),
        steps=[
            {"role": "user", "text": canary(owner, "question")},
            {"role": "assistant", "text": "", "calls": [{"id": "1", "name": "notes", "arguments": "{}"}]},
            {"role": "tool", "text": json.dumps(result), "call_id": "1", "name": "notes"},
            {"role": "assistant", "text": canary(owner, "answer")},
        ],
        state="answered",
        choices=[canary(owner, "choice")],
        opinion="bad",
        opinion_by="U0",
        opinion_reason=_said(planted, "opinion"),
        opinion_at=now,
        created_at=now,
        answered_at=now,
    )
    id = planted.ids[kind] = (await planter.add(turn)).id
    return int(id)


def _said(planted: Planted, what: str) -> str:
    """The agency speaks of each of its clients, and of its own."""
    owners = "abg" if planted.owner == "g" else planted.owner
    return " ".join(canary(owner, what) for owner in owners)


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
    await plant_rule(planter, planted, planted)
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
