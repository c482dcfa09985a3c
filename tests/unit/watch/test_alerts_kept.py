"""What is kept as an alert, and the rule that choosing its channels edits."""

from dataclasses import replace
from typing import Any

import pytest

from houston.errors import InvalidFields, NotAllowed, NotFound
from houston.notify.rules.rule import RuleDraft, RuleSeen
from houston.notify.rules.rules import Rules
from houston.watch.alerts.alerts import AlertRule
from tests.actors import admin
from tests.store.agency import EVERYTHING
from tests.unit.reports.conftest import desk as desk
from tests.unit.reports.desk import ADMIN, ALL, Desk

pytestmark = pytest.mark.slow


async def rules(desk: Desk) -> list[RuleSeen]:
    return await Rules(store=desk.store, now=desk.clock).all(EVERYTHING)


async def test_every_complaint_is_told_at_once_by_its_field(desk: Desk) -> None:
    report_id = await desk.report()
    await desk.alert(report_id=report_id)
    draft = desk.draft(
        report_id, "Revenue ~ 5", name="low  REVENUE", match="some", schedule="often", timezone="Mars"
    )
    draft = replace(draft, owner_id="U9", runbook="ftp", n=3, m=2, no_data="cry")
    with pytest.raises(InvalidFields) as wrong:
        await desk.house.alerts.add(ADMIN, draft)
    named = {"name", "rules", "match", "schedule", "timezone", "owner", "runbook", "n", "no_data"}
    assert wrong.value.errors.keys() == named
    assert "Revenue ~ 5\n" in wrong.value.errors["rules"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"report_id": 99}, "report"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"n": 3, "m": 2}, "n"),
        ({"no_data": "cry"}, "no_data"),
        ({"rules": ()}, "rules"),
        ({"rules": (AlertRule(text="rows > 0", severity="dire"),)}, "rules"),
        ({"rules": (AlertRule(text="Revenu < 10"),)}, "rules"),
        ({"rules": (AlertRule(text="day < 10"),)}, "rules"),
        ({"channels": ("C9",)}, "channels"),
    ],
)
async def test_what_could_not_be_checked_is_not_kept(desk: Desk, values: dict[str, Any], field: str) -> None:
    draft = replace(desk.draft(await desk.report()), **values)
    with pytest.raises(InvalidFields) as wrong:
        await desk.house.alerts.add(ADMIN, draft)
    assert list(wrong.value.errors) == [field]
    assert await desk.house.alerts.all(EVERYTHING) == []


async def test_a_column_that_is_not_there_is_quoted_with_a_caret_and_the_one_meant(desk: Desk) -> None:
    report_id = await desk.report()
    with pytest.raises(InvalidFields) as wrong:
        await desk.house.alerts.add(ADMIN, desk.draft(report_id, "Revenu < 10000"))
    assert wrong.value.errors["rules"] == (
        "The result has no column Revenu; did you mean Revenue?:\nRevenu < 10000\n^"
    )


async def test_choosing_channels_makes_edits_and_takes_away_the_alerts_own_rule(desk: Desk) -> None:
    seen = await desk.alert(channels=("C1",), name="Sales [EU]")
    id, draft = seen.alert.id or 0, desk.draft(seen.alert.report_id, name="Sales [EU]")
    assert (seen.places, seen.destinations[0].address) == (("#c1",), "C1")
    [rule] = await rules(desk)
    assert (rule.event_type, rule.subject, rule.channels) == ("data_alert", "Sales [[]EU]", ("C1",))
    await Rules(store=desk.store, now=desk.clock).edit(
        ADMIN, rule.id, replace(rule.as_draft(), minimum_severity="critical")
    )
    seen = await desk.house.alerts.edit(ADMIN, id, replace(draft, channels=("C1", "C2"), name="EU *"))
    [edited] = await rules(desk)
    assert (edited.id, edited.subject, edited.channels) == (rule.id, "EU [*]", ("C1", "C2"))
    assert edited.minimum_severity == "critical"
    await desk.house.alerts.edit(ADMIN, id, replace(draft, name="EU *"))
    assert [each.channels for each in await rules(desk)] == [("C1", "C2")]
    await desk.house.alerts.edit(ADMIN, id, replace(draft, name="EU *", channels=()))
    assert await rules(desk) == []


