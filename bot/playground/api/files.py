"""files.*: ask for a URL, send the bytes there, complete; a little later the file may be shown."""

import asyncio
import mimetypes

from bot.playground import messages, payloads
from bot.playground.api import outgoing
from bot.playground.api.call import Call, Method, Refusal
from bot.playground.nouns import Channel, File, Json


def upload_url(call: Call) -> Json:
    name = call.text("filename")
    file = File(
        id=call.playground.ids.new("F"),
        workspace_id=call.workspace.id,
        user=call.bot.bot_user_id,
        name=name,
        title=name,
        length=call.number("length", 0, most=1_000_000_000),
        alt_text=call.optional("alt_txt") or "",
        mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
        created=int(call.playground.now()),
    )
    call.playground.files[file.id] = file
    return {
        "upload_url": f"{call.playground.origin}/upload/v1/{file.id}/{call.playground.ids.secret(24)}",
        "file_id": file.id,
    }


def complete(call: Call) -> Json:
    entries = call.structure("files")
    if not isinstance(entries, list) or not entries:
        raise Refusal("invalid_arguments", "[ERROR] missing required field: files")
    files = [_uploaded(call, entry) for entry in entries]
    rooms = _rooms(call)
    for file, entry in zip(files, entries, strict=True):
        file.title = str(entry.get("title") or file.name)
        _process(call, file)
    for room in rooms:
        _share(call, room, files)
    return {"files": [payloads.file(call.playground, file) for file in files]}


def info(call: Call) -> Json:
    return {"file": payloads.file(call.playground, _named(call)), "comments": []}


def delete(call: Call) -> Json:
    file = _named(call)
    if file.user != call.bot.bot_user_id:
        raise Refusal("cant_delete_file")
    file.deleted = True
    call.playground.changes.publish("file", file.workspace_id)
    return {}


def _uploaded(call: Call, entry: object) -> File:
    file_id = entry.get("id") if isinstance(entry, dict) else None
    file = call.playground.files.get(str(file_id))
    if file is None or file.user != call.bot.bot_user_id or file.content is None:
        raise Refusal("file_not_found")
    return file


def _rooms(call: Call) -> list[Channel]:
    names = [call.optional("channel_id"), *(call.optional("channels") or "").split(",")]
    rooms = []
    for name in filter(None, names):
        room = call.playground.channels.get(name)
        if room is None or call.workspace.id not in room.teams or not call.knows(room):
            raise Refusal("channel_not_found")
        if call.bot.bot_user_id not in room.members:
            raise Refusal("not_in_channel")
        if room.is_archived:
            raise Refusal("is_archived")
        rooms.append(room)
    return rooms


def _process(call: Call, file: File) -> None:
    """Slack looks at a file for a while before a block may show it."""
    playground = call.playground
    delay = playground.timings.file_processing
    file.ready_at = playground.now() + delay
    told_at = delay + 0.01  # the loop's clock is not the playground's
    asyncio.get_running_loop().call_later(told_at, playground.changes.publish, "file", file.workspace_id)


def _share(call: Call, room: Channel, files: list[File]) -> None:
    for file in files:
        file.channels.append(room.id)
    messages.post(
        call.playground,
        room,
        text=call.optional("initial_comment") or "",
        thread_ts=outgoing.thread_of(call),
        files=[file.id for file in files],
        **outgoing.sender(call),
    )


def _named(call: Call) -> File:
    file = call.playground.files.get(call.text("file"))
    if file is None or file.deleted or file.workspace_id != call.workspace.id:
        raise Refusal("file_not_found")
    return file


_WRITE = ("files:write",)
METHODS = {
    "files.getUploadURLExternal": Method(answer=upload_url, scopes=_WRITE, tier=4),
    "files.completeUploadExternal": Method(answer=complete, scopes=_WRITE, tier=4),
    "files.info": Method(answer=info, scopes=("files:read",), tier=4),
    "files.delete": Method(answer=delete, scopes=_WRITE),
}
