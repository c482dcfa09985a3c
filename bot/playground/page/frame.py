"""What surrounds a conversation: workspaces, people, and what the composer can suggest."""

import json
from typing import Any

from markupsafe import Markup

from bot.playground.nouns import SLACKBOT, User
from bot.playground.page.entries import Author
from bot.playground.page.rooms import Sidebar
from bot.playground.page.visit import Visit, people_of, shown_name

Json = dict[str, Any]

BUILT_IN: list[Json] = [
    {"insert": "/invite", "hint": "@app", "about": "Add an app to this channel", "by": "Slack"},
    {"insert": "/remove", "hint": "@app", "about": "Remove an app from this channel", "by": "Slack"},
]


def workspace_links(visit: Visit) -> list[Json]:
    """Each workspace, entered as the same person where it is the current one, else as its first."""
    found = []
    for workspace in visit.playground.workspaces.values():
        is_current = workspace.id == visit.workspace.id
        people = [visit.user] if is_current else people_of(visit.playground, workspace)
        for user in people[:1]:
            url = f"/w/{workspace.id}/u/{user.id}"
            found.append(
                {
                    "name": workspace.name,
                    "url": url,
                    "colour": workspace.icon_colour,
                    "is_current": is_current,
                }
            )
    return found


def people_links(visit: Visit) -> list[Json]:
    return [
        {
            "author": user_face(user),
            "url": f"/w/{visit.workspace.id}/u/{user.id}",
            "role": "Owner" if user.is_owner else "Admin" if user.is_admin else "",
            "is_current": user.id == visit.user.id,
        }
        for user in people_of(visit.playground, visit.workspace)
    ]


def faces_of(sidebar: Sidebar) -> dict[str, Author]:
    return {room.user.id: user_face(room.user) for room in [*sidebar.people, *sidebar.apps] if room.user}


def user_face(user: User) -> Author:
    return Author(name=shown_name(user), colour=user.colour, is_app=user.is_bot and user.id != SLACKBOT)


def typing_aids(visit: Visit) -> Markup:
    """What the composer suggests: commands after `/`, names after `@` and `#`."""
    aids = {"/": [*commands(visit), *BUILT_IN], "@": names(visit), "#": channels(visit)}
    return Markup(json.dumps(aids).replace("<", "\\u003c"))


def commands(visit: Visit) -> list[Json]:
    return [
        {"insert": each.command, "hint": each.usage_hint, "about": each.description, "by": app.name}
        for app, _ in visit.installations()
        for each in app.commands
    ]


def names(visit: Visit) -> list[Json]:
    users = [each for each in visit.playground.known_in(visit.workspace.id) if not each.deleted]
    return [{"insert": f"@{shown_name(each)}", "about": "App" if each.is_bot else ""} for each in users]


def channels(visit: Visit) -> list[Json]:
    return [
        {"insert": f"#{each.name}", "about": each.topic} for each in visit.visible_channels() if each.name
    ]
