"""Canaries in what goes on: episodes, the messages that show them, and deliveries that never arrived."""

from collections.abc import Sequence
from datetime import timedelta

from bot.playground.nouns import Message
from store.tables import Delivery, Destination, Episode, Escalation, Event, Lifecycle, Post, Preference
from store.tables.notify import DEAD, HELD, SENT
from tests.leaks.canaries import canary
from tests.leaks.rows import Planted, Planter
from tests.leaks.told import digest, event
from tests.leaks.town import ROLES, Town

SHOWN_IN = {"a": ("hall", "desk_a", "room_a"), "b": ("hall", "desk_b", "room_b"), "g": ("hall",)}
"""Where a message of each owner's episodes stands."""

PEOPLE = {
    "a": ("agency admin", "member with one client", "client A's member"),
    "b": ("agency admin", "client B's member"),
    "g": ("agency admin",),
}
"""Who has a direct message about them."""

LONG = timedelta(days=300)


async def plant_messages(planter: Planter, planted: Planted) -> None:
    """An outlier that nobody has taken, and a failed job that somebody has; each with its messages."""
    if planted.client_id is not None:
        free = await _episode(planter, planted, "outlier", f"outlier:9:{planted.client_id}")
        await _show(planter, planted, free, "message")
    taken = await _episode(planter, planted, "task_failure", f"task:{planted.client_id or 0}:load")
    taken.acknowledged_by, taken.acknowledged_name = "T0/U0", canary(planted.owner, "acknowledger")
    taken.assigned_to, taken.assigned_name = "T0/U0", canary(planted.owner, "assignee")
    await _show(planter, planted, taken, "taken message")
    await _agency_digest(planter, planted)


async def _episode(planter: Planter, planted: Planted, type: str, key: str) -> Episode:
    now, owner = planter.now, planted.owner
    told = event(planter.id(), type, planted, now, f"fired {key}")
    episode = Episode(
        id=planter.id(),
        key=key,
        type=type,
        client_id=planted.client_id,
        subject=told.subject,
        severity="critical",
        opened_at=now,
        seen_at=now,
        fired=told.payload,
        current=told.payload,
    )
    planted.ids[f"episode {type}"] = (await planter.add(episode)).id
    lifecycle = Lifecycle(
        key=key,
        client_id=planted.client_id,
        state="firing",
        since=now,
        seen_at=now,
        episode_id=episode.id,
        told="fired",
        told_at=now,
        told_severity="critical",
    )
    if type != "outlier":
        lifecycle.snoozed_by, lifecycle.snoozed_until_change = "T0/U0", True
        lifecycle.snoozed_name = canary(owner, "snoozer")
    await planter.add(lifecycle)
    told.episode_id, told.phase = episode.id, "fired"
    planted.ids[f"fired {type}"] = (await planter.add(told)).id
    return episode


async def _show(planter: Planter, planted: Planted, episode: Episode, kind: str) -> None:
    """In channels, by direct message, and by messages that did not go out."""
    fired = planted.ids[f"fired {episode.type}"]
    for room in SHOWN_IN[planted.owner]:
        channel = planter.town.rooms[room]
        place = await _place(planter, channel.workspace_id, "channel", channel.id, f"#{channel.name}")
        delivery = await _delivery(planter, planted, place, fired, ts=said(planter.town, channel.id))
        planted.ids[f"{kind} {room}"] = delivery.id
        await planter.add(_post(planter, delivery, episode.id))
        await planter.add(
            Escalation(
                id=planter.id(),
                episode_id=episode.id,
                event_id=fired,
                workspace_id=channel.workspace_id,
                destination_id=place.id or 0,
                rule_id=0,
                due_at=planter.now + LONG,
            )
        )
    if kind == "message":
        await _unsent(planter, planted, fired)
        for who in PEOPLE[planted.owner]:
            await _by_dm(planter, planted, episode, fired, who)


async def _by_dm(planter: Planter, planted: Planted, episode: Episode, fired: int, who: str) -> None:
    user, home = planter.town.users[who], planter.town.workspace_of(who)
    bot = planter.town.app.installations[home].bot_user_id
    channel = planter.town.playground.dm(home, user.id, bot).id
    place = await _place(planter, home, "dm", user.id, "@somebody")
    delivery = await _delivery(
        planter, planted, place, fired, channel=channel, ts=said(planter.town, channel, home), rule_ids=[]
    )
    planted.ids[f"message to {who}"] = delivery.id
    await planter.add(_post(planter, delivery, episode.id))


