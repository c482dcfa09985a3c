"""Webhooks, other services, tests and failing places, as people meet them in Slack."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.playground.state import Channel, Message, View
from houston.errors import PermanentFailure
from houston.notify.places.elsewhere import check
from houston.notify.places.targets import Draft
from houston.notify.rules.rules import RuleDraft
from store.tables import Channel as Known
from store.tables import Delivery, Destination
from store.tables.notify import DEAD, HELD, SENT
from tests.bot.conftest import House, shown
from tests.bot.samples import event

pytestmark = pytest.mark.slow


@dataclass(kw_only=True)
class Service:
    """Something that Apprise speaks to."""

    url: str = ""
    status: int = 200
    hangs: asyncio.Event | None = None
    got: list[dict[str, Any]] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        if self.hangs:
            await self.hangs.wait()
        self.got.append(json.loads(await request.text()))
        return web.Response(status=self.status)


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    service, app = Service(), web.Application()
    app.router.add_post("/hook", service.answer)
    async with TestServer(app, host="127.0.0.1") as server:
        service.url = f"json://bot:hunter2@127.0.0.1:{server.port}/hook"
        await check(service.url)  # which loads Apprise's plugins, once a process
        yield service
        if service.hangs:
            service.hangs.set()  # else the server waits a minute for its answer


def webhook(house: House, channel: Channel | None = None) -> str:
    return house.slack.playground.add_webhook(house.slack.app, (channel or house.general).id)


async def listed(house: House) -> Message:
    """The list as it is now: newer than those that were asked for before."""
    asked = len(house.bob.messages(house.general.id))
    assert (await house.bob.run(house.general.id, "/houston destinations")).ok

    def found() -> Message | None:
        newer = house.bob.messages(house.general.id)[asked:]
        return next((each for each in newer if "destination" in shown(each)), None)

    return await house.bob.wait_for(found)


async def opened(house: House, action_id: str) -> View:
    """The form behind a button of the list."""
    assert (await house.bob.click(action_id, message=await listed(house))).ok
    return await house.modal(house.bob)


async def added(house: House, action_id: str, alias: str, url: str) -> Destination:
    view = await opened(house, action_id)
    assert (await house.bob.submit(view, {"alias": alias, "url": url})).ok
    await house.seen(house.bob, house.general, f"Added: *{alias}*")
    return next(each for each in await house.houston.destinations.all(house.scope) if each.alias == alias)


async def refused(house: House, action_id: str, alias: str, url: str) -> dict[str, str]:
    result = await house.bob.submit(await opened(house, action_id), {"alias": alias, "url": url})
    assert await house.houston.destinations.all(house.scope) == []
    return result.errors


async def connection(house: House, text: str) -> View:
    """Bob's tab *Connection*, once it shows this."""
    await house.bob.open_home()
    await house.bob.click("home_connection", view=await house.home(house.bob, "Overview"))
    return await house.home(house.bob, text)


async def place(house: House, id: int | None) -> Destination:
    async with house.houston.store.read() as uow:
        found = await uow.destinations.get(id=id or 0)
    assert found
    return found


async def deliveries(house: House) -> list[Delivery]:
    assert house.houston.dispatcher
    await house.houston.dispatcher.drained()
    async with house.houston.store.read() as uow:
        return (await uow.deliveries.all(scope=house.scope))[::-1]


async def note(house: House, title: str) -> None:
    happened = event("note_created", title=title)
    happened.id, happened.client_id = house.houston.store.ids.next(), house.acme.id
    happened.dedupe_key = str(happened.id)
    await house.houston.outbox.record(happened)


async def rule(house: House, *destinations: Destination, channels: tuple[str, ...] = ()) -> None:
    ids = tuple(each.id for each in destinations if each.id)
    draft = RuleDraft(channels=channels, destination_ids=ids, event_type="note_created")
    await house.houston.rules.add(house.admin, draft)


# --- webhooks


