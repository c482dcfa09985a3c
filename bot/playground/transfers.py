"""The bytes of files, in and out."""

from aiohttp import web

from bot.playground import misbehaving, tokens
from bot.playground.state import Playground


async def upload(playground: Playground, request: web.Request) -> web.StreamResponse:
    """Takes the bytes raw, or as the file of a multipart form."""
    content = await _content(request)

    async def work() -> web.Response:
        file = playground.files.get(request.match_info["file"])
        if file is None or file.content is not None:
            return web.Response(status=404, text="not found")
        if len(content) != file.length:
            return web.Response(status=400, text=f"expected {file.length} bytes, got {len(content)}")
        file.content = content
        return web.Response(text=f"OK - {len(content)}")

    return await misbehaving.answer(playground, request, "upload", None, work)


async def _content(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    for value in (await request.post()).values():
        if isinstance(value, web.FileField):
            return value.file.read()
    return b""


async def download(playground: Playground, request: web.Request) -> web.Response:
    """To a bot of the workspace that may read files."""
    workspace_id, _, file_id = request.match_info["reference"].partition("-")
    file = playground.files.get(file_id)
    if file is None or file.workspace_id != workspace_id or file.deleted or file.content is None:
        return web.Response(status=404, text="file_not_found")
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if _may_read(playground, token, workspace_id):
        return web.Response(body=file.content, content_type=file.mimetype)
    return web.Response(status=403, text="not_authed")


def _may_read(playground: Playground, token: str, workspace_id: str) -> bool:
    found = tokens.find(playground, token)
    if found is None or found[1].problem(playground.now()) or found[1].workspace_id != workspace_id:
        return False
    return "files:read" in found[0].installations[workspace_id].scopes
