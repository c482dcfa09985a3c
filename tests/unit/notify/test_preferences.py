"""What members choose for themselves, and nothing beyond what they may see."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from houston.access import for_api_key
from houston.errors import InvalidFields, NotAllowed, NotFound
from houston.notify.preferences import PreferenceDraft, Preferences
from houston.notify.quiet.hours import QuietHours
from houston.notify.vocabulary import EVENT_TYPES
from store import Store
from store.tables import ApiKey
from tests.store.agency import WORKSPACE
from tests.store.databases import KINDS, NOON, fresh_url, new_store
from tests.unit.notify.town import Town, open_town


@pytest.fixture(params=KINDS)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    store = new_store(fresh_url(request.param, tmp_path), lambda: NOON)
    yield store
    await store.close()


@pytest.fixture
async def town(store: Store) -> Town:
    return await open_town(store)


@pytest.fixture
def preferences(store: Store) -> Preferences:
    return Preferences(store=store, now=lambda: NOON)


def draft(**changes: Any) -> PreferenceDraft:
    return PreferenceDraft(**({"event_types": ("outlier",)} | changes))


async def test_nobody_has_chosen_anything_at_first(town: Town, preferences: Preferences) -> None:
    seen = await preferences.get(await town.person("UACME"))
    assert (seen.is_new, seen.event_types, seen.timezone) == (True, (), "Europe/Zurich")


async def test_a_choice_is_kept_and_changed(town: Town, preferences: Preferences) -> None:
    actor = await town.person("UACME")
    quiet = QuietHours.parse("weekends", "Europe/Zurich")
    wish = draft(client_ids=(town.agency.acme,), minimum_severity="warning", quiet_hours=quiet)
    saved = await preferences.save(actor, wish)
    assert saved == await preferences.get(actor)
    assert ([each.slug for each in saved.clients], saved.quiet_hours) == (["acme"], quiet)
    assert not saved.is_new
    changed = await preferences.save(actor, draft(event_types=tuple(EVENT_TYPES), daily_at="07:30"))
    assert changed == await preferences.get(actor)
    assert (changed.clients, changed.quiet_hours, changed.daily_at) == ((), None, "07:30")


async def test_it_goes_to_the_members_own_dm(town: Town, preferences: Preferences) -> None:
    actor = await town.person("UACME")
    await preferences.save(actor, draft())
    await preferences.save(actor, draft(active=False))
    async with town.store.read() as uow:
        kept = await uow.preferences.find(workspace_id=WORKSPACE, user_id="UACME")
        assert kept is not None
        place = await uow.destinations.get(id=kept.destination_id)
    assert place is not None
    assert (place.kind, place.address, place.workspace_id) == ("dm", "UACME", WORKSPACE)
    assert (kept.client_ids, kept.active) == (None, False)


async def test_a_choice_is_told_to_the_audit(town: Town, preferences: Preferences) -> None:
    await preferences.save(await town.person("UACME"), draft(client_ids=(town.agency.acme,)))
    async with town.store.read() as uow:
        [entry] = await uow.audit.page(scope=town.admin.scope, before=None, limit=1)
    assert (entry.action, entry.subject) == ("preference.saved", f"preference {WORKSPACE}/UACME")
    assert (entry.before, (entry.after or {})["clients"]) == (None, ["acme"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"event_types": ()}, "event_types"),
        ({"event_types": ("tea_time",)}, "event_types"),
        ({"client_ids": (4711,)}, "clients"),
        ({"minimum_severity": "dire"}, "severity"),
        ({"daily_at": "25:00"}, "daily_at"),
        ({"daily_at": "7:30"}, "daily_at"),
    ],
)
async def test_what_cannot_be_is_refused_at_its_field(
    town: Town, preferences: Preferences, changes: dict[str, Any], field: str
) -> None:
    actor = await town.person("UALL")
    with pytest.raises(InvalidFields) as caught:
        await preferences.save(actor, draft(**changes))
    assert list(caught.value.errors) == [field]
    assert (await preferences.get(actor)).is_new


async def test_a_client_beyond_their_sight_is_as_good_as_none(town: Town, preferences: Preferences) -> None:
    with pytest.raises(InvalidFields, match="from the list"):
        await preferences.save(await town.person("UACME"), draft(client_ids=(town.agency.globex,)))
    everybodys = await preferences.save(await town.person("UALL"), draft(client_ids=(town.agency.globex,)))
    assert [each.slug for each in everybodys.clients] == ["globex"]


async def test_what_they_may_no_longer_see_is_not_shown(town: Town, preferences: Preferences) -> None:
    actor = await town.person("UALL")
    await preferences.save(actor, draft(client_ids=(town.agency.globex, town.agency.acme)))
    narrowed = replace(actor, scope=actor.scope.narrowed(town.agency.acme))
    assert [each.slug for each in (await preferences.get(narrowed)).clients] == ["acme"]


async def test_messages_that_are_off_need_no_types(town: Town, preferences: Preferences) -> None:
    assert not (await preferences.save(town.admin, draft(event_types=(), active=False))).active


async def test_strangers_keys_and_those_who_left_have_none(town: Town, preferences: Preferences) -> None:
    stranger = replace(await town.person("UALL"), is_stranger=True)
    with pytest.raises(NotAllowed):
        await preferences.get(stranger)
    with pytest.raises(NotAllowed):
        await preferences.save(stranger, draft())
    for nobody in (
        for_api_key(ApiKey(id=1, name="k", hash="h", created_at=NOON)),
        await town.person("UGONE"),
    ):
        with pytest.raises(NotFound):
            await preferences.save(nobody, draft())