async def test_a_webhook_is_tried_before_it_is_kept_and_its_url_is_never_shown_again(house: House) -> None:
    url = webhook(house)
    kept = await added(house, "add_webhook", "Ops", url)
    test = await house.seen(house.alice, house.general, "This is a test from Houston")
    assert test.subtype == "bot_message"
    async with house.houston.store.read() as uow:
        [entry] = await uow.audit.page(scope=house.scope, before=None, limit=1)
    assert (entry.action, entry.after) == ("destination.added", {"alias": "Ops", "kind": "webhook"})
    now = await listed(house)
    assert "*Ops* · 🪝 Slack webhook" in shown(now)
    secret = url.rpartition("/")[2]
    assert secret not in shown(now)
    assert secret not in kept.address + kept.alias + str(entry.after)
    assert secret not in str((await connection(house, "Slack webhook")).blocks)


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.slack.com/services/T1",
        "http://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
        "https://hooks.slack.com.evil.example/services/T00000000/B00000000/XXXXXXXXXXXXXXXX",
        "https://example.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
    ],
)
async def test_what_does_not_look_like_a_webhook_is_refused_at_its_field(house: House, url: str) -> None:
    errors = await refused(house, "add_webhook", "Ops", url)
    assert "https://hooks.slack.com/services/T…/B…/…" in errors["url"]


async def test_a_webhook_that_takes_no_message_is_not_kept(house: House) -> None:
    errors = await refused(house, "add_webhook", "Ops", webhook(house)[:-4] + "AAAA")
    assert "did not arrive, so it was not kept" in errors["url"]
    assert "revoked or deleted" in errors["url"]


async def test_the_same_webhook_twice_is_refused_by_its_name(house: House) -> None:
    url = webhook(house)
    await added(house, "add_webhook", "Ops", url)
    view = await opened(house, "add_webhook")
    result = await house.bob.submit(view, {"alias": "Other", "url": url})
    assert result.errors == {"url": "This URL is a destination already: Ops."}
    result = await house.bob.submit(view, {"alias": "ops", "url": webhook(house)})
    assert "Another destination is called 'Ops'" in result.errors["alias"]


async def test_a_webhook_gets_links_instead_of_buttons_and_a_receipt(house: House) -> None:
    kept = await added(house, "add_webhook", "Ops", webhook(house))
    await rule(house, kept)
    await note(house, "Budget raised")
    message = await house.seen(house.alice, house.general, "Budget raised")
    assert "Ask Houston" not in shown(message)
    [delivery] = await deliveries(house)
    assert (delivery.state, delivery.address) == (SENT, f"webhook:{kept.address}")


async def test_webhook_url_revoked_by_slack_is_told_to_the_admins_and_mended_by_a_new_one(
    house: House,
) -> None:
    """“Webhook URL revoked by Slack”: create a new one and put it in."""
    kept = await added(house, "add_webhook", "Ops", webhook(house))
    await rule(house, kept)
    for hook in house.slack.playground.webhooks.values():
        hook.is_active = False
    await note(house, "Lost")
    dm = await house.bob.dm()
    told = await house.seen(house.bob, dm, "could not be delivered")
    assert "revoked or deleted" in shown(told)
    assert [each.state for each in await deliveries(house) if each.destination_id == kept.id] == [DEAD]
    view = await opened(house, "edit_destination")
    await house.bob.submit(view, {"url": webhook(house)})
    await house.seen(house.bob, house.general, "Saved: *Ops*")
    assert (await place(house, kept.id)).error == ""
    await note(house, "Found again")
    await house.seen(house.alice, house.general, "Found again")


async def test_a_webhook_can_be_added_on_the_connection_tab(house: House) -> None:
    await house.bob.click("add_webhook", view=await connection(house, "Webhooks and other services"))
    view = await house.modal(house.bob)
    assert (await house.bob.submit(view, {"alias": "Ops", "url": webhook(house)})).ok
    await house.home(house.bob, "• Ops · 🪝 Slack webhook")


# --- other services


