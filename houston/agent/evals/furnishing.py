"""Who and what there is in the world of an eval: furnished as the demo is, at the set's moment."""

from datetime import datetime, timedelta
from pathlib import Path

from houston import access
from houston.agent.evals.question import AGENCY, CastMember, QuestionSet
from houston.agent.evals.world import World, channel_id, user_id, workspace_id
from houston.assembly import Houston
from houston.notify.rules.rules import RuleDraft
from houston.samples import agency, plant
from houston.samples.furnishing import RULES, furnish_shop
from houston.samples.own_data import bring_in
from houston.samples.planting import FIRST_CHECK
from store.tables import Channel, Member, OutlierDefinition, Workspace

HISTORY = timedelta(days=14)
"""As long the definitions over a folder of CSV files are said to have watched."""

UNBOUNDED = 10**12
"""Tokens a day: what a run costs is printed, not bounded."""


async def furnish(world: World, found: QuestionSet, files: Path) -> None:
    """Into an empty store; the sample agency's shop goes into the folder `files`, which Houston may read."""
    houston = world.houston
    home = await _workspace(world, AGENCY, None, found.now)
    if found.data:
        await bring_in(houston.imports, found.data)
        await _watch_everything(houston, home.id, found.now)
    else:
        sample = agency(found.seed, found.now)
        await plant(
            houston.store,
            sample,
            workspace_id=home.id,
            checks=houston.checks,
            task_runs=houston.task_runs,
            now=lambda: found.now,
        )
    await _people(world, found.now)
    await _rules(world, home.id)
    if not found.data:
        admin = await houston.access.actor(home.id, user_id("admin"))
        channel = channel_id("marketing-alerts")
        await furnish_shop(houston, admin, files, channel=channel, seed=found.seed, now=found.now)
        await houston.checks.due(found.now + FIRST_CHECK)


async def _people(world: World, now: datetime) -> None:
    for client in await world.houston.clients.all(access.everything()):
        world.clients[client.slug] = client
        await _workspace(world, client.slug, client.id, now)
    ids = {slug: client.id or 0 for slug, client in world.clients.items()}
    async with world.houston.store.begin() as uow:
        for workspace in (AGENCY, *ids):
            for key, each in world.cast.items():
                await uow.members.save(member=_member(workspace, key, each, now))
        for key, each in world.cast.items():
            if each.clients is not None:
                seen = [ids[slug] for slug in each.clients if slug in ids]
                await uow.members.set_clients(
                    workspace_id=workspace_id(AGENCY), user_id=user_id(key), client_ids=seen
                )
        for slug, id in ids.items():
            room = Channel(workspace_id=workspace_id(AGENCY), id=channel_id(slug), name=slug, client_id=id)
            await uow.channels.save(channel=room)
        await uow.commit()


async def _rules(world: World, home: str) -> None:
    rooms = dict.fromkeys(channel for channel, _ in RULES)
    async with world.houston.store.begin() as uow:
        for room in rooms:
            await uow.channels.save(channel=Channel(workspace_id=home, id=channel_id(room), name=room))
        await uow.commit()
    admin = await world.houston.access.actor(home, user_id("admin"))
    for channel, event_type in RULES:
        draft = RuleDraft(channels=(channel_id(channel),), event_type=event_type)
        await world.houston.rules.add(admin, draft)


async def _workspace(world: World, name: str, client_id: int | None, now: datetime) -> Workspace:
    workspace = Workspace(
        id=workspace_id(name),
        name=name,
        kind="agency" if client_id is None else "client",
        client_id=client_id,
        timezone=world.cast["admin"].timezone,
        daily_tokens=UNBOUNDED,
        member_tokens=UNBOUNDED,
        created_at=now,
    )
    async with world.houston.store.begin() as uow:
        await uow.workspaces.save(workspace=workspace)
        await uow.commit()
    return workspace


async def _watch_everything(houston: Houston, workspace: str, now: datetime) -> None:
    """All metrics of each client, as if they had been watched for two weeks."""
    for client in await houston.clients.all(access.everything()):
        definition = OutlierDefinition(
            workspace_id=workspace,
            client_id=client.id or 0,
            name=f"{client.name}: everything",
            metrics="*",
            schedule="1d",
            created_at=now - HISTORY,
            due_at=now + FIRST_CHECK,
        )
        async with houston.store.begin() as uow:
            await uow.definitions.save(definition=definition)
            await uow.commit()
        judged = await houston.checks.judge(definition, now, later_than=now - HISTORY)
        await houston.checks.keep(judged)


def _member(workspace: str, key: str, each: CastMember, now: datetime) -> Member:
    return Member(
        workspace_id=workspace_id(workspace),
        user_id=user_id(key),
        name=each.name,
        timezone=each.timezone,
        is_slack_admin=each.admin,
        sees_all=each.clients is None,
        seen_at=now,
    )
