"""The configuration as one document: what people decided, by the names that they know it by.

Clients go by slug, workspaces and channels by Slack's id, rules by number. The order is always the
same, so that two exports can be compared. Nothing of it is secret.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from houston import access
from houston.team.tokens import owner, with_own_apps
from store import Store, UnitOfWork
from store.tables import (
    ApiKey,
    Channel,
    Client,
    Destination,
    Member,
    Metric,
    OutlierDefinition,
    Rule,
    Workspace,
)

VERSION = 1
"""Of the document's shape. One that reads it back refuses what it does not know."""

SLACK_KINDS = ("channel", "dm")
"""The kinds of destination whose address is Slack's id; any other kind's may be secret."""

Document = dict[str, Any]
Slugs = Mapping[int | None, str]


async def configuration(store: Store) -> Document:
    """Everything, for the operator."""
    everything = access.everything()
    async with store.read() as uow:
        clients = await uow.clients.all(scope=everything)
        slugs = {client.id: client.slug for client in clients}
        workspaces = sorted(await uow.workspaces.all(), key=lambda each: each.id)
        metrics = await uow.metrics.all(scope=everything)
        definitions = await uow.definitions.all(scope=everything)
        keys = await uow.api_keys.all(scope=everything)
        with_own = await with_own_apps(uow)
        return {
            "version": VERSION,
            "clients": _ordered({"slug": each.slug, "name": each.name} for each in clients),
            "workspaces": [
                await _workspace(uow, each, slugs, own_app=owner(each.id) in with_own) for each in workspaces
            ],
            "metrics": _ordered(_metric(each, slugs) for each in metrics),
            "outlier_definitions": _ordered(_definition(each, slugs) for each in definitions),
            "api_keys": _ordered(_key(each, slugs) for each in keys if each.revoked_at is None),
        }


def as_yaml(document: Document) -> str:
    text: str = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)
    return text


async def _workspace(uow: UnitOfWork, workspace: Workspace, slugs: Slugs, *, own_app: bool) -> Document:
    channels = await uow.channels.decided(workspace_id=workspace.id)
    return {
        "id": workspace.id,
        "name": workspace.name,
        "kind": workspace.kind,
        "client": slugs.get(workspace.client_id),
        "timezone": workspace.timezone,
        "own_app": own_app,
        "active": workspace.active,
        "members": await _members(uow, workspace.id),
        "channels": [_channel(each, slugs) for each in channels],
        **await _routing(uow, workspace.id, slugs),
    }


async def _members(uow: UnitOfWork, workspace_id: str) -> list[Document]:
    lists = await uow.members.lists(scope=access.itself(workspace_id).scope)
    members = sorted(await uow.members.all(workspace_id=workspace_id), key=lambda each: each.user_id)
    return [_member(each, lists.get(each.user_id, ())) for each in members]


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
        "destinations": _ordered(_destination(each) for each in kept),
        "rules": [
            _rule(each, used.get(each.id or 0, ()), slugs) | _escalation(each, named) for each in rules
        ],
    }


def _member(member: Member, clients: Iterable[Client]) -> Document:
    """Slack's own admins are Houston's without a word here."""
    sees = "all" if member.sees_all else sorted(client.slug for client in clients)
    return {"user": member.user_id, "name": member.name, "role": member.role, "sees": sees}


def _channel(channel: Channel, slugs: Slugs) -> Document:
    told: Document = {"channel": channel.id, "name": channel.name, "client": slugs.get(channel.client_id)}
    return told | ({"approved_by": channel.approved_by} if channel.approved_by else {})


def _destination(destination: Destination) -> Document:
    told: Document = {"kind": destination.kind, "alias": destination.alias}
    return told | ({"address": destination.address} if destination.kind in SLACK_KINDS else {})


def _rule(rule: Rule, destinations: Iterable[Destination], slugs: Slugs) -> Document:
    """No client: all of them. Destinations go by their address, others than Slack's by their alias."""
    return {
        "number": rule.number,
        "event_type": rule.event_type,
        **_told({"subject": rule.subject}),
        "client": slugs.get(rule.client_id),
        "minimum_severity": rule.minimum_severity,
        **_told({"quiet_hours": rule.quiet_hours}),
        "active": rule.active,
        **_told({"owner": rule.owner}),
        "destinations": sorted(_place(each) for each in destinations),
    }


def _escalation(rule: Rule, named: Mapping[int | None, str]) -> Document:
    """Where it goes as well when nobody acknowledges it; nothing for a rule that stays where it is."""
    if rule.escalate_to is None:
        return {}
    return {"escalate_minutes": rule.escalate_minutes, "escalate_to": named[rule.escalate_to]}


def _place(destination: Destination) -> str:
    return destination.address if destination.kind in SLACK_KINDS else destination.alias


def _metric(metric: Metric, slugs: Slugs) -> Document:
    shown = metric.model_dump(exclude={"id", "client_id"})
    return {"client": slugs[metric.client_id], **_told(shown)}


def _definition(definition: OutlierDefinition, slugs: Slugs) -> Document:
    unsaid = {"id", "workspace_id", "client_id", "active", "created_at", "due_at", "error"}
    shown = definition.model_dump(exclude=unsaid)
    workspace = {"workspace": definition.workspace_id}
    return {
        "client": slugs[definition.client_id],
        **_told(shown),
        "active": definition.active,
        **_told(workspace),
    }


def _key(key: ApiKey, slugs: Slugs) -> Document:
    """What a key is for; not even its hash. No client: the agency's."""
    return {"name": key.name, "client": slugs.get(key.client_id), "created": key.created_at.isoformat()}


def _told(values: Mapping[str, Any]) -> Document:
    """Without what was left as it is when nobody says anything."""
    return {
        name: value
        for name, value in values.items()
        if value is not None and value is not False and value != ""
    }


def _ordered(documents: Iterable[Document]) -> list[Document]:
    return sorted(documents, key=lambda each: [str(value) for value in each.values()])
