"""The messenger, over the wire, against a Slack that refuses what Slack refuses."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.messenger import SlackMessenger
from bot.playground.state import Channel, Message
from bot.posting import lookup, writing
from bot.posting.pictures import Pictures, upload
from bot.views import blocks
from houston.errors import Gone, PermanentFailure, TemporaryFailure
from houston.notify.messenger import Announcement, Posted
from houston.watch.chart import Chart
from tests.bot.samples import announcement, chart
from tests.bot.slack import QUICK, Slack, local_slack
from tests.patience import PATIENCE, until

pytestmark = pytest.mark.slow

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
    messenger: SlackMessenger,
    slack: Slack,
    channel: Channel | str,
    *,
    ids: Sequence[int] = (1,),
    told: Announcement | None = None,
    thread_ts: str = "",
) -> Posted:
    where = channel if isinstance(channel, str) else channel.id
    return await messenger.post(
        workspace_id=slack.workspace.id,
        address=f"channel:{where}",
        announcement=told or announcement("outlier"),
        delivery_ids=ids,
        thread_ts=thread_ts,
    )


async def update(messenger: SlackMessenger, slack: Slack, posted: Posted, told: Announcement) -> Posted:
    return await messenger.update(workspace_id=slack.workspace.id, posted=posted, announcement=told)


def with_chart() -> Announcement:
    return announcement("outlier", chart=chart())


def shown(slack: Slack, posted: Posted) -> Message:
    return slack.playground.messages[posted.channel][posted.ts]


def image_of(message: Message) -> str | None:
    found = [block["slack_file"]["id"] for block in message.blocks if block["type"] == "image"]
    return found[0] if found else None


async def test_an_alert_arrives_marked_with_its_deliveries(slack: Slack, messenger: SlackMessenger) -> None:
    posted = await post(messenger, slack, slack.general, ids=(99, 2**62 - 1))
    (message,) = slack.posts(slack.general)
    assert (posted.channel, posted.ts) == (slack.general.id, message.ts)
    assert message.metadata == {
        "event_type": "houston_delivery",
        "event_payload": {"delivery_ids": ["99", "4611686018427387903"]},
    }
    assert message.text.startswith("📈 Outlier: Cost per click")


async def test_more_deliveries_than_metadata_can_name_do_not_keep_a_message_back(
    slack: Slack, messenger: SlackMessenger, caplog: pytest.LogCaptureFixture
) -> None:
    ids = range(2**62 - 1000, 2**62)
    since = datetime.now(UTC)
    posted = await post(messenger, slack, slack.general, ids=ids)
    assert "is marked with 300" in caplog.text
    assert await find(messenger, slack, ids, since) == dict.fromkeys(ids[: lookup.MOST_MARKS], posted)


async def test_the_chart_is_in_the_message_once_slack_has_processed_it(
    slack: Slack, messenger: SlackMessenger
) -> None:
    posted = await post(messenger, slack, slack.general, told=with_chart())
    file_id = image_of(shown(slack, posted))
    assert file_id == posted.chart_file
    assert slack.playground.files[posted.chart_file].content == PNG


SLOW_FILES = replace(QUICK, file_processing=PATIENCE)


def process(slack: Slack, posted: Posted) -> None:
    """From now on Slack shows the chart."""
    slack.playground.files[posted.chart_file].ready_at = slack.playground.now()


async def test_a_chart_that_takes_long_is_added_afterwards() -> None:
    async with local_slack(SLOW_FILES) as slack:
        messenger = messenger_of(slack, soon=(0.01,), later=(0.05,) * 20)
        posted = await post(messenger, slack, slack.general, told=with_chart())
        message = shown(slack, posted)
        assert image_of(message) is None
        process(slack, posted)
        await slack.alice.wait_for(lambda: image_of(message) == posted.chart_file)
        assert message.metadata
        await messenger.close()


async def test_a_late_chart_never_brings_an_older_state_back() -> None:
    async with local_slack(SLOW_FILES) as slack:
        messenger = messenger_of(slack, soon=(), later=(0.1,) * 20)
        posted = await post(messenger, slack, slack.general, told=with_chart())
        resolved = announcement("outlier", reason="It is over.", value=0.1)
        await update(messenger, slack, posted, replace(resolved, chart=chart()))
        message = shown(slack, posted)
        assert (message.text[0], image_of(message)) == ("📉", None)
        process(slack, posted)
        await slack.alice.wait_for(lambda: image_of(message) == posted.chart_file)
        assert message.text[0] == "📉"
        await messenger.close()


async def test_an_update_waits_for_a_late_chart_that_is_on_its_way() -> None:
    goes_on = asyncio.Event()

    async def sleep(seconds: float) -> None:
        await goes_on.wait()

    async with local_slack(SLOW_FILES) as slack:
        messenger = messenger_of(slack, soon=(), later=(1.0,), sleep=sleep)
        posted = await post(messenger, slack, slack.general, told=with_chart())
        process(slack, posted)
        late = slack.playground.faults.hang("chat.update", seconds=0.5)
        goes_on.set()
        await until(lambda: late.times == 0)
        await update(messenger, slack, posted, announcement("outlier", value=0.1))
        assert shown(slack, posted).text[0] == "📉", "the older state did not come after it"
        assert len(slack.playground.traffic.of("chat.update")) == 2
        await messenger.close()


async def test_channels_of_a_workspace_share_one_upload_of_a_chart(
    slack: Slack, messenger: SlackMessenger
) -> None:
    rooms = [slack.general, slack.channel("one"), slack.channel("two")]
    posted = await asyncio.gather(*(post(messenger, slack, room, told=with_chart()) for room in rooms))
    assert len({each.chart_file for each in posted}) == 1
    assert len(slack.playground.files) == 1


async def test_a_chart_that_slack_has_already_is_not_uploaded_again(
    slack: Slack, messenger: SlackMessenger
) -> None:
    first = await post(messenger, slack, slack.general, told=with_chart())
    restarted = messenger_of(slack)
    second = await post(
        restarted, slack, slack.general, told=replace(with_chart(), chart_file=first.chart_file)
    )
    updated = await update(restarted, slack, first, with_chart())
    await restarted.close()
    assert {first.chart_file, second.chart_file, updated.chart_file} == set(slack.playground.files)


async def test_a_failed_upload_is_tried_again_and_few_are_remembered(slack: Slack) -> None:
    outcomes = iter([None, "F1", "F2", "F3"])

    async def uploaded(client: Any, picture: Chart) -> str | None:
        return next(outcomes)

    pictures = Pictures(uploaded, kept=1)

    async def of(workspace_id: str) -> str:
        return await pictures.of(slack.delivering(), workspace_id, with_chart())

    assert [await of("T1"), await of("T1"), await of("T1")] == ["", "F1", "F1"]
    assert [await of("T2"), await of("T1")] == ["F2", "F3"]


async def test_closing_gives_up_on_charts_to_come() -> None:
    async with local_slack(replace(QUICK, file_processing=60)) as slack:
        messenger = messenger_of(slack, soon=(), later=(60.0,))
        await post(messenger, slack, slack.general, told=with_chart())
        async with asyncio.timeout(PATIENCE):
            await messenger.close()
        assert len(slack.posts(slack.general)) == 1


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"])
async def test_a_failing_upload_never_stops_the_alert(
    slack: Slack, messenger: SlackMessenger, method: str
) -> None:
    slack.playground.faults.fail(method, times=None)
    posted = await post(messenger, slack, slack.general, told=with_chart())
    assert image_of(shown(slack, posted)) is None
    assert posted.chart_file == ""


async def test_a_failing_drawing_never_stops_the_alert(slack: Slack) -> None:
    def broken(_: Chart) -> bytes:
        raise KeyError("font")

    async def uploaded(client: Any, picture: Chart) -> str | None:
        return await upload(client, picture, drawn=broken)

    await post(messenger_of(slack, uploaded=uploaded), slack, slack.general, told=with_chart())
    assert len(slack.posts(slack.general)) == 1


async def test_a_lost_answer_is_uncertain_and_the_message_is_found_again(
    slack: Slack, messenger: SlackMessenger
) -> None:
    since = datetime.now(UTC)
    await post(messenger, slack, slack.general, ids=(1,))
    slack.playground.faults.drop_answer("chat.postMessage")
    with pytest.raises(TemporaryFailure) as failure:
        await post(messenger, slack, slack.general, ids=(2, 3))
    assert failure.value.uncertain
    assert len(slack.posts(slack.general)) == 2, "and nothing was repeated on the way"
    found = await find(messenger, slack, (2, 3, 4), since)
    there = Posted(channel=slack.general.id, ts=slack.posts(slack.general)[1].ts)
    assert found == {2: there, 3: there}


async def test_a_message_that_is_found_again_knows_its_chart(slack: Slack, messenger: SlackMessenger) -> None:
    since = datetime.now(UTC)
    posted = await post(messenger, slack, slack.general, ids=(7,), told=with_chart())
    assert posted.chart_file
    assert await find(messenger, slack, (7,), since) == {7: posted}


async def test_a_message_is_found_behind_many_others(slack: Slack, messenger: SlackMessenger) -> None:
    since = datetime.now(UTC)
    posted = [await post(messenger, slack, slack.general, ids=(id,)) for id in (7, 8)]
    for number in range(40):
        await slack.alice.say(slack.general.id, f"message {number}")
    assert await find(messenger, slack, (7, 8, 9), since) == {7: posted[0], 8: posted[1]}


async def test_a_reply_is_found_in_its_thread_and_in_the_channel(
    slack: Slack, messenger: SlackMessenger
) -> None:
    since = datetime.now(UTC)
    root = await post(messenger, slack, slack.general, ids=(1,))
    replies = [
        await post(messenger, slack, slack.general, ids=(id,), thread_ts=root.ts) for id in range(2, 40)
    ]
    assert await find(messenger, slack, (39,), since) == {}
    found = await find(messenger, slack, (1, 39), since, thread_ts=root.ts)
    assert found == {1: root, 39: replies[-1]}
    assert {each.thread_ts for each in slack.posts(slack.general)[1:]} == {root.ts}


async def test_nothing_is_found_in_a_thread_that_is_gone(slack: Slack, messenger: SlackMessenger) -> None:
    since = datetime.now(UTC)
    posted = await post(messenger, slack, slack.general, ids=(1,))
    assert await find(messenger, slack, (1,), since, thread_ts="1.000001") == {1: posted}


async def test_a_message_of_an_earlier_version_is_found(slack: Slack, messenger: SlackMessenger) -> None:
    metadata = {"event_type": "houston_delivery", "event_payload": {"delivery_id": "7"}}
    since = datetime.now(UTC)
    answer = await slack.delivering().chat_postMessage(channel=slack.general.id, text="x", metadata=metadata)
    found = await find(messenger, slack, (7,), since)
    assert found == {7: Posted(channel=slack.general.id, ts=answer["ts"])}


async def test_messages_from_long_before_are_not_looked_at(slack: Slack, messenger: SlackMessenger) -> None:
    await post(messenger, slack, slack.general, ids=(7,))
    assert await find(messenger, slack, (7,), datetime.now(UTC) + timedelta(minutes=5)) == {}


async def find(
    messenger: SlackMessenger, slack: Slack, ids: Sequence[int], since: datetime, thread_ts: str = ""
) -> dict[int, Posted]:
    found = await messenger.find(
        workspace_id=slack.workspace.id,
        address=f"channel:{slack.general.id}",
        delivery_ids=ids,
        since=since,
        thread_ts=thread_ts,
    )
    return dict(found)


async def test_an_update_shows_the_new_state_and_keeps_the_mark(
    slack: Slack, messenger: SlackMessenger
) -> None:
    posted = await post(messenger, slack, slack.general, ids=(7,), told=with_chart())
    updated = await update(messenger, slack, posted, announcement("outlier", value=0.1))
    message = shown(slack, posted)
    assert updated == posted
    assert message.text.startswith("📉")
    assert message.metadata == lookup.mark([7])
    assert len(slack.posts(slack.general)) == 1


async def test_an_update_of_a_deleted_message_says_that_it_is_gone(
    slack: Slack, messenger: SlackMessenger
) -> None:
    posted = await post(messenger, slack, slack.general)
    await slack.delivering().chat_delete(channel=posted.channel, ts=posted.ts)
    with pytest.raises(Gone):
        await update(messenger, slack, posted, announcement("outlier"))


async def test_an_update_of_anothers_message_says_that_it_is_gone(
    slack: Slack, messenger: SlackMessenger
) -> None:
    said = await slack.alice.say(slack.general.id, "mine")
    with pytest.raises(Gone):
        await update(messenger, slack, Posted(channel=slack.general.id, ts=said.ts), announcement("outlier"))


async def test_a_lost_answer_to_an_update_is_temporary(slack: Slack, messenger: SlackMessenger) -> None:
    posted = await post(messenger, slack, slack.general)
    slack.playground.faults.drop_answer("chat.update")
    with pytest.raises(TemporaryFailure):
        await update(messenger, slack, posted, announcement("outlier", value=0.1))
    assert shown(slack, posted).text.startswith("📉")


async def test_a_reply_under_a_deleted_message_is_taken_back(slack: Slack, messenger: SlackMessenger) -> None:
    root = await post(messenger, slack, slack.general, ids=(1,))
    await slack.delivering().chat_delete(channel=root.channel, ts=root.ts)
    with pytest.raises(Gone):
        await post(messenger, slack, slack.general, ids=(2,), thread_ts=root.ts)
    assert slack.posts(slack.general) == []


async def test_a_stray_reply_that_cannot_be_taken_back_has_arrived(
    slack: Slack, messenger: SlackMessenger
) -> None:
    root = await post(messenger, slack, slack.general, ids=(1,))
    await slack.delivering().chat_delete(channel=root.channel, ts=root.ts)
    slack.playground.faults.fail("chat.delete")
    stray = await post(messenger, slack, slack.general, ids=(2,), thread_ts=root.ts)
    assert [each.ts for each in slack.posts(slack.general)] == [stray.ts]


REFUSED_LAYOUTS: dict[str, list[blocks.Block]] = {
    "invalid_blocks": [{"type": "nonsense"}],
    "msg_blocks_too_long": [blocks.section("x" * 2900)] * 5,
}


@pytest.mark.parametrize("code", REFUSED_LAYOUTS)
async def test_a_layout_that_slack_refuses_goes_as_plain_text(
    slack: Slack,
    messenger: SlackMessenger,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    code: str,
) -> None:
    refused = blocks.Message(text="y" * 5000, blocks=REFUSED_LAYOUTS[code])
    posted = await post(messenger, slack, slack.general)
    monkeypatch.setattr(writing, "announced", lambda _: refused)
    with caplog.at_level(logging.WARNING):
        other = await post(messenger, slack, slack.general)
        await update(messenger, slack, posted, announcement("outlier"))
    for message in (shown(slack, other), shown(slack, posted)):
        assert (len(message.text), message.blocks) == (writing.PLAIN_TEXT, [])
    assert code in caplog.text
    assert caplog.text.count("goes as plain text") == 2
    assert "yyy" not in caplog.text


async def test_a_broken_layout_beside_a_chart_goes_as_plain_text_too(
    slack: Slack, monkeypatch: pytest.MonkeyPatch
) -> None:
    messenger = messenger_of(slack, soon=(0.01,))
    monkeypatch.setattr(
        writing, "announced", lambda _: blocks.Message(text="plain", blocks=[{"type": "nonsense"}])
    )
    posted = await post(messenger, slack, slack.general, told=with_chart())
    assert (shown(slack, posted).text, shown(slack, posted).blocks) == ("plain", [])
    await messenger.close()


async def test_the_whole_text_of_a_cut_message_is_in_its_thread(
    slack: Slack, messenger: SlackMessenger, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = blocks.Message(text="cut…", full_text="All of it, ünd more")
    monkeypatch.setattr(writing, "announced", lambda _: cut)
    posted = await post(messenger, slack, slack.general)

    def files() -> list[Message]:
        return [each for each in slack.playground.replies(posted.channel, posted.ts) if each.files]

    await slack.alice.wait_for(files)
    (reply,) = files()
    assert slack.playground.files[reply.files[0]].content == "All of it, ünd more".encode()


async def test_a_whole_text_that_cannot_be_shared_is_no_failure(
    slack: Slack, messenger: SlackMessenger, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(writing, "announced", lambda _: blocks.Message(text="cut…", full_text="All"))
    slack.playground.faults.fail("files.completeUploadExternal")
    await post(messenger, slack, slack.general)
    await until(lambda: "could not be shared" in caplog.text)


async def test_a_message_has_an_address_for_people_until_it_is_deleted(
    slack: Slack, messenger: SlackMessenger
) -> None:
    root = await post(messenger, slack, slack.general)
    reply = await post(messenger, slack, slack.general, ids=(2,), thread_ts=root.ts)

    async def link(posted: Posted) -> str | None:
        return await messenger.permalink(
            workspace_id=slack.workspace.id, channel=posted.channel, ts=posted.ts
        )

    assert await link(root) == f"{slack.server.url}/archives/{root.channel}/p{root.ts.replace('.', '')}"
    assert f"thread_ts={root.ts}" in (await link(reply) or "")
    await slack.delivering().chat_delete(channel=root.channel, ts=root.ts)
    assert await link(root) is None
    assert await link(Posted(channel="C0NOWHERE", ts=root.ts)) is None
    slack.playground.faults.fail("chat.getPermalink", status=503)
    with pytest.raises(TemporaryFailure):
        await link(reply)


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
    posted = await messenger.post(**where, announcement=announcement("outlier"), delivery_ids=(7,))
    dm = await slack.alice.dm()
    assert [(each.channel, each.ts) for each in slack.posts(dm)] == [(posted.channel, posted.ts)]
    assert await messenger.find(**where, delivery_ids=(7, 8), since=since) == {7: posted}
    await update(messenger, slack, posted, announcement("outlier", value=0.1))
    assert shown(slack, posted).text.startswith("📉")


async def test_a_picture_that_comes_late_follows_into_the_direct_message(slack: Slack) -> None:
    slack.playground.timings = replace(QUICK, file_processing=0.3)
    messenger = messenger_of(slack, soon=(), later=(0.4, 0.4))
    try:
        posted = await messenger.post(
            workspace_id=slack.workspace.id,
            address=f"dm:{slack.alice.user_id}",
            announcement=with_chart(),
            delivery_ids=(1,),
        )
        await slack.alice.wait_for(lambda: image_of(shown(slack, posted)))
    finally:
        await messenger.close()
