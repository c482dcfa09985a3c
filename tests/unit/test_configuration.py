"""What `app.py export` prints: the whole configuration, and no secret."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from houston.access import everything, itself
from houston.configuration import as_yaml, configuration
from houston.team.tokens import APP_TOKEN, BOT_TOKEN, REFRESH_TOKEN, owner
from store import Store, UnitOfWork
from store.tables import (
    Alert,
    Channel,
    DataSource,
    Member,
    Metric,
    MetricFeed,
    OutlierDefinition,
    Preference,
    Report,
    Rule,
    Workspace,
)
from tests.store.databases import KINDS, NOON, fresh_url, new_store

PLANTED = {
    BOT_TOKEN: "xoxb-planted-bot-token",
    REFRESH_TOKEN: "xoxe-1-planted-refresh-token",
    APP_TOKEN: "xapp-1-planted-app-token",
}
HASH = "planted-hash-of-a-key"
SOURCE_URL = "postgresql://reader:planted-password@db.example.com/shop"


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
    await _reads(uow, acme)
    await uow.api_keys.add(name="airflow", hash=HASH, client_id=acme, now=NOON)
    revoked = await uow.api_keys.add(name="old", hash="another", client_id=None, now=NOON)
    revoked.revoked_at = NOON + timedelta(days=1)


async def _reads(uow: UnitOfWork, acme: int) -> None:
    """The agency's database, which a report and its alert read for Acme, and a feed for every client."""
    source = await uow.data_sources.save(
        source=DataSource(name="Shop", dialect="postgresql", place="db.example.com/shop", created_at=NOON)
    )
    await uow.secrets.put(owner=f"data_source/{source.id}", name="url", value=SOURCE_URL, now=NOON)
    made: dict[str, Any] = {"source_id": source.id, "sql": "SELECT 1", "created_at": NOON}
    report = await uow.reports.save(report=Report(name="Sales", client_id=acme, **made))
    await uow.alerts.save(
        alert=Alert(
            workspace_id="T1",
            client_id=acme,
            report_id=report.id or 0,
            name="Low sales",
            rules=[{"text": "Sales < 5", "severity": "critical"}],
            owner="T1/U1",
            created_at=NOON,
            due_at=NOON,
        )
    )
    await uow.metric_feeds.save(feed=MetricFeed(name="Spend", due_at=NOON, **made))


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


async def test_a_definition_tells_its_holidays_and_a_metric_its_freshness(store: Store) -> None:
    async with store.begin() as uow:
        [definition] = await uow.definitions.all(scope=everything())
        definition.country, definition.excluded = "CH", ["2026-11-27"]
        definition.created_by = "T1/U1"
        [metric] = await uow.metrics.all(scope=everything())
        metric.freshness, metric.revision, metric.revisions = "3h", 7, ["2026-11-14"]
        await uow.commit()
    found = await configuration(store)
    [told] = found["outlier_definitions"]
    assert (told["country"], told["excluded"]) == ("CH", ["2026-11-27"])
    assert "created_by" not in told
    assert found["metrics"] == [
        {"client": "globex", "name": "spend", "channel": "google-ads", "unit": "$", "aggregate": "sum"}
        | {"freshness": "3h"}
    ]


async def test_what_is_read_goes_by_name_and_a_source_keeps_its_url(store: Store) -> None:
    found = await configuration(store)
    shop = {"name": "Shop", "client": None}
    assert found["data_sources"] == [shop | {"dialect": "postgresql", "place": "db.example.com/shop"}]
    assert found["reports"] == [{"name": "Sales", "client": "acme", "source": shop, "sql": "SELECT 1"}]
    [alert] = found["alerts"]
    assert (alert["name"], alert["client"], alert["report"]) == ("Low sales", "acme", "Sales")
    assert alert["conditions"] == [{"text": "Sales < 5", "severity": "critical"}]
    assert (alert["owner"], alert["schedule"], alert["workspace"]) == ("T1/U1", "1h", "T1")
    [feed] = found["metric_feeds"]
    assert (feed["name"], feed["client"], feed["source"], feed["active"]) == ("Spend", None, shop, True)


async def test_a_workspace_tells_its_default_channel_its_digest_and_what_its_members_chose(
    store: Store,
) -> None:
    async with store.begin() as uow:
        workspace = await uow.workspaces.find(id="T1")
        person = await uow.destinations.of(workspace_id="T1", kind="dm", address="U1", alias="@U1", now=NOON)
        channel = await uow.destinations.of(
            workspace_id="T1", kind="channel", address="C2", alias="#acme", now=NOON
        )
        assert workspace is not None
        workspace.default_destination_id, workspace.catches_all = channel.id, True
        workspace.digest_on, workspace.digest_at = True, "07:30"
        acme = next(each for each in await uow.clients.all(scope=everything()) if each.slug == "acme")
        preference = Preference(
            workspace_id="T1",
            user_id="U1",
            destination_id=person.id or 0,
            event_types=["outlier", "data_alert"],
            client_ids=[acme.id or 0],
            daily_at="08:00",
            updated_at=NOON,
        )
        await uow.preferences.save(preference=preference)
        await uow.commit()
    agency, own = (await configuration(store))["workspaces"]
    assert (agency["default_channel"], agency["catches_all"]) == ("C2", True)
    assert agency["digest"] == {"on": True, "at": "07:30"}
    assert agency["members"][0]["preferences"] == {
        "event_types": ["data_alert", "outlier"],
        "clients": ["acme"],
        "minimum_severity": "info",
        "daily_at": "08:00",
        "active": True,
    }
    assert "preferences" not in agency["members"][1]
    assert "default_channel" not in own


async def test_two_exports_are_the_same_text(store: Store) -> None:
    assert as_yaml(await configuration(store)) == as_yaml(await configuration(store))


async def test_no_token_hash_or_webhook_is_ever_exported(store: Store) -> None:
    told = as_yaml(await configuration(store))
    assert "db.example.com/shop" in told
    for secret in (*PLANTED.values(), HASH, SOURCE_URL, "planted"):
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
