"""The page's own files, and those that were uploaded to the playground."""

from pathlib import Path

from aiohttp import web

from bot.playground.nouns import File
from bot.playground.page.visit import Site, Visit, visit_of

STATIC = Path(__file__).parent / "static"
TYPES = {
    "consent.css": "text/css",
    "page.css": "text/css",
    "icon.svg": "image/svg+xml",
    **{path.name: "text/javascript" for path in STATIC.glob("*.js")},
}


async def static(site: Site, request: web.Request) -> web.StreamResponse:
    name = request.match_info["name"]
    if name not in TYPES:
        raise web.HTTPNotFound(text="There is no such file.")
    headers = {"Content-Type": f"{TYPES[name]}; charset=utf-8", "Cache-Control": "no-cache"}
    return web.FileResponse(STATIC / name, headers=headers)


async def uploaded(site: Site, request: web.Request) -> web.StreamResponse:
    """A file that was uploaded; anything but a picture is downloaded, never shown as a page."""
    visit = visit_of(site, request)
    file = site.playground.files.get(request.match_info["file"])
    if file is None or not _is_here(visit, file) or file.deleted or file.content is None:
        raise web.HTTPNotFound(text="There is no such file.")
    is_picture = file.mimetype in ("image/png", "image/jpeg", "image/gif", "image/webp")
    headers = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}
    if not is_picture:
        headers["Content-Disposition"] = "attachment"
    kind = file.mimetype if is_picture else "application/octet-stream"
    return web.Response(body=file.content, content_type=kind, headers=headers)


def _is_here(visit: Visit, file: File) -> bool:
    """Whether it is the workspace's own, or came in by a channel that is shared with it."""
    rooms = (visit.playground.channels[each] for each in file.channels)
    return file.workspace_id == visit.workspace.id or any(visit.workspace.id in each.teams for each in rooms)
