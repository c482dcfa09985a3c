"""The messenger, over the wire, against a Slack that refuses what Slack refuses."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.messenger import SlackMessenger
from bot.pictures import upload
from bot.playground.state import Channel, Message
from houston.errors import PermanentFailure, TemporaryFailure
from houston.watch.chart import Chart
from tests.bot.samples import announcement, chart
from tests.bot.slack import QUICK, Slack, local_slack

PNG = b"\x89PNG\r\n\x1a\n not drawn here"


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with local_slack() as slack:
        yield slack


@pytest.fixture
async def messenger(slack: Slack) -> AsyncIterator[SlackMessenger]:
    messenger = messenger_of(slack)
    yield messenger
    await messenger.close()


def messenger_of(slack: Slack, token: str | None = None, **settings: Any) -> SlackMessenger:
    async def client_for(workspace_id: str) -> Any:
        return slack.delivering(token)

    async def uploaded(client: Any, picture: Chart) -> str | None:
        return await upload(client, picture, drawn=lambda _: PNG)

    return SlackMessenger(client_for, uploaded=settings.pop("uploaded", uploaded), **settings)


async def post(
    messenger: SlackMessenger, slack: Slack, channel: Channel | str, *, id: int = 1, with_chart: bool = False
) -> str:
    where = channel if isinstance(channel, str) else channel.id
    return await messenger.post(
        workspace_id=slack.workspace.id,
        address=f"channel:{where}",
        announcement=announcement("outlier", chart=chart() if with_chart else None),
        delivery_id=id,
    )


def image_of(message: Message) -> str | None:
    found = [block["slack_file"]["id"] for block in message.blocks if block["type"] == "image"]
    return found[0] if found else None


async def test_an_alert_arrives_marked_with_its_delivery(slack: Slack, messenger: SlackMessenger) -> None:
    ts = await post(messenger, slack, slack.general, id=99)
    (message,) = slack.posts(slack.general)
    assert message.ts == ts
    assert message.metadata == {"event_type": "houston_delivery", "event_payload": {"delivery_id": "99"}}
    assert message.text.startswith("📈 Outlier: Cost per click")


async def test_the_chart_is_in_the_message_once_slack_has_processed_it(
    slack: Slack, messenger: SlackMessenger
) -> None:
    await post(messenger, slack, slack.general, with_chart=True)
    (message,) = slack.posts(slack.general)
    file_id = image_of(message)
    assert file_id
    assert slack.playground.files[file_id].content == PNG


async def test_a_chart_that_takes_long_is_added_afterwards() -> None:
    async with local_slack(replace(QUICK, file_processing=0.4)) as slack:
        messenger = messenger_of(slack, soon=(0.01,), later=(0.05,) * 20)
        ts = await post(messenger, slack, slack.general, with_chart=True)
        message = slack.playground.messages[slack.general.id][ts]
        assert image_of(message) is None
        await slack.alice.wait_for(lambda: image_of(message), timeout=5)
        assert message.metadata
        await messenger.close()


async def test_closing_gives_up_on_charts_to_come() -> None:
    async with local_slack(replace(QUICK, file_processing=60)) as slack:
        messenger = messenger_of(slack, soon=(), later=(60.0,))
        await post(messenger, slack, slack.general, with_chart=True)
        async with asyncio.timeout(1):
            await messenger.close()
        assert len(slack.posts(slack.general)) == 1


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"])
async def test_a_failing_upload_never_stops_the_alert(
    slack: Slack, messenger: SlackMessenger, method: str
) -> None:
    slack.playground.faults.fail(method, times=None)
    await post(messenger, slack, slack.general, with_chart=True)
    (message,) = slack.posts(slack.general)
    assert image_of(message) is None


async def test_a_failing_drawing_never_stops_the_alert(slack: Slack) -> None:
    def broken(_: Chart) -> bytes:
        raise KeyError("font")

    async def uploaded(client: Any, picture: Chart) -> str | None:
        return await upload(client, picture, drawn=broken)

    await post(messenger_of(slack, uploaded=uploaded), slack, slack.general, with_chart=True)
    assert len(slack.posts(slack.general)) == 1


async def test_a_lost_answer_is_uncertain_and_the_message_is_found_again(
    slack: Slack, messenger: SlackMessenger
) -> None:
    since = datetime.now(UTC)
    await post(messenger, slack, slack.general, id=1)
    slack.playground.faults.drop_answer("chat.postMessage")
    with pytest.raises(TemporaryFailure) as failure:
        await post(messenger, slack, slack.general, id=2)
    assert failure.value.uncertain
    assert len(slack.posts(slack.general)) == 2, "and nothing was repeated on the way"
    found = await find(messenger, slack, 2, since)
    assert found == slack.posts(slack.general)[1].ts
    assert await find(messenger, slack, 3, since) is None


async def test_a_message_is_found_behind_many_others(slack: Slack, messenger: SlackMessenger) -> None:
    since = datetime.now(UTC)
    ts = await post(messenger, slack, slack.general, id=7)
    for number in range(40):
        await slack.alice.say(slack.general.id, f"message {number}")
    assert await find(messenger, slack, 7, since) == ts


async def test_messages_from_long_before_are_not_looked_at(slack: Slack, messenger: SlackMessenger) -> None:
    await post(messenger, slack, slack.general, id=7)
    assert await find(messenger, slack, 7, datetime.now(UTC) + timedelta(minutes=5)) is None


async def find(messenger: SlackMessenger, slack: Slack, id: int, since: datetime) -> str | None:
    return await messenger.find(
        workspace_id=slack.workspace.id,
        address=f"channel:{slack.general.id}",
        delivery_id=id,
        since=since,
    )


async def test_slowing_down_says_for_how_long(slack: Slack, messenger: SlackMessenger) -> None:
    slack.playground.faults.rate_limit("chat.postMessage", retry_after=17)
    with pytest.raises(TemporaryFailure) as failure:
        await post(messenger, slack, slack.general)
    assert failure.value.retry_after == 17
    assert not failure.value.uncertain


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_broken_slack_is_temporary_and_uncertain(
    slack: Slack, messenger: SlackMessenger, status: int
) -> None:
    slack.playground.faults.fail("chat.postMessage", status=status)
    with pytest.raises(TemporaryFailure) as failure:
        await post(messenger, slack, slack.general)
    assert failure.value.uncertain


async def test_a_page_in_place_of_an_answer_is_temporary(slack: Slack, messenger: SlackMessenger) -> None:
    slack.playground.faults.fail("chat.postMessage", status=200)
    with pytest.raises(TemporaryFailure):
        await post(messenger, slack, slack.general)


async def test_a_cut_connection_is_uncertain_and_not_repeated(
    slack: Slack, messenger: SlackMessenger
) -> None:
    slack.playground.faults.reset("chat.postMessage")
    with pytest.raises(TemporaryFailure) as failure:
        await post(messenger, slack, slack.general)
    assert failure.value.uncertain
    assert slack.posts(slack.general) == []


async def test_a_slack_that_is_not_there_is_certain(slack: Slack, messenger: SlackMessenger) -> None:
    await slack.server.stop()
    with pytest.raises(TemporaryFailure) as failure:
        await post(messenger, slack, slack.general)
    assert not failure.value.uncertain


def archive(slack: Slack) -> str:
    slack.playground.set_archived(slack.general.id, True, by=slack.bob.user_id)
    return slack.general.id


REFUSED: list[tuple[str, Callable[[Slack], str], str]] = [
    ("not in the channel", lambda slack: slack.channel("out", with_bot=False).id, "/invite @Houston"),
    (
        "a private channel",
        lambda slack: slack.channel("secret", with_bot=False, is_private=True).id,
        "/invite @Houston",
    ),
    ("no such channel", lambda slack: "C0NOWHERE", "deleted"),
    ("an archived channel", archive, "Unarchive"),
]


@pytest.mark.parametrize(("where", "mend"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED])
async def test_what_no_retry_can_mend_says_what_to_do(
    slack: Slack, messenger: SlackMessenger, where: Callable[[Slack], str], mend: str
) -> None:
    with pytest.raises(PermanentFailure) as failure:
        await post(messenger, slack, where(slack))
    assert mend in failure.value.message


async def test_a_revoked_token_asks_for_a_new_installation(slack: Slack, messenger: SlackMessenger) -> None:
    slack.playground.revoke_token(slack.app, slack.workspace.id)
    with pytest.raises(PermanentFailure, match="Reinstall"):
        await post(messenger, slack, slack.general)


async def test_a_wrong_token_is_permanent(slack: Slack) -> None:
    with pytest.raises(PermanentFailure, match="token"):
        await post(messenger_of(slack, token="xoxb-wrong"), slack, slack.general)


async def test_a_missing_permission_is_named(slack: Slack, messenger: SlackMessenger) -> None:
    slack.app.installations[slack.workspace.id].scopes.discard("chat:write")
    with pytest.raises(PermanentFailure, match="chat:write"):
        await post(messenger, slack, slack.general)


async def test_a_direct_message_goes_to_the_person_and_is_found_again(
    slack: Slack, messenger: SlackMessenger
) -> None:
    where = {"workspace_id": slack.workspace.id, "address": f"dm:{slack.alice.user_id}"}
    since = datetime.now(UTC)
    ts = await messenger.post(**where, announcement=announcement("outlier"), delivery_id=7)
    dm = await slack.alice.dm()
    assert [each.ts for each in slack.posts(dm)] == [ts]
    assert await messenger.find(**where, delivery_id=7, since=since) == ts
    assert await messenger.find(**where, delivery_id=8, since=since) is None


async def test_a_picture_that_comes_late_follows_into_the_direct_message(slack: Slack) -> None:
    slack.playground.timings = replace(QUICK, file_processing=0.3)
    messenger = messenger_of(slack, soon=(), later=(0.4, 0.4))
    try:
        await messenger.post(
            workspace_id=slack.workspace.id,
            address=f"dm:{slack.alice.user_id}",
            announcement=announcement("outlier", chart=chart()),
            delivery_id=1,
        )
        dm = await slack.alice.dm()
        (message,) = slack.posts(dm)
        await slack.alice.wait_for(lambda: image_of(message), timeout=5)
    finally:
        await messenger.close()