async def _unsent(planter: Planter, planted: Planted, fired: int) -> None:
    """One that was given up and one that waits, in the client's own workspace and in the agency's."""
    agency = planter.town.teams["agency"].id
    for home, where in ((planted.workspace_id, "own"), (agency, "agency")):
        for state, named in ((DEAD, "dead"), (HELD, "held")):
            word = canary(planted.owner, f"{named} {where} alias")
            place = await _place(planter, home, "channel", f"C0{named}{where}{planted.owner}".upper(), word)
            delivery = await _delivery(planter, planted, place, fired, state=state)
            delivery.error = canary(planted.owner, f"{named} error")
            delivery.due_at, delivery.bundle = planter.now + LONG, "quiet:29990101T000000"
            planted.ids[f"{named} {where}"] = delivery.id
            planted.ids[f"{named} {where} destination"] = place.id or 0


async def _delivery(
    planter: Planter,
    planted: Planted,
    place: Destination,
    event_id: int,
    *,
    state: int = SENT,
    channel: str = "",
    ts: str = "",
    rule_ids: Sequence[int] | None = None,
) -> Delivery:
    is_sent = state == SENT
    rules = [planted.ids[name] for name in ("rule", "agency rule") if name in planted.ids]
    delivery = Delivery(
        id=planter.id(),
        event_id=event_id,
        workspace_id=place.workspace_id,
        client_id=planted.client_id,
        destination_id=place.id or 0,
        address=f"{place.kind}:{place.address}",
        rule_ids=rules if rule_ids is None else list(rule_ids),
        state=state,
        due_at=planter.now,
        tries=1,
        channel=(channel or place.address) if is_sent else "",
        ts=ts,
        sent_at=planter.now if is_sent else None,
    )
    await planter.add(delivery)
    return delivery


def _post(planter: Planter, delivery: Delivery, episode_id: int) -> Post:
    id = planter.id()
    return Post(
        id=id,
        episode_id=episode_id,
        leader_id=id,
        workspace_id=delivery.workspace_id,
        address=delivery.address,
        event_id=delivery.event_id,
        delivery_id=delivery.id,
        channel=delivery.channel,
        ts=delivery.ts,
        shown=1,
        due_at=planter.now,
    )


def said(town: Town, channel: str, workspace_id: str = "") -> str:
    """A message of Houston's in Slack, which will be changed; its ts."""
    playground, app = town.playground, town.app
    installed = app.installations[workspace_id or playground.channels[channel].workspace_id]
    message = Message(
        ts=playground.ids.ts(),
        channel=channel,
        text="…",
        user=installed.bot_user_id,
        bot_id=installed.bot_id,
        app_id=app.id,
        metadata={"event_type": "houston_delivery", "event_payload": {"delivery_ids": []}},
    )
    playground.messages.setdefault(channel, {})[message.ts] = message
    return message.ts


async def _place(planter: Planter, workspace_id: str, kind: str, address: str, alias: str) -> Destination:
    return await planter.uow.destinations.of(
        workspace_id=workspace_id, kind=kind, address=address, alias=alias, now=planter.now
    )


async def _agency_digest(planter: Planter, planted: Planted) -> None:
    """What the agency was told of one client: of no concern to the client's own people."""
    if planted.client_id is None:
        return
    told = Event(
        id=planter.id(),
        type="daily_digest",
        client_id=planted.client_id,
        workspace_id=planter.town.teams["agency"].id,
        occurred_at=planter.now,
        recorded_at=planter.now,
        dedupe_key=f"agency digest {planted.owner}",
        payload=digest(planted.owner, planted.ids, where=canary("r", "digest place")),
    )
    planted.ids["agency digest"] = (await planter.add(told)).id


async def plant_preferences(planter: Planter, planted: dict[str, Planted]) -> None:
    """Everybody has chosen to be told everything, with the ids of both clients where they may not."""
    for who, role in ROLES.items():
        if role.team == "outside":
            continue
        home, user = planter.town.workspace_of(who), planter.town.users[who]
        place = await _place(planter, home, "dm", user.id, "@somebody")
        ids = [each.client_id for each in planted.values() if each.client_id]
        await planter.add(
            Preference(
                workspace_id=home,
                user_id=user.id,
                destination_id=place.id or 0,
                event_types=[],
                client_ids=ids,
                active=False,
                updated_at=planter.now,
            )
        )


async def plant_elsewhere(planter: Planter, planted: Planted) -> None:
    """A webhook and another service, with their URLs."""
    owner = "r" if planted.owner == "g" else planted.owner
    team = {"a": "client_a", "b": "client_b", "g": "agency"}[planted.owner]
    for kind in ("webhook", "service"):
        place = await _place(
            planter, planted.workspace_id, kind, f"address{kind}{owner}", canary(owner, f"{kind} alias")
        )
        await planter.uow.secrets.put(
            owner=f"destination/{place.id}",
            name="url",
            value=planter.town.urls[f"{kind} {team}"],
            now=planter.now,
        )
        planted.ids[kind] = place.id or 0
