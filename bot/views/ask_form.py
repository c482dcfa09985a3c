"""The modal in which somebody asks about a message. Its ids live in open views: they stay."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.views.blocks import View, field_block, plain
from bot.views.filled import Values, written
from bot.views.text import cut

SHORTCUT, CALLBACK, QUESTION = "ask_about_message", "ask_form", "question"
PREFILLED = "What is this about?"
LONGEST_QUESTION, LONGEST_TEXT = 2000, 1000
"""Slack keeps 3,000 characters with a view, escaped as JSON."""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """The message that is asked about; kept in the view while it is open.

    `user` is Slack's id of its author, `app` the name of the app that wrote it.
    """

    channel: str
    ts: str
    thread_ts: str
    response_url: str
    text: str = ""
    user: str = ""
    app: str = ""

    def as_text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    def as_message(self) -> dict[str, Any]:
        """As Slack has messages."""
        return {"ts": self.ts, "text": self.text, "user": self.user, "username": self.app}

    @classmethod
    def of(cls, body: Mapping[str, Any], text: str) -> "Origin":
        """Of the shortcut's payload; `text` is what its message says."""
        message = body["message"]
        app = (message.get("bot_profile") or {}).get("name") or message.get("username")
        return cls(
            channel=body["channel"]["id"],
            ts=message["ts"],
            thread_ts=message.get("thread_ts") or message["ts"],
            response_url=body["response_url"],
            text=cut(text, LONGEST_TEXT),
            user=message.get("user") or "",
            app=cut(str(app or ""), 80),
        )

    @classmethod
    def from_text(cls, text: str) -> "Origin":
        return cls(**json.loads(text))


def form(origin: Origin) -> View:
    element = {
        "type": "plain_text_input",
        "action_id": QUESTION,
        "multiline": True,
        "initial_value": PREFILLED,
        "max_length": LONGEST_QUESTION,
        "focus_on_load": True,
    }
    hint = plain("The answer comes in the message's thread, or to you alone where I am not there.")
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": origin.as_text(),
        "title": plain("Ask Houston", 24),
        "submit": plain("Ask", 24),
        "close": plain("Cancel", 24),
        "blocks": [field_block(QUESTION, "Your question about this message", element, hint=hint)],
    }


def question(values: Values) -> str:
    return written(values, QUESTION) or PREFILLED
