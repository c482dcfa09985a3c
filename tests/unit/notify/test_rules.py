"""What a rule may say, and who hears of it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from houston.errors import InvalidFields, NotAllowed, NotFound
from houston.notify.quiet.hours import QuietHours
from houston.notify.rules.rules import RuleDraft, Rules
from store import Store
from tests.store.agency import WORKSPACE
from tests.store.databases import KINDS, NOON, fresh_url, new_store
from tests.unit.notify.town import Town, open_town

pytestmark = pytest.mark.slow

QUIET = QuietHours.parse("weekdays 18:00-08:00", "Europe/Berlin", critical_passes=True)


@pytest.fixture(params=KINDS)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    store = new_store(fresh_url(request.param, tmp_path), lambda: NOON)
    yield store
    await store.close()


@pytest.fixture
async def town(store: Store) -> Town:
    return await open_town(store)


@pytest.fixture
def rules(store: Store) -> Rules:
    return Rules(store=store, now=lambda: NOON)


def draft(**changes: Any) -> RuleDraft:
    return RuleDraft(**({"channels": ("CALL",), "event_type": "outlier"} | changes))


async def refused(town: Town, rules: Rules, **changes: Any) -> dict[str, str]:
    with pytest.raises(InvalidFields) as caught:
        await rules.add(town.admin, draft(**changes))
    assert await rules.all(town.admin.scope) == []
    return caught.value.errors


async def test_a_rule_keeps_all_that_it_was_given(town: Town, rules: Rules) -> None:
    added = await rules.add(
        town.admin,
        draft(
            destination_ids=(town.hook, town.mail),
            subject=" cost_* ",
            quiet_hours=QUIET,
            escalate_minutes=15,
            escalate_to="UALL",
        ),
    )
    [kept] = await rules.all(town.admin.scope)
    assert kept == added
    assert [each.alias for each in kept.destinations] == ["webhook", "service", "#all"]
    assert (kept.subject, kept.quiet_hours, kept.escalate_minutes) == ("cost_*", QUIET, 15)
    assert kept.escalate_to is not None
    assert (kept.escalate_to.kind, kept.escalate_to.address, kept.escalate_to.alias) == (
        "dm",
        "UALL",
        "@Uall",
    )
    assert kept.owner == "UALL"


async def test_a_rule_edited_as_it_is_stays_as_it_is(town: Town, rules: Rules) -> None:
    full = draft(destination_ids=(town.hook,), quiet_hours=QUIET, escalate_minutes=5, escalate_to="CACME")
    added = await rules.add(town.admin, full)
    assert await rules.edit(town.admin, added.id, added.as_draft()) == added
    plain = await rules.edit(town.admin, added.id, draft())
    assert (plain.quiet_hours, plain.escalate_minutes, plain.escalate_to) == (None, None, None)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"channels": ()}, "channel", "at least one channel"),
        ({"channels": ("CALL", "CGONE")}, "channel", "/invite @Houston"),
        ({"channels": ("CNONE",)}, "channel", "/invite @Houston"),
        ({"destination_ids": (4711,)}, "destinations", "not there any more"),
        ({"event_type": "tea_time"}, "event_type", "Choose what"),
        ({"minimum_severity": "dire"}, "severity", "info, warning, critical"),
        ({"client_id": 4711}, "client", "from the list"),
        ({"subject": "x" * 201}, "subject", "shorten it to 200"),
        ({"event_type": "note_created", "subject": "x"}, "subject", "Leave this empty"),
        ({"escalate_minutes": 5}, "escalate_to", "Choose who"),
        ({"escalate_to": "UALL"}, "escalate_minutes", "how many minutes"),
        ({"escalate_minutes": 0, "escalate_to": "UALL"}, "escalate_minutes", "from 1 to 10080"),
        ({"escalate_minutes": 5, "escalate_to": "UGONE"}, "escalate_to", "deactivated"),
        ({"escalate_minutes": 5, "escalate_to": "UNONE"}, "escalate_to", "does not know"),
        ({"escalate_minutes": 5, "escalate_to": "UACME"}, "escalate_to", "may not see every client"),
        ({"escalate_minutes": 5, "escalate_to": "CALL"}, "escalate_to", "sends there already"),
        (
            {"event_type": "notebook_alert", "escalate_minutes": 5, "escalate_to": "UALL"},
            "escalate_minutes",
            "Only these can be acknowledged",
        ),
    ],
)
async def test_what_cannot_be_is_refused_at_its_field(
    town: Town, rules: Rules, changes: dict[str, Any], field: str, said: str
) -> None:
    errors = await refused(town, rules, **changes)
    assert list(errors) == [field]
    assert said in errors[field]


async def test_another_workspaces_destination_is_as_good_as_none(town: Town, rules: Rules) -> None:
    assert "not there" in (await refused(town, rules, destination_ids=(town.theirs,)))["destinations"]
    escalated = await refused(town, rules, escalate_minutes=5, escalate_to=town.theirs)
    assert "not there" in escalated["escalate_to"]


async def test_what_is_bound_to_another_client_hears_nothing_of_this_one(town: Town, rules: Rules) -> None:
    globex = town.agency.globex
    assert "another client" in (await refused(town, rules, channels=("CACME",), client_id=globex))["channel"]
    errors = await refused(town, rules, client_id=globex, escalate_minutes=5, escalate_to="UACME")
    assert "may not see this client" in errors["escalate_to"]
    acme = draft(channels=("CACME",), client_id=town.agency.acme, escalate_minutes=5, escalate_to="UACME")
    assert (await rules.add(town.admin, acme)).escalate_to is not None


async def test_several_rules_are_switched_at_once(town: Town, rules: Rules) -> None:
    first, second, third = [await rules.add(town.admin, draft()) for _ in range(3)]
    switched = await rules.switch(town.admin, [second.id, first.id, 4711], active=False)
    assert [(each.number, each.active) for each in switched] == [(2, False), (1, False)]
    assert [each.active for each in await rules.all(town.admin.scope)] == [False, False, True]
    async with town.store.read() as uow:
        entries = await uow.audit.page(scope=town.admin.scope, before=None, limit=2)
    assert {(each.action, each.subject) for each in entries} == {
        ("rule.paused", "rule 1"),
        ("rule.paused", "rule 2"),
    }
    await rules.switch(town.admin, [first.id], active=True)
    assert (await rules.get(town.admin.scope, first.id)).active
    assert third.active


async def test_rules_that_are_gone_cannot_be_switched(town: Town, rules: Rules) -> None:
    with pytest.raises(NotFound):
        await rules.switch(town.admin, [4711], active=False)


async def test_only_admins_switch_rules_and_see_where_they_could_send(town: Town, rules: Rules) -> None:
    rule = await rules.add(town.admin, draft())
    member = await town.person("UACME")
    with pytest.raises(NotAllowed):
        await rules.switch(member, [rule.id], active=False)
    assert not [*await rules.elsewhere(member), *await rules.people(member)]
    assert {each.alias for each in await rules.elsewhere(town.admin)} == {"webhook", "service"}
    assert {each.user_id for each in await rules.people(town.admin)} == {"UALL", "UACME"}
    assert rule.destinations[0].workspace_id == WORKSPACE
