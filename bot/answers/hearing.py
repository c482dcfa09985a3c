"""What a message event says, out of Slack's own notation."""

import html
import re
from typing import Any

from houston.agent.conversation import Heard

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
CHANNEL = re.compile(r"<#[CG][A-Z0-9]+\|([^>]*)>")
LABELLED_LINK = re.compile(r"<(?:https?|mailto|tel):[^|>]*\|([^>]*)>")
BARE_LINK = re.compile(r"<((?:https?|mailto|tel):[^|>]*)>")

SPOKEN = frozenset({None, "file_share", "thread_broadcast", "me_message"})
"""The subtypes in which a person says something; edits and deletions are not."""


def words(text: str, bot_user_id: str | None) -> str:
    """The text as it was typed, without the mention of Houston."""
    text = MENTION.sub(lambda found: "" if found[1] == bot_user_id else found[0], text)
    text = CHANNEL.sub(r"#\1", text)
    text = LABELLED_LINK.sub(r"\1", text)
    return html.unescape(BARE_LINK.sub(r"\1", text)).strip()


def heard(event: dict[str, Any], workspace_id: str, bot_user_id: str | None) -> Heard:
    mentioned = set(MENTION.findall(event.get("text") or ""))
    return Heard(
        workspace_id=workspace_id,
        channel=event["channel"],
        channel_kind="dm" if event.get("channel_type") == "im" else "channel",
        thread_ts=event.get("thread_ts"),
        ts=event["ts"],
        user_id=event.get("user") or "",
        is_bot=bool(event.get("bot_id")) or not event.get("user"),
        mentions_houston=bot_user_id in mentioned,
        mentions_others=bool(mentioned - {bot_user_id}),
    )
