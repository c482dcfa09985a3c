from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError

from tests.bot.playground.conftest import Slack

PNG = b"\x89PNG not really"


def _image(file_id: str) -> list[dict[str, Any]]:
    return [{"type": "image", "slack_file": {"id": file_id}, "alt_text": "a chart"}]


async def _uploaded(slack: Slack) -> str:
    answer = await slack.client.files_upload_v2(filename="chart.png", content=PNG, title="Chart")
    return str(answer["file"]["id"])


async def test_a_file_uploaded_without_a_channel_can_be_shown_once_processed(slack: Slack) -> None:
    slack.clock.stop()
    file_id = await _uploaded(slack)
    where: dict[str, Any] = {"channel": slack.general.id, "text": "chart", "blocks": _image(file_id)}
    with pytest.raises(SlackApiError) as refused:
        await slack.client.chat_postMessage(**where)
    assert refused.value.response["response_metadata"]["messages"] == [
        "[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]"
    ]
    slack.clock.advance(1)
    assert (await slack.client.chat_postMessage(**where))["ok"]
    assert (await slack.client.files_info(file=file_id))["file"]["mimetype"] == "image/png"


async def test_processing_is_published_when_it_ends(slack: Slack) -> None:
    file_id = await _uploaded(slack)
    ready_at = slack.playground.files[file_id].ready_at

    def is_ready() -> bool:
        return ready_at is not None and ready_at <= slack.playground.now()

    assert await slack.alice.wait_for(is_ready)


async def test_a_file_can_be_shared_into_a_thread(slack: Slack) -> None:
    said = await slack.alice.say(slack.general.id, "show me")
    await slack.client.files_upload_v2(
        filename="chart.png",
        content=PNG,
        channel=slack.general.id,
        thread_ts=said.ts,
        initial_comment="Here it is",
    )
    message = slack.alice.messages(slack.general.id, said.ts)[-1]
    assert message.text == "Here it is"
    assert slack.playground.files[message.files[0]].content == PNG


async def test_sharing_is_refused_where_posting_would_be(slack: Slack) -> None:
    other = slack.channel("other", with_bot=False)
    with pytest.raises(SlackApiError, match="not_in_channel"):
        await slack.client.files_upload_v2(filename="a.txt", content="x", channel=other.id)


async def test_what_was_not_uploaded_cannot_be_completed(slack: Slack) -> None:
    url = await slack.client.files_getUploadURLExternal(filename="a.txt", length=3)
    with pytest.raises(SlackApiError, match="file_not_found"):
        await slack.client.files_completeUploadExternal(files=[{"id": url["file_id"], "title": "a"}])


async def test_a_failing_upload_is_an_error_of_the_sdk(slack: Slack) -> None:
    slack.playground.faults.fail("upload", status=500)
    with pytest.raises(SlackRequestError, match="500"):
        await _uploaded(slack)


async def test_a_file_is_downloaded_with_the_bots_token_only(slack: Slack) -> None:
    file_id = await _uploaded(slack)
    url = (await slack.client.files_info(file=file_id))["file"]["url_private"]
    async with aiohttp.ClientSession() as session:
        assert (await session.get(url)).status == 403
        answer = await session.get(url, headers={"Authorization": f"Bearer {slack.token}"})
        assert await answer.read() == PNG


async def test_a_deleted_file_is_gone(slack: Slack) -> None:
    file_id = await _uploaded(slack)
    await slack.client.files_delete(file=file_id)
    with pytest.raises(SlackApiError, match="file_not_found"):
        await slack.client.files_info(file=file_id)
