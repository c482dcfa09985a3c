"""Nouns as the JSON objects that Slack's Web API and events carry."""

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.playground.nouns import SLACKBOT, Channel, File, Installation, Json, Message, User, View, Workspace

if TYPE_CHECKING:
    from bot.playground.state import Playground


def team(workspace: Workspace) -> Json:
    return {
        "id": workspace.id,
        "name": workspace.name,
        "domain": workspace.domain,
        "url": f"https://{workspace.domain}.slack.com/",
        "email_domain": "",
        "icon": {"image_default": True},
    }


def user(found: User, now: float, *, with_email: bool) -> Json:
    profile: Json = {
        "real_name": found.real_name,
        "display_name": found.name,
        "real_name_normalized": found.real_name,
        "display_name_normalized": found.name,
        "first_name": found.real_name.split(" ")[0],
        "avatar_hash": hashlib.md5(found.id.encode(), usedforsecurity=False).hexdigest()[:12],
        "team": found.workspace_id,
    }
    if with_email and not found.is_bot:
        profile["email"] = found.email
    if found.is_bot:
        profile |= {"bot_id": found.bot_id, "api_app_id": found.app_id}
    offset = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(found.tz)).utcoffset()
    return {
        "id": found.id,
        "team_id": found.workspace_id,
        "name": found.name,
        "deleted": found.deleted,
        "color": found.colour.lstrip("#"),
        "real_name": found.real_name,
        "tz": found.tz,
        "tz_label": found.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": profile,
        "is_admin": found.is_admin,
        "is_owner": found.is_owner,
        "is_primary_owner": found.is_primary_owner,
        "is_restricted": found.is_restricted,
        "is_ultra_restricted": found.is_ultra_restricted,
        "is_bot": found.is_bot,
        "is_app_user": False,
        "updated": found.updated,
    }


#: what an app is not told about people of other workspaces
_HOME_ONLY = ("is_admin", "is_owner", "is_primary_owner", "is_restricted", "is_ultra_restricted")


def external_user(found: User, now: float) -> Json:
    """Somebody who is seen only because a Slack Connect channel is shared with another workspace."""
    shown = user(found, now, with_email=False)
    return {key: value for key, value in shown.items() if key not in _HOME_ONLY} | {"is_stranger": True}


def stranger(playground: "Playground", user_id: str | None, workspace_id: str) -> Json:
    """What a message adds about an author who is not of this workspace; empty for all others."""
    found = playground.users.get(user_id or "")
    if found is None or found.workspace_id in ("", workspace_id):
        return {}
    profile = user(found, playground.now(), with_email=False)["profile"]
    named = ("avatar_hash", "first_name", "real_name", "display_name", "team")
    return {
        "user_team": found.workspace_id,
        "source_team": found.workspace_id,
        "user_profile": {key: profile[key] for key in named} | {"name": found.name},
    }


