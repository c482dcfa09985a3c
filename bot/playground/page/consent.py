"""The page on which a person lets an app into a workspace. Plain HTML: it works without the script."""

from aiohttp import web

from bot.playground import consent
from bot.playground.consent import Asked, ConsentRefused
from bot.playground.nouns import User, Workspace
from bot.playground.page.frame import user_face
from bot.playground.page.pages import SECURITY
from bot.playground.page.render import render
from bot.playground.page.scopes import described
from bot.playground.page.visit import shown_name
from bot.playground.state import Playground


async def show(playground: Playground, request: web.Request) -> web.Response:
    try:
        asked = consent.ask(playground, request.query)
    except ConsentRefused as refused:
        return _error(refused)
    app = playground.apps[asked.app_id]
    workspaces = [_workspace(*each) for each in consent.installers(playground, asked)]
    html = render(
        "consent.html",
        asked=asked,
        app=app,
        scopes=described(asked.scopes),
        workspaces=workspaces,
        chosen=_chosen(playground, asked),
    )
    return web.Response(text=html, content_type="text/html", headers=SECURITY)


async def answer(playground: Playground, request: web.Request) -> web.Response:
    """Only whoever was shown the page knows the request's id, so no other site can answer it."""
    form = {key: str(value) for key, value in (await request.post()).items()}
    allow = form.get("decision") == "allow"
    try:
        location = consent.answer(playground, form.get("asked", ""), form.get("user", ""), allow=allow)
    except ConsentRefused as refused:
        return _error(refused)
    return web.Response(status=302, headers={"Location": location, **SECURITY})


def _workspace(workspace: Workspace, people: list[User]) -> dict[str, object]:
    return {
        "name": workspace.name,
        "colour": workspace.icon_colour,
        "people": [
            {
                "id": user.id,
                "author": user_face(user),
                "role": _role(user),
                "may_install": user.may_install(workspace),
            }
            for user in sorted(people, key=shown_name)
        ],
    }


def _role(user: User) -> str:
    if user.is_restricted:
        return "Guest"
    return "Owner" if user.is_owner else "Admin" if user.is_admin else ""


def _chosen(playground: Playground, asked: Asked) -> str:
    """Whom the page takes the visitor for at first: somebody who may install, an admin where there is one."""
    able = [
        (not user.is_admin, index, user.id)
        for index, (workspace, people) in enumerate(consent.installers(playground, asked))
        for user in people
        if user.may_install(workspace)
    ]
    return min(able, key=lambda each: (each[1], each[0]))[2] if able else ""


def _error(refused: ConsentRefused) -> web.Response:
    html = render("consent_error.html", error=refused.error, text=refused.text)
    return web.Response(text=html, content_type="text/html", headers=SECURITY, status=400)