async def test_any_service_that_apprise_knows_gets_title_and_text(house: House, service: Service) -> None:
    kept = await added(house, "add_service", "Pager", service.url)
    await rule(house, kept)
    await note(house, "Budget raised")
    assert [each.state for each in await deliveries(house)] == [SENT]
    assert "test from Houston" in service.got[0]["message"]
    assert "Budget raised" in service.got[1]["title"] + service.got[1]["message"]
    now = await listed(house)
    assert "*Pager* · 🌐 service · rule #1" in shown(now)
    assert "hunter2" not in shown(now)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nonsense", "does not understand this URL"),
        ("syslog://", "the computer that Houston runs on"),
        ("json://10.0.0.1/hook", "HOUSTON_ALLOW_HOSTS"),
        ("json://169.254.169.254/latest", "HOUSTON_ALLOW_HOSTS"),
    ],
)
async def test_a_service_that_houston_should_not_reach_is_refused_at_its_field(
    house: House, url: str, says: str
) -> None:
    assert says in (await refused(house, "add_service", "Inside", url))["url"]


async def test_a_service_that_refuses_the_test_is_not_kept(house: House, service: Service) -> None:
    service.status = 403
    errors = await refused(house, "add_service", "Pager", service.url)
    assert "HTTP 403" in errors["url"]
    assert "hunter2" not in errors["url"]


async def test_a_test_that_takes_long_goes_on_after_slacks_patience(house: House, service: Service) -> None:
    service.hangs = asyncio.Event()
    view = await opened(house, "add_service")
    await house.bob.submit(view, {"alias": "Pager", "url": service.url})
    await house.modal(house.bob, lambda view: "Sending a test there" in str(view.blocks))
    service.hangs.set()
    await house.modal(house.bob, lambda view: "Added: *Pager*" in str(view.blocks))
    assert [each.alias for each in await house.houston.destinations.all(house.scope)] == ["Pager"]


# --- who may


async def test_a_member_neither_sees_nor_changes_destinations(house: House) -> None:
    await house.ran(house.alice, "/houston destinations", "Only Houston's admins can see destinations")
    await added(house, "add_webhook", "Ops", webhook(house))
    await house.ran(house.alice, "/houston test Ops", "Only Houston's admins can send test messages")


# --- tests


async def test_a_test_in_a_channel_says_that_it_arrived(house: House) -> None:
    await house.ran(house.bob, "/houston test #general", f"A test message has arrived: <#{house.general.id}>")
    await house.seen(house.alice, house.general, "This is a test from Houston")


async def test_everybody_can_test_their_own_dm(house: House) -> None:
    await house.ran(house.alice, "/houston test @me", "A test message has arrived: *you*")
    await house.seen(house.alice, await house.alice.dm(), "This is a test from Houston")


async def test_a_test_by_name_goes_to_that_destination(house: House) -> None:
    await added(house, "add_webhook", "Night shift", webhook(house))
    await house.ran(house.bob, "/houston test night shift", "A test message has arrived: *Night shift*")


async def test_a_test_without_a_place_says_how_to_write_it(house: House) -> None:
    await house.ran(house.bob, "/houston test", "`/houston test #channel`")


async def test_a_channel_that_houston_is_not_in_asks_for_an_invitation(house: House) -> None:
    house.slack.channel("secret", with_bot=False)
    await house.ran(house.bob, "/houston test #secret", "/invite @Houston")


async def test_a_private_channel_of_others_is_not_given_away(house: House) -> None:
    house.slack.channel("board", is_private=True)
    await house.ran(house.bob, "/houston test #board", "Houston is in no channel and knows no destination")


async def test_channel_access_restricted_says_to_invite_the_bot(house: House) -> None:
    """“Channel Access Restricted”: ensure that the bot is invited."""
    await rule(house, channels=(house.general.id,))
    await house.alice.kick(house.general.id)
    message = await house.ran(house.bob, "/houston test #general", "did not arrive")
    assert "/invite @Houston" in shown(message)


async def test_the_button_tests_and_a_success_brings_a_place_back(house: House) -> None:
    kept = await added(house, "add_webhook", "Ops", webhook(house))
    assert kept.id
    await house.houston.failing.mark(kept.id, PermanentFailure("It was broken."))
    before = await listed(house)
    assert "It was broken." in shown(before)
    await house.bob.click("test_destination", message=before)
    await house.seen(house.bob, house.general, "A test message has arrived: *Ops*")
    assert (await place(house, kept.id)).error == ""


# --- failing places