async def test_what_an_alert_tells_arrives_by_its_own_rule_and_no_other_alerts_does(desk: Desk) -> None:
    report_id = await desk.report()
    await desk.alert(report_id=report_id, name="Sales?", channels=("C1",))
    await desk.alert(report_id=report_id, name="Sales!", channels=("C2",))
    await desk.alert("rows > 99", report_id=report_id, name="Sales", channels=("C1",))
    desk.sell(("2026-11-14", 1, 1))
    await desk.tick(hours=1)
    told = sorted((row.address, row.event_id) for row in await desk.told())
    assert [address for address, _ in told] == ["channel:C1", "channel:C2"]


async def test_deleting_an_alert_deletes_its_own_rule_and_no_wider_one(desk: Desk) -> None:
    service = Rules(store=desk.store, now=desk.clock)
    seen = await desk.alert(channels=("C1",))
    await service.add(ADMIN, RuleDraft(channels=("C2",), event_type="data_alert", subject="low*"))
    assert (await desk.house.alerts.get(EVERYTHING, seen.alert.id or 0)).places == ("#c1", "#c2")
    await desk.house.alerts.delete(ADMIN, seen.alert.id or 0)
    assert [rule.subject for rule in await rules(desk)] == ["low*"]
    async with desk.store.read() as uow:
        entries = await uow.audit.page(scope=ALL, before=None, limit=9)
    assert [each.action for each in entries][:3] == ["alert.deleted", "rule.deleted", "rule.added"]


async def test_a_clients_alert_goes_to_that_client_and_is_seen_by_nobody_elses(desk: Desk) -> None:
    seen = await desk.alert(client_id=desk.agency.acme, channels=("C1",))
    assert (seen.client, [each.client and each.client.slug for each in await rules(desk)]) == (
        "Acme",
        ["acme"],
    )
    acme, globex = desk.agency.acme_only, desk.agency.globex_only
    assert [each.alert.id for each in await desk.house.alerts.all(acme)] == [seen.alert.id]
    assert await desk.house.alerts.all(globex) == []
    for deed in ("delete", "pause", "resume", "check"):
        with pytest.raises(NotFound):
            await getattr(desk.house.alerts, deed)(admin(globex), seen.alert.id)
    draft = desk.draft(seen.alert.report_id, name="Mine")
    with pytest.raises(InvalidFields, match="report"):
        await desk.house.alerts.add(admin(globex), draft)
    desk.sell(("2026-11-14", 1, 1))
    await desk.tick(hours=1)
    assert [event.client_id for event in await desk.events()] == [desk.agency.acme]


async def test_an_edit_keeps_what_goes_on_and_its_history(desk: Desk) -> None:
    seen = await desk.alert()
    desk.sell(("2026-11-14", 8_000, 1))
    await desk.tick(hours=1)
    draft = desk.draft(seen.alert.report_id, "Revenue < 9000", name="Lower", owner_id="U2")
    seen = await desk.house.alerts.edit(ADMIN, seen.alert.id or 0, draft)
    assert (seen.state, seen.alert.owner, seen.alert.owner_name) == ("firing", "T1/U2", "Person U2")
    await desk.tick(hours=1)
    assert await desk.phases() == ["fired"]


async def test_members_change_nothing(desk: Desk) -> None:
    seen = await desk.alert()
    member = replace(ADMIN, is_admin=False)
    draft = desk.draft(seen.alert.report_id)
    for deed in (desk.house.alerts.add, desk.house.alerts.explain, desk.house.alerts.preview):
        with pytest.raises(NotAllowed):
            await deed(member, draft)
    for change in (desk.house.alerts.delete, desk.house.alerts.pause, desk.house.alerts.resume):
        with pytest.raises(NotAllowed):
            await change(member, seen.alert.id or 0)
