"""Workspaces: their people, channels and rules."""

from collections.abc import Iterable, Mapping

from houston import access
from houston.configuration.document import Document, Slugs, ordered, told
from houston.team.tokens import owner, with_own_apps
from store import UnitOfWork
from store.tables import Channel, Client, Destination, Member, Preference, Rule, Workspace

SLACK_KINDS = ("channel", "dm")
"""The kinds of destination whose address is Slack's id; any other kind's may be secret."""


async def documents(uow: UnitOfWork, slugs: Slugs) -> list[Document]:
    with_own = await with_own_apps(uow)
    found = sorted(await uow.workspaces.all(), key=lambda each: each.id)
    return [await _workspace(uow, each, slugs, own_app=owner(each.id) in with_own) for each in found]


async def _workspace(uow: UnitOfWork, workspace: Workspace, slugs: Slugs, *, own_app: bool) -> Document:
    channels = await uow.channels.decided(workspace_id=workspace.id)
    return {
        "id": workspace.id,
        "name": workspace.name,
        "kind": workspace.kind,
        "client": slugs.get(workspace.client_id),
        "timezone": workspace.timezone,
        **await _default_channel(uow, workspace),
        "digest": {"on": workspace.digest_on, "at": workspace.digest_at},
        "own_app": own_app,
        "active": workspace.active,
        "members": await _members(uow, workspace.id, slugs),
        "channels": [_channel(each, slugs) for each in channels],
        **await _routing(uow, workspace.id, slugs),
    }


async def _default_channel(uow: UnitOfWork, workspace: Workspace) -> Document:
    """Nothing where none is chosen. `catches_all`: it gets what no rule matches as well."""
    id = workspace.default_destination_id
    found = await uow.destinations.get(id=id) if id is not None else None
    return told({"default_channel": _place(found), "catches_all": workspace.catches_all}) if found else {}


async def _members(uow: UnitOfWork, workspace_id: str, slugs: Slugs) -> list[Document]:
    lists = await uow.members.lists(scope=access.itself(workspace_id).scope)
    found: list[Document] = []
    for each in sorted(await uow.members.all(workspace_id=workspace_id), key=lambda each: each.user_id):
        chosen = await uow.preferences.find(workspace_id=workspace_id, user_id=each.user_id)
        preference = {"preferences": _preference(chosen, slugs)} if chosen else {}
        found.append(_member(each, lists.get(each.user_id, ())) | preference)
    return found


def _preference(preference: Preference, slugs: Slugs) -> Document:
    """What somebody chose to get by DM. No clients: all that they may see."""
    chosen = preference.client_ids or ()
    clients = {"clients": sorted(slugs[id] for id in chosen if id in slugs)} if chosen else {}
    return {
        "event_types": sorted(preference.event_types),
        **clients,
        "minimum_severity": preference.minimum_severity,
        **told({"quiet_hours": preference.quiet_hours, "daily_at": preference.daily_at}),
        "active": preference.active,
    }


async def _routing(uow: UnitOfWork, workspace_id: str, slugs: Slugs) -> Document:
    """The rules and where they send; a DM that no rule sends to is Houston's own doing."""
    scope = access.itself(workspace_id).scope
    used = await uow.rules.destinations(scope=scope)
    by_rules = {each.id for destinations in used.values() for each in destinations}
    by_rules |= (await uow.rules.escalation_destinations(scope=scope)).keys()
    places = await uow.destinations.all(workspace_id=workspace_id)
    kept = [each for each in places if each.kind != "dm" or each.id in by_rules]
    rules = await uow.rules.all(scope=scope)
    named = {each.id: _place(each) for each in places}
    return {
        "destinations": ordered(_destination(each) for each in kept),
        "rules": [
            _rule(each, used.get(each.id or 0, ()), slugs) | _escalation(each, named) for each in rules
        ],
    }


def _member(member: Member, clients: Iterable[Client]) -> Document:
    """Slack's own admins are Houston's without a word here."""
    sees = "all" if member.sees_all else sorted(client.slug for client in clients)
    return {"user": member.user_id, "name": member.name, "role": member.role, "sees": sees}


def _channel(channel: Channel, slugs: Slugs) -> Document:
    found: Document = {"channel": channel.id, "name": channel.name, "client": slugs.get(channel.client_id)}
    return found | told({"approved_by": channel.approved_by, "alerts_only": not channel.answers})


def _destination(destination: Destination) -> Document:
    found: Document = {"kind": destination.kind, "alias": destination.alias}
    return found | ({"address": destination.address} if destination.kind in SLACK_KINDS else {})


def _rule(rule: Rule, destinations: Iterable[Destination], slugs: Slugs) -> Document:
    """No client: all of them. Destinations go by their address, others than Slack's by their alias."""
    return {
        "number": rule.number,
        "event_type": rule.event_type,
        **told({"subject": rule.subject}),
        "client": slugs.get(rule.client_id),
        "minimum_severity": rule.minimum_severity,
        **told({"quiet_hours": rule.quiet_hours}),
        "active": rule.active,
        **told({"owner": rule.owner}),
        "destinations": sorted(_place(each) for each in destinations),
    }


def _escalation(rule: Rule, named: Mapping[int | None, str]) -> Document:
    """Where it goes as well when nobody acknowledges it; nothing for a rule that stays where it is."""
    if rule.escalate_to is None:
        return {}
    return {"escalate_minutes": rule.escalate_minutes, "escalate_to": named[rule.escalate_to]}


def _place(destination: Destination) -> str:
    return destination.address if destination.kind in SLACK_KINDS else destination.alias