async def broken(house: House) -> Destination:
    """A channel that three messages could not be posted to."""
    await rule(house, channels=(house.general.id,))
    await house.alice.kick(house.general.id)
    for number in range(3):
        await note(house, f"Unheard {number}")
        await deliveries(house)
    await house.seen(house.bob, await house.bob.dm(), "is paused")
    [found] = [each for each in await house.houston.destinations.all(house.scope) if each.kind == "channel"]
    return found


async def test_a_place_that_keeps_failing_is_paused_and_its_rules_owner_hears_of_it_once(
    house: House,
) -> None:
    found = await broken(house)
    assert found.paused_at
    dm = await house.bob.dm()
    await house.seen(house.bob, dm, "could not be delivered")
    paused = await house.seen(house.bob, dm, "is paused")
    assert "/invite @Houston" in shown(paused)
    await note(house, "Waits")
    states = [each.state for each in await deliveries(house) if each.destination_id == found.id]
    assert states == [DEAD, DEAD, DEAD, HELD]
    assert len([each for each in house.slack.posts(dm) if "is paused" in shown(each)]) == 1


async def test_an_invitation_brings_what_waited(house: House) -> None:
    found = await broken(house)
    await note(house, "Waits")
    await deliveries(house)
    await house.alice.invite(house.general.id)
    await house.seen(house.alice, house.general, "👋 Houston here, and ready")
    await house.seen(house.alice, house.general, "Waits")
    assert (await place(house, found.id)).paused_at is None


async def test_resume_on_the_connection_tab_brings_it_back(house: House) -> None:
    found = await broken(house)
    view = await connection(house, "Where messages do not arrive")
    assert "⏸️ Paused" in str(view.blocks)
    await house.bob.click("resume_destination", view=view)
    await house.bob.wait_for(lambda: "⏸️ Paused" not in str(house.bob.home()) or None)
    assert (await place(house, found.id)).paused_at is None


async def test_the_bot_says_on_invitation_that_it_is_ready_and_who_can_add_a_notification(
    house: House,
) -> None:
    """“Invite the bot”: it confirms that it was added and is ready."""
    channel = house.slack.channel("ops", with_bot=False)
    await house.alice.invite(channel.id)
    message = await house.seen(house.alice, channel, "👋 Houston here, and ready")
    assert "an admin can add one" in shown(message)


async def test_unarchiving_brings_a_place_back(house: House) -> None:
    """“channel_is_archived”: unarchive the channel."""
    await rule(house, channels=(house.general.id,))
    playground = house.slack.playground
    playground.set_archived(house.general.id, True, by=house.bob.user_id)
    for number in range(3):
        await note(house, f"Unheard {number}")
        await deliveries(house)
    told = await house.seen(house.bob, await house.bob.dm(), "is paused")
    assert "Unarchive it" in shown(told)
    await note(house, "Waits")
    await deliveries(house)
    playground.set_archived(house.general.id, False, by=house.bob.user_id)
    await house.seen(house.alice, house.general, "Waits")


async def test_a_place_that_nothing_needs_can_be_deleted_with_its_secret(house: House) -> None:
    kept = await added(house, "add_webhook", "Ops", webhook(house))
    before = await listed(house)
    await house.bob.click("delete_destination", message=before)
    await house.bob.wait_for(lambda: "No destinations yet." in shown(before) or None)
    async with house.houston.store.read() as uow:
        assert await uow.secrets.find(owner=f"destination/{kept.id}", name="url") is None


async def test_a_long_list_is_paged(house: House) -> None:
    for number in range(10):
        channel = house.slack.channel(f"room-{number}")
        known = Known(workspace_id=house.slack.workspace.id, id=channel.id, name=channel.name)
        await house.houston.channels.joined(known.workspace_id, known)
        draft = Draft(kind="channel", alias=f"Room {number}", target=channel.id)
        await house.houston.new_destinations.add(house.admin, draft)
    first = await listed(house)
    assert "*10 destinations*" in shown(first)
    assert "Page 1 of 2" in shown(first)
    await house.bob.click("destinations_next", message=first)
    await house.seen(house.bob, house.general, "Page 2 of 2")
