"""What never happens: an event left unacknowledged, a detail shown, a setting read from the environment."""

import os
from collections.abc import Iterator

import pytest
from slack_bolt.async_app import AsyncApp

from bot.bolt import build_bolt_app
from bot.connect import clients
from bot.connect.tokens import Tokens
from tests.bot.conftest import House, now, shown
from tests.patience import PATIENCE

pytestmark = pytest.mark.slow

SLACK_VARIABLES = {
    "SLACK_BOT_TOKEN": "xoxb-from-the-environment",
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "secret",
    "SLACK_SIGNING_SECRET": "secret",
    "SLACK_VERIFICATION_TOKEN": "secret",
    "SLACK_REDIRECT_URI": "https://from-the-environment.example",
}


@pytest.fixture
def environment() -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(SLACK_VARIABLES)
    yield
    os.environ.clear()
    os.environ.update(before)


async def test_bolt_reads_nothing_from_the_environment(house: House, environment: None) -> None:
    plain = clients.plain(house.slack.http, base_url=house.slack.server.api_url)
    tokens = Tokens(house.houston.workspaces, plain, now=now)
    slack = clients.Clients(tokens=tokens, http=house.slack.http)
    app = build_bolt_app(house.houston, slack, now=now, connection=str)
    assert isinstance(app, AsyncApp)
    assert app.client.token is None
    assert app.oauth_flow is not None
    settings = vars(app.oauth_flow.settings) | vars(app)
    assert not [name for name, value in settings.items() if value in SLACK_VARIABLES.values()]


async def faults(house: House) -> list[str]:
    async with house.houston.store.read() as uow:
        happened = await uow.events.all(scope=house.scope)
    return [f"{each.payload['title']}: {each.payload['message']}" for each in happened]


async def test_an_error_inside_a_listener_shows_a_reference_and_nothing_else(house: House) -> None:
    house.slack.playground.faults.fail("users.conversations", times=None)
    await house.alice.open_home()
    dm = await house.alice.dm()
    message = await house.seen(house.alice, dm, "Something went wrong (reference ")
    assert "users.conversations" not in shown(message)
    (fault,) = await faults(house)
    assert fault.startswith("SlackApiError: event app_home_opened")


async def test_an_error_inside_a_command_is_told_to_the_asker_alone(house: House) -> None:
    house.slack.playground.faults.fail("views.open", times=None)
    message = await house.ran(house.bob, "/houston rules add", "Something went wrong (reference ")
    assert "500" not in shown(message)


async def test_a_press_that_nobody_knows_is_acknowledged(house: House) -> None:
    client = house.slack.interactive()
    old = {"type": "button", "action_id": "from_years_ago", "text": {"type": "plain_text", "text": "Old"}}
    ts = (
        await client.chat_postMessage(
            channel=house.general.id, text="Old", blocks=[{"type": "actions", "elements": [old]}]
        )
    )["ts"]
    message = await house.seen(house.alice, house.general, "Old")
    assert message.ts == ts
    assert (await house.alice.click("from_years_ago", message=message)).ok


async def test_every_event_is_acknowledged_whatever_becomes_of_it(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.slack.playground.faults.fail("chat.postEphemeral", times=None)
    await house.alice.say(house.general.id, "Hello all")
    await house.alice.say(house.general.id, "@Houston")
    house.slack.playground.rename(house.general.id, "renamed", by=house.bob.user_id)
    house.slack.playground.join(house.slack.channel("new").id, house.bob.user_id)
    await house.ran(house.alice, "/houston clients", "Acme")
    await house.connection.running.drain(PATIENCE)
    spoken = [each.getMessage() for each in caplog.records if each.name.startswith("slack_bolt")]
    assert not spoken
    assert not house.slack.playground.sockets.undelivered


async def test_an_error_right_after_the_acknowledgement_is_acknowledged(house: House) -> None:
    """Bolt by itself forgets the acknowledgement then, and Slack says that the app did not answer."""
    for _ in range(5):
        await house.ran(house.alice, "/houston rules pause x", "by its number")
