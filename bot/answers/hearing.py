"""What a message event says, out of Slack's own notation."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from houston.agent.conversations.conversation import Heard

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
CHANNEL = re.compile(r"<#[CG][A-Z0-9]+\|([^>]*)>")
LABELLED_LINK = re.compile(r"<(?:https?|mailto|tel):[^|>]*\|([^>]*)>")
BARE_LINK = re.compile(r"<((?:https?|mailto|tel):[^|>]*)>")

SPOKEN = frozenset({None, "file_share", "thread_broadcast", "me_message"})
"""The subtypes in which a person says something; edits and deletions are not."""

TOMBSTONE = "tombstone"
"""What a deleted message with replies is changed to."""

STOPS = frozenset({"stop", "cancel", "stop it", "stop please", "please stop", "cancel that"})

Body = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Gone:
    """A message that somebody deleted, and the root of its thread."""

    channel: str
    ts: str
    thread_ts: str


def words(text: str, bot_user_id: str | None) -> str:
    """The text as it was typed, without the mention of Houston."""
    text = MENTION.sub(lambda found: "" if found[1] == bot_user_id else found[0], text)
    text = CHANNEL.sub(r"#\1", text)
    text = LABELLED_LINK.sub(r"\1", text)
    return html.unescape(BARE_LINK.sub(r"\1", text)).strip()


def heard(event: Body, workspace_id: str, bot_user_id: str | None) -> Heard:
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


def mentions(event: Body, bot_user_id: str | None) -> bool:
    return bot_user_id in MENTION.findall(event.get("text") or "")


def asks_to_stop(text: str) -> bool:
    """`text` as it was typed: `Stop.`, `cancel`."""
    return " ".join(text.split()).strip(" .!…").casefold() in STOPS


def reworded(event: Body) -> dict[str, Any] | None:
    """The message of a `message_changed`, as if it had just been said; None for what its author did not
    word anew: a link that was unfurled, a reply that was counted, an app's message, another's edit."""
    message, before = event.get("message") or {}, event.get("previous_message") or {}
    edited = message.get("edited") or {}
    is_ours_to_hear = message.get("subtype") in SPOKEN and not message.get("bot_id")
    if not is_ours_to_hear or not edited.get("ts") or edited.get("user") != message.get("user"):
        return None
    if message.get("text") == before.get("text"):
        return None
    return {**message, "channel": event["channel"], "channel_type": event.get("channel_type")}


def gone(event: Body) -> Gone | None:
    """What a `message_deleted`, or the tombstone of a `message_changed`, took away."""
    before = event.get("previous_message") or {}
    is_tombstone = (event.get("message") or {}).get("subtype") == TOMBSTONE
    ts = event["message"]["ts"] if is_tombstone else event.get("deleted_ts")
    if not ts or before.get("bot_id"):
        return None
    return Gone(channel=event["channel"], ts=ts, thread_ts=before.get("thread_ts") or ts)
