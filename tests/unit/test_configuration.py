"""What `app.py export` prints: the whole configuration, and no secret."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from houston.access import itself
from houston.configuration import as_yaml, configuration
from houston.team.tokens import APP_TOKEN, BOT_TOKEN, REFRESH_TOKEN, owner
from store import Store, UnitOfWork
from store.tables import Channel, Member, Metric, OutlierDefinition, Rule, Workspace
from tests.store.databases import KINDS, NOON, fresh_url, new_store

PLANTED = {
    BOT_TOKEN: "xoxb-planted-bot-token",
    REFRESH_TOKEN: "xoxe-1-planted-refresh-token",
    APP_TOKEN: "xapp-1-planted-app-token",
}
HASH = "planted-hash-of-a-key"


@pytest.fixture(params=KINDS)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """An agency with Acme and Globex, and Acme's own workspace with an app of its own."""
    store = new_store(fresh_url(request.param, tmp_path), lambda: NOON)
    await store.open()
    async with store.begin() as uow:
        await _furnish(uow)
        await uow.commit()
    yield store
    await store.close()


async def _furnish(uow: UnitOfWork) -> None:
    globex = (await uow.clients.open(slug="globex", name="Globex", now=NOON)).id or 0
    acme = (await uow.clients.open(slug="acme", name="Acmé", now=NOON)).id or 0
    await uow.workspaces.save(
        workspace=Workspace(id="T2", name="Acme HQ", kind="client", client_id=acme, created_at=NOON)
    )
    await uow.workspaces.save(
        workspace=Workspace(id="T1", name="Northwind", timezone="Europe/Berlin", created_at=NOON)
    )
    for name, value in PLANTED.items():
        await uow.secrets.put(owner=owner("T2"), name=name, value=value, now=NOON)
    for user, role, sees_all in (("U2", "member", False), ("U1", "admin", True)):
        await uow.members.save(
            member=Member(
                workspace_id="T1", user_id=user, name=user, role=role, sees_all=sees_all, seen_at=NOON
            )
        )
    await uow.members.set_clients(workspace_id="T1", user_id="U2", client_ids=[acme])
    await uow.channels.put(
        channels=[
            Channel(
                workspace_id="T1", id="C2", name="acme", client_id=acme, is_shared=True, approved_by="U1"
            ),
            Channel(workspace_id="T1", id="C3", name="undecided"),
        ]
    )
    await _routes(uow, globex)
    await uow.metrics.save(
        metric=Metric(client_id=globex, name="spend", channel="google-ads", unit="$", aggregate="sum")
    )
    await uow.definitions.save(
        definition=OutlierDefinition(
            client_id=acme, name="Spend", metrics="spend/*", minimum_change=0.0, created_at=NOON, due_at=NOON
        )
    )
    await uow.api_keys.add(name="airflow", hash=HASH, client_id=acme, now=NOON)
    revoked = await uow.api_keys.add(name="old", hash="another", client_id=None, now=NOON)
    revoked.revoked_at = NOON + timedelta(days=1)


async def _routes(uow: UnitOfWork, client_id: int) -> None:
    alerts = await uow.destinations.of(
        workspace_id="T1", kind="channel", address="C2", alias="#acme", now=NOON
    )
    hook = await uow.destinations.of(
        workspace_id="T1", kind="webhook", address="https://hooks.example/planted-hook", alias="ops", now=NOON
    )
    await uow.destinations.of(workspace_id="T1", kind="dm", address="U1", alias="@U1", now=NOON)
    rule = Rule(
        workspace_id="T1",
        number=4,
        event_type="outlier",
        client_id=client_id,
        created_at=NOON,
        updated_at=NOON,
    )
    await uow.rules.save(rule=rule, destination_ids=[alerts.id or 0, hook.id or 0])


async def test_the_export_names_everything_as_people_do(store: Store) -> None:
    found = yaml.safe_load(as_yaml(await configuration(store)))
    assert found["version"] == 1
    assert found["clients"] == [{"slug": "acme", "name": "Acmé"}, {"slug": "globex", "name": "Globex"}]
    agency, own = found["workspaces"]
    assert (agency["id"], agency["kind"], agency["client"], agency["own_app"]) == (
        "T1",
        "agency",
        None,
        False,
    )
    assert (own["id"], own["kind"], own["client"], own["own_app"]) == ("T2", "client", "acme", True)
    assert agency["members"] == [
        {"user": "U1", "name": "U1", "role": "admin", "sees": "all"},
        {"user": "U2", "name": "U2", "role": "member", "sees": ["acme"]},
    ]
    assert agency["channels"] == [{"channel": "C2", "name": "acme", "client": "acme", "approved_by": "U1"}]
    assert agency["destinations"] == [
        {"kind": "channel", "alias": "#acme", "address": "C2"},
        {"kind": "webhook", "alias": "ops"},
    ]
    assert agency["rules"] == [
        {
            "number": 4,
            "event_type": "outlier",
            "client": "globex",
            "minimum_severity": "info",
            "active": True,
            "destinations": ["C2", "ops"],
        }
    ]
    assert found["api_keys"] == [{"name": "airflow", "client": "acme", "created": NOON.isoformat()}]
    assert found["metrics"] == [
        {"client": "globex", "name": "spend", "channel": "google-ads", "unit": "$", "aggregate": "sum"}
    ]


async def test_a_definition_keeps_a_minimum_of_nothing_apart_from_none(store: Store) -> None:
    definition = (await configuration(store))["outlier_definitions"][0]
    assert definition["minimum_change"] == 0.0
    assert "minimum_change_percent" not in definition
    assert (definition["client"], definition["metrics"], definition["active"]) == ("acme", "spend/*", True)


async def test_two_exports_are_the_same_text(store: Store) -> None:
    assert as_yaml(await configuration(store)) == as_yaml(await configuration(store))


async def test_no_token_hash_or_webhook_is_ever_exported(store: Store) -> None:
    told = as_yaml(await configuration(store))
    for secret in (*PLANTED.values(), HASH, "planted"):
        assert secret not in told


async def test_an_empty_houston_exports_an_empty_configuration(tmp_path: Path) -> None:
    store = new_store(fresh_url("sqlite", tmp_path), lambda: NOON)
    await store.open()
    found = await configuration(store)
    await store.close()
    assert found.pop("version") == 1
    assert set(map(str, found.values())) == {"[]"}


async def test_a_rule_tells_its_quiet_hours_and_whom_it_escalates_to(store: Store) -> None:
    quiet = {"text": "weekends", "timezone": "Europe/Zurich", "critical_passes": True}
    async with store.begin() as uow:
        rule = await uow.rules.find(scope=itself("T1").scope, number=4)
        assert rule is not None
        person = await uow.destinations.of(workspace_id="T1", kind="dm", address="U1", alias="@U1", now=NOON)
        rule.quiet_hours, rule.subject = quiet, "cost_*"
        rule.escalate_minutes, rule.escalate_to = 15, person.id
        await uow.commit()
    agency = yaml.safe_load(as_yaml(await configuration(store)))["workspaces"][0]
    [told] = agency["rules"]
    assert (told["subject"], told["quiet_hours"]) == ("cost_*", quiet)
    assert (told["escalate_minutes"], told["escalate_to"]) == (15, "U1")
    assert {"kind": "dm", "alias": "@U1", "address": "U1"} in agency["destinations"]
