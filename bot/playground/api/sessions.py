"""assistant.threads.* and agents.sessions.*: what the app says about a thread it works in."""

from typing import Literal, cast

from bot.playground.api import outgoing
from bot.playground.api.call import Call, Method, Refusal
from bot.playground.nouns import Channel, Json, Status, SuggestedPrompts

_SESSIONS = ("processing", "active", "suspended", "closed")
_MOST_PROMPTS = 4
_TITLE_LIMIT = 200


def set_status(call: Call) -> Json:
    room = outgoing.writable_room(call, "channel_id")
    thread_ts = call.text("thread_ts")
    loading = call.structure("loading_messages") or []
    if not isinstance(loading, list) or len(loading) > 10:
        raise Refusal("invalid_arguments", "[ERROR] no more than 10 loading_messages allowed")
    call.playground.statuses[(room.id, thread_ts)] = Status(
        text=call.optional("status") or "",
        loading_messages=tuple(str(each) for each in loading),
        expires_at=call.playground.now() + call.playground.timings.status_life,
    )
    _publish_status(call, room.id, thread_ts)
    return {}


def set_title(call: Call) -> Json:
    room = call.joined_room("channel_id")
    call.playground.titles[(room.id, call.text("thread_ts"))] = _title(call)
    return {}


def set_suggested_prompts(call: Call) -> Json:
    room = call.joined_room("channel_id")
    prompts = call.structure("prompts")
    if not room.is_im or not isinstance(prompts, list) or not 0 < len(prompts) <= _MOST_PROMPTS:
        raise Refusal("invalid_arguments", f"[ERROR] 1 to {_MOST_PROMPTS} prompts, in a direct conversation")
    if not all(isinstance(each, dict) and each.get("title") and each.get("message") for each in prompts):
        raise Refusal("invalid_arguments", "[ERROR] each prompt needs title and message")
    call.playground.prompts[room.id] = SuggestedPrompts(title=call.optional("title"), prompts=tuple(prompts))
    call.playground.changes.publish("prompts", room.workspace_id, channel=room.id)
    return {}


def set_session_status(call: Call) -> Json:
    room = outgoing.writable_room(call, "channel_id")
    thread_ts = call.optional("thread_ts") or ""
    if call.optional("title"):
        call.playground.titles[(room.id, thread_ts)] = _title(call)
    set_session(call, room.id, thread_ts, call.text("status"))
    return {"session": {"status": call.text("status")}}


def rename(call: Call) -> Json:
    room = _joined(call)
    call.playground.titles[(room.id, call.optional("thread_ts") or "")] = _title(call)
    return {}


def set_session(call: Call, channel_id: str, thread_ts: str, session: str) -> None:
    """Sessions and statuses share one place on the screen."""
    if session not in _SESSIONS:
        raise Refusal("invalid_arguments", f"[ERROR] status must be one of {', '.join(_SESSIONS)}")
    is_busy = session == "processing"
    call.playground.statuses[(channel_id, thread_ts)] = Status(
        text="is working…" if is_busy else "",
        expires_at=call.playground.now() + call.playground.timings.status_life,
        session=cast(Literal["processing", "active", "suspended", "closed"], session),
    )
    _publish_status(call, channel_id, thread_ts)


def _joined(call: Call) -> Channel:
    return call.joined_room("channel_id")


def _title(call: Call) -> str:
    title = call.text("title")
    if len(title) > _TITLE_LIMIT:
        raise Refusal("invalid_arguments", f"[ERROR] title must be less than {_TITLE_LIMIT + 1} characters")
    return title


def _publish_status(call: Call, channel_id: str, thread_ts: str) -> None:
    call.playground.changes.publish("status", call.workspace.id, channel=channel_id, thread_ts=thread_ts)


_ASSISTANT = ("assistant:write",)
_EITHER = ("assistant:write", "chat:write")
METHODS = {
    "assistant.threads.setStatus": Method(answer=set_status, scopes=_EITHER, tier=None),
    "assistant.threads.setTitle": Method(answer=set_title, scopes=_ASSISTANT),
    "assistant.threads.setSuggestedPrompts": Method(answer=set_suggested_prompts, scopes=_ASSISTANT),
    "agents.sessions.setStatus": Method(answer=set_session_status, scopes=_EITHER),
    "agents.sessions.rename": Method(answer=rename, scopes=_EITHER),
}