def channel(found: Channel, viewer: Installation) -> Json:
    """As the bot of this installation sees it."""
    bot, team = viewer.bot_user_id, viewer.workspace_id
    shared: Json = {
        "id": found.id,
        "created": found.created,
        "is_im": found.is_im,
        "is_org_shared": False,
        "is_ext_shared": found.is_ext_shared,
        "is_shared": found.is_ext_shared,
        "is_archived": found.is_archived,
        "context_team_id": team,
        "updated": found.created * 1000,
    }
    if found.is_im:
        others = sorted(found.members - {bot})
        return shared | {"user": others[0] if others else bot, "is_user_deleted": False, "priority": 0}
    return shared | {
        "name": found.name,
        "name_normalized": found.name,
        "is_channel": not found.is_private,
        "is_group": False,
        "is_mpim": False,
        "is_private": found.is_private,
        "is_general": found.name == "general",
        "is_member": bot in found.members,
        "is_pending_ext_shared": False,
        "conversation_host_id": found.workspace_id,
        "shared_team_ids": found.teams,
        "internal_team_ids": [team],
        "connected_team_ids": [each for each in found.teams if each != team],
        "pending_shared": [],
        "pending_connected_team_ids": [],
        "creator": found.creator,
        "topic": {"value": found.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(found.members),
    }


def message(playground: "Playground", found: Message, *, with_metadata: bool = False) -> Json:
    if found.deleted:
        return _tombstone(found) | _thread(playground, found)
    team = playground.home_of(found)
    result: Json = {"type": "message", "ts": found.ts, "text": found.text, "team": team}
    optional: Json = {
        "user": found.user,
        "subtype": found.subtype,
        "client_msg_id": found.client_msg_id,
        "username": found.username,
        "blocks": found.blocks,
        "attachments": found.attachments,
        "thread_ts": found.thread_ts,
        "edited": found.edited and {"user": found.edited.user, "ts": found.edited.ts},
        "metadata": found.metadata if with_metadata else None,
        "files": [file(playground, playground.files[each]) for each in found.files],
        "reactions": [
            {"name": name, "users": list(users), "count": len(users)}
            for name, users in found.reactions.items()
        ],
    }
    result |= {key: value for key, value in optional.items() if value}
    if found.is_streaming:
        result["streaming_state"] = "in_progress"
    return result | _sender(playground, found) | _thread(playground, found)


def _tombstone(found: Message) -> Json:
    """What is left of a deleted message that has replies."""
    return {
        "type": "message",
        "subtype": "tombstone",
        "hidden": True,
        "user": SLACKBOT,
        "text": "This message was deleted.",
        "ts": found.ts,
    }


def _sender(playground: "Playground", found: Message) -> Json:
    if found.bot_id is None or found.app_id is None:
        return {}
    app = playground.apps[found.app_id]
    profile = {
        "id": found.bot_id,
        "app_id": app.id,
        "user_id": found.user,
        "name": app.name,
        "team_id": playground.home_of(found),
        "deleted": False,
        "updated": 0,
    }
    return {"bot_id": found.bot_id, "app_id": app.id, "bot_profile": profile}


def _thread(playground: "Playground", found: Message) -> Json:
    replies = [] if found.is_reply else playground.replies(found.channel, found.ts)
    if not replies:
        return {}
    repliers = list(dict.fromkeys(each.user or each.bot_id for each in replies))
    return {
        "thread_ts": found.ts,
        "reply_count": len(replies),
        "reply_users_count": len(repliers),
        "reply_users": repliers[:5],
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": True,
    }


def file(playground: "Playground", found: File) -> Json:
    is_ready = found.ready_at is not None and found.ready_at <= playground.now()
    url = f"{playground.origin}/files-pri/{found.workspace_id}-{found.id}/{found.name}"
    return {
        "id": found.id,
        "created": found.created,
        "timestamp": found.created,
        "name": found.name,
        "title": found.title,
        "alt_txt": found.alt_text,
        #: an unprocessed file has no type yet; this is how an app tells
        "mimetype": found.mimetype if is_ready else "",
        "filetype": found.name.rpartition(".")[2] if is_ready else "",
        "user": found.user,
        "user_team": found.workspace_id,
        "size": found.length,
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "url_private": url,
        "url_private_download": url,
        "permalink": url,
        "channels": [each for each in found.channels if each.startswith("C")],
        "groups": [],
        "ims": [each for each in found.channels if each.startswith("D")],
    }


def view(playground: "Playground", found: View) -> Json:
    app = playground.apps[found.app_id]
    return {
        "id": found.id,
        "team_id": playground.users[found.user_id].workspace_id,
        "type": found.type,
        "blocks": found.blocks,
        "private_metadata": found.private_metadata,
        "callback_id": found.callback_id,
        "state": {"values": found.state},
        "hash": found.hash,
        "title": found.title,
        "clear_on_close": found.clear_on_close,
        "notify_on_close": found.notify_on_close,
        "close": found.close,
        "submit": found.submit,
        "previous_view_id": found.previous_view_id,
        "root_view_id": found.root_view_id,
        "app_id": app.id,
        "external_id": found.external_id,
        "app_installed_team_id": found.workspace_id,
        "bot_id": app.installations[found.workspace_id].bot_id,
    }
