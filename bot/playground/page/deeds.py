"""What a person does on the page: each posts a little JSON and is answered with what came of it."""

import re
from typing import Any

from aiohttp import web

from bot.playground.nouns import App, Message, NotAllowed, View
from bot.playground.page.visit import Site, Visit, shown_name, visit_of
from bot.playground.socket import Unanswered

INVITATION = re.compile(r"/(invite|remove|kick)\s+@?(.+)")
Deed = dict[str, Any]


async def say(visit: Visit, deed: Deed) -> Deed:
    """Sends what was typed: a slash command, or a message."""
    text, thread_ts = str(need(deed, "text")).strip(), deed.get("thread_ts") or None
    if not text:
        raise NotAllowed("Write something first.")
    if not text.startswith("/"):
        message = await visit.person.say(need(deed, "channel"), text, thread_ts=thread_ts)
        return {"ts": message.ts}
    if thread_ts:
        raise NotAllowed(f"{text.split()[0]} is not supported in threads. Sorry!")
    if invitation := INVITATION.fullmatch(text):
        await invite(visit, need(deed, "channel"), invitation[1], invitation[2].strip())
    else:
        await visit.person.run(need(deed, "channel"), text)
    return {}


async def invite(visit: Visit, channel: str, word: str, name: str) -> None:
    app = app_named(visit, name)
    await (visit.person.invite if word == "invite" else visit.person.kick)(channel, app=app)


def app_named(visit: Visit, name: str) -> App:
    for app, installation in visit.installations():
        user = visit.playground.users[installation.bot_user_id]
        if name.lower() in (user.name.lower(), shown_name(user).lower(), app.name.lower()):
            return app
    raise NotAllowed(f"There is no app named {name} in this workspace.")


async def edit(visit: Visit, deed: Deed) -> Deed:
    await visit.person.edit(need(deed, "channel"), need(deed, "ts"), need(deed, "text"))
    return {}


async def delete(visit: Visit, deed: Deed) -> Deed:
    await visit.person.delete(need(deed, "channel"), need(deed, "ts"))
    return {}


async def react(visit: Visit, deed: Deed) -> Deed:
    """Adds the reaction, or takes it back."""
    message = message_at(visit, deed)
    is_mine = visit.user.id in message.reactions.get(need(deed, "name"), [])
    change = visit.person.unreact if is_mine else visit.person.react
    await change(message.channel, message.ts, need(deed, "name"))
    return {}


async def join(visit: Visit, deed: Deed) -> Deed:
    await visit.person.join(visit.channel(need(deed, "channel")).id)
    return {}


async def stop(visit: Visit, deed: Deed) -> Deed:
    await visit.person.stop_stream(need(deed, "channel"), need(deed, "ts"))
    return {}


async def open_tab(visit: Visit, deed: Deed) -> Deed:
    await visit.person.open_home(need(deed, "tab"), app=visit.app(need(deed, "app")))
    return {}


async def click(visit: Visit, deed: Deed) -> Deed:
    message, view = surface(visit, deed)
    result = await visit.person.click(
        need(deed, "action_id"),
        message=message,
        view=view,
        block_id=deed.get("block_id") or None,
        value=deed.get("value"),
        choose=deed.get("choose"),
        values=deed.get("values"),
    )
    return {} if result.ok else {"error": "This app did not respond. Try again in a moment."}


async def suggest(visit: Visit, deed: Deed) -> Deed:
    message, view = surface(visit, deed)
    place = message or view
    if place is None:
        raise NotAllowed("This is not shown any more.")
    try:
        return {
            "options": await visit.person.suggestions(place, need(deed, "action_id"), deed.get("query", ""))
        }
    except Unanswered:
        return {"error": "The options could not be loaded."}


async def submit(visit: Visit, deed: Deed) -> Deed:
    view = view_at(visit, deed)
    result = await visit.person.submit(view, deed.get("values") or {})
    return {"errors": result.errors, "error": result.error}


async def close(visit: Visit, deed: Deed) -> Deed:
    await visit.person.close(view_at(visit, deed))
    return {}


def surface(visit: Visit, deed: Deed) -> tuple[Message | None, View | None]:
    return (None, view_at(visit, deed)) if deed.get("view_id") else (message_at(visit, deed), None)


def message_at(visit: Visit, deed: Deed) -> Message:
    message = visit.playground.messages.get(need(deed, "channel"), {}).get(need(deed, "ts"))
    visible = visit.channel(need(deed, "channel"))
    if message is None or message.deleted or message.ephemeral_to not in (None, visit.user.id):
        raise NotAllowed(f"This message is no longer in {visible.name or 'this conversation'}.")
    return message


def view_at(visit: Visit, deed: Deed) -> View:
    view = visit.playground.views.get(need(deed, "view_id")) or home_at(visit, need(deed, "view_id"))
    if view is None or view.user_id != visit.user.id:
        raise NotAllowed("This is not open any more.")
    return view


def home_at(visit: Visit, view_id: str) -> View | None:
    homes = visit.playground.homes.values()
    return next((each for each in homes if each.id == view_id), None)


DEEDS = {
    "say": say,
    "edit": edit,
    "delete": delete,
    "react": react,
    "join": join,
    "stop": stop,
    "open": open_tab,
    "click": click,
    "suggest": suggest,
    "submit": submit,
    "close": close,
}


async def do(site: Site, request: web.Request) -> web.StreamResponse:
    visit = visit_of(site, request)
    deed = DEEDS.get(request.match_info["deed"])
    if deed is None:
        raise web.HTTPNotFound(text="There is nothing of that name to do.")
    try:
        return web.json_response(await deed(visit, await read_fields(request)))
    except NotAllowed as refusal:
        return web.json_response({"error": str(refusal)}, status=409)


async def read_fields(request: web.Request) -> Deed:
    """The posted JSON. Asking for its content type keeps other sites' forms from posting here."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="Send the deed as application/json.")
    try:
        fields = await request.json()
    except ValueError:
        fields = None
    if not isinstance(fields, dict):
        raise NotAllowed("Send the deed's fields as one JSON object.")
    return fields


def need(deed: Deed, name: str) -> Any:
    if name not in deed:
        raise NotAllowed(f"The field {name!r} is missing.")
    return deed[name]
