"""Whole pages, and the parts of them that the script asks for again when something changed."""

from typing import Any

from aiohttp import web
from markupsafe import Markup

from bot.playground.nouns import App, Channel, View
from bot.playground.page.entries import entries_of
from bot.playground.page.frame import faces_of, people_links, typing_aids, user_face, workspace_links
from bot.playground.page.render import render
from bot.playground.page.rooms import sidebar_of
from bot.playground.page.visit import Site, Visit, people_of, visit_of

SECURITY = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' https: http: data:; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}


async def front(site: Site, request: web.Request) -> web.StreamResponse:
    """The first workspace, as the first of its people."""
    for workspace in site.playground.workspaces.values():
        for user in people_of(site.playground, workspace):
            raise web.HTTPFound(f"/w/{workspace.id}/u/{user.id}")
    return web.Response(
        text=render("missing.html", reason="No workspace has been made yet."), content_type="text/html"
    )


async def workspace_front(site: Site, request: web.Request) -> web.StreamResponse:
    """The oldest channel that the person is in, else the first app or person."""
    visit = visit_of(site, request)
    for channel in visit.person.channels():
        if not channel.is_im and not channel.is_archived:
            raise web.HTTPFound(visit.reader.channel_url(channel.id))
    rooms = sidebar_of(visit, "")
    for room in [*rooms.apps, *rooms.people]:
        raise web.HTTPFound(room.url)
    raise web.HTTPNotFound(text="There is nothing in this workspace yet.")


async def channel_page(site: Site, request: web.Request) -> web.StreamResponse:
    visit = visit_of(site, request)
    channel = visit.channel(request.match_info["channel"])
    app = visit.app_of_dm(channel)
    thread_ts = request.match_info.get("ts")
    visit.site.marks.mark_read(visit.person, channel.id)
    context = {**conversation_context(visit, channel), **thread_context(visit, channel, thread_ts)}
    return page(visit, channel=channel, app=app, tab="messages" if app else "", context=context)


async def app_page(site: Site, request: web.Request) -> web.StreamResponse:
    visit = visit_of(site, request)
    app = visit.app(request.match_info["app"])
    tab = request.match_info["tab"]
    channel = await visit.person.dm(app)
    if tab == "messages" or (tab == "home" and not app.has_home):
        raise web.HTTPFound(visit.reader.channel_url(channel.id))
    context = {"home": visit.person.home(app), "thread_ts": None}
    return page(visit, channel=channel, app=app, tab=tab, context=context)


async def dm_page(site: Site, request: web.Request) -> web.StreamResponse:
    """The direct conversation with someone, begun where there was none."""
    visit = visit_of(site, request)
    other = site.playground.users.get(request.match_info["other"])
    if other is None or other.workspace_id != visit.workspace.id:
        raise web.HTTPNotFound(text="There is no such person here.")
    channel = site.playground.dm(visit.workspace.id, visit.user.id, other.id)
    raise web.HTTPFound(visit.reader.channel_url(channel.id))


# --- parts


async def sidebar_part(site: Site, request: web.Request) -> web.StreamResponse:
    visit = visit_of(site, request)
    sidebar = sidebar_of(visit, request.query.get("current", ""))
    return part("sidebar.html", visit, sidebar=sidebar, faces=faces_of(sidebar))


async def conversation_part(site: Site, request: web.Request) -> web.StreamResponse:
    visit = visit_of(site, request)
    channel = visit.channel(request.match_info["channel"])
    visit.site.marks.mark_read(visit.person, channel.id)
    return part("conversation.html", visit, **conversation_context(visit, channel))


async def thread_part(site: Site, request: web.Request) -> web.StreamResponse:
    """The messages of a thread, or the whole pane where `pane` is asked for."""
    visit = visit_of(site, request)
    channel = visit.channel(request.match_info["channel"])
    context = thread_context(visit, channel, request.match_info["ts"])
    if "pane" not in request.query:
        return web.Response(text=context["thread_html"], content_type="text/html", headers=SECURITY)
    return part("thread.html", visit, **context, **room_context(visit, channel))


async def home_part(site: Site, request: web.Request) -> web.StreamResponse:
    visit = visit_of(site, request)
    app = visit.app(request.match_info["app"])
    return part("home.html", visit, app=app, home=visit.person.home(app))


async def modal_part(site: Site, request: web.Request) -> web.StreamResponse:
    visit = visit_of(site, request)
    return part("modal.html", visit, **modal_context(visit))


def part(template: str, visit: Visit, **context: Any) -> web.Response:
    html = render(template, visit=visit, reader=visit.reader, **context)
    return web.Response(text=html, content_type="text/html", headers=SECURITY)


# --- what the templates are given


def page(
    visit: Visit, *, channel: Channel, app: App | None, tab: str, context: dict[str, Any]
) -> web.Response:
    sidebar = sidebar_of(visit, app.id if app else channel.id)
    return part(
        "page.html",
        visit,
        app=app,
        tab=tab,
        sidebar=sidebar,
        faces=faces_of(sidebar),
        me=user_face(visit.user),
        title=visit.room_name(channel),
        workspaces=workspace_links(visit),
        people=people_links(visit),
        typing_aids=typing_aids(visit),
        **room_context(visit, channel),
        **modal_context(visit),
        **context,
    )


def room_context(visit: Visit, channel: Channel) -> dict[str, Any]:
    members = [user_face(visit.playground.users[each]) for each in sorted(channel.members)]
    return {
        "channel": channel,
        "name": visit.room_name(channel),
        "other": user_face(visit.other(channel)) if channel.is_im else None,
        "companies": companies_of(visit, channel),
        "members": sorted(members, key=lambda each: each.name),
        "is_member": visit.user.id in channel.members,
    }


def companies_of(visit: Visit, channel: Channel) -> list[str]:
    """The other workspaces that the channel is shared with."""
    return [visit.playground.workspaces[each].name for each in channel.teams if each != visit.workspace.id]


def conversation_context(visit: Visit, channel: Channel) -> dict[str, Any]:
    messages = visit.person.messages(channel.id)
    app = visit.app_of_dm(channel)
    entries = entries_of(visit, messages)
    return {
        "entries": entries,
        "in_thread": False,
        "opening": opening(visit, channel, app) if len(entries) == len(messages) else None,
        "status": None,
        "prompts": visit.person.suggested_prompts(channel.id) if app and not messages else None,
    }


def opening(visit: Visit, channel: Channel, app: App | None) -> Markup:
    description = app.description if app else ""
    context = {**room_context(visit, channel), "description": description}
    return render("opening.html", visit=visit, **context)


def thread_context(visit: Visit, channel: Channel, thread_ts: str | None) -> dict[str, Any]:
    if thread_ts is None:
        return {"thread_ts": None}
    messages = visit.person.messages(channel.id, thread_ts)
    html = render(
        "conversation.html",
        visit=visit,
        entries=entries_of(visit, messages, in_thread=True),
        in_thread=True,
        opening=None,
        status=visit.status(channel.id, thread_ts),
        prompts=None,
    )
    return {"thread_ts": thread_ts, "thread_html": html}


def modal_context(visit: Visit) -> dict[str, Any]:
    modal = visit.person.open_modal()
    author = None
    if modal:
        bot = visit.playground.apps[modal.app_id].installations[modal.workspace_id].bot_user_id
        author = user_face(visit.playground.users[bot])
    return {"modal": modal, "modal_author": author, "modal_depth": modal_depth(visit, modal)}


def modal_depth(visit: Visit, modal: View | None) -> int:
    return len(visit.playground.modals.get(visit.user.id, [])) if modal else 0
