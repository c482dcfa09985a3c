"""Files on their way to Slack."""

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

TITLE, ALT = 200, 1000


async def upload(
    client: AsyncWebClient,
    filename: str,
    content: bytes,
    *,
    title: str,
    alt: str = "",
    channel: str = "",
    thread_ts: str = "",
) -> str:
    """Slack's id of the file, which is shared in the thread if there is one. Raises what slack_sdk raises."""
    place = await client.files_getUploadURLExternal(
        filename=filename, length=len(content), alt_txt=alt[:ALT] or None
    )
    assert client.session is not None
    async with client.session.post(place["upload_url"], data=content, proxy=client.proxy) as answer:
        answer.raise_for_status()
    file_id = str(place["file_id"])
    where: dict[str, Any] = {"channel_id": channel, "thread_ts": thread_ts} if channel else {}
    await client.files_completeUploadExternal(files=[{"id": file_id, "title": title[:TITLE]}], **where)
    return file_id
