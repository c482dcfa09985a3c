"""Views: opened, pushed, updated, published and closed, whoever asks for it."""

import json
from typing import TYPE_CHECKING, Any, Literal

from bot.playground import blocks, elements, messages
from bot.playground.limits import MAX_MODALS, MAX_VIEW_BYTES
from bot.playground.nouns import App, Json, View

if TYPE_CHECKING:
    from bot.playground.state import Playground


class ViewRefused(Exception):
    def __init__(self, error: str, problems: list[str] | None = None) -> None:
        super().__init__(error)
        self.error = error
        self.problems = problems or []


def open_modal(playground: "Playground", app: App, workspace_id: str, user_id: str, given: Any) -> View:
    """A new stack; one that was open is gone."""
    view = _make(playground, app, workspace_id, user_id, given, "modal")
    for old in playground.modals.get(user_id, []):
        playground.views.pop(old.id, None)
    playground.modals[user_id] = [view]
    publish(playground, view)
    return view


def push_modal(playground: "Playground", app: App, workspace_id: str, user_id: str, given: Any) -> View:
    stack = playground.modals.get(user_id, [])
    if not stack:
        raise ViewRefused("not_found")
    if len(stack) >= MAX_MODALS:
        raise ViewRefused("push_limit_reached")
    view = _make(playground, app, workspace_id, user_id, given, "modal")
    view.root_view_id, view.previous_view_id = stack[0].root_view_id, stack[-1].id
    stack.append(view)
    publish(playground, view)
    return view


def update_view(playground: "Playground", view: View, given: Any) -> View:
    spec = _checked(playground, view.app_id, given, view.type, keep=view)
    _apply(playground, view, spec)
    view.state = elements.state(view.blocks, view.state)
    view.hash = _hash(playground)
    publish(playground, view)
    return view


def publish_home(playground: "Playground", app: App, workspace_id: str, user_id: str, given: Any) -> View:
    view = playground.homes.get((app.id, user_id))
    if view is not None:
        return update_view(playground, view, given)
    view = _make(playground, app, workspace_id, user_id, given, "home")
    playground.homes[(app.id, user_id)] = view
    publish(playground, view)
    return view


def close_view(playground: "Playground", view: View) -> None:
    """Takes it from its user's stack, so that the one below shows."""
    stack = playground.modals.get(view.user_id, [])
    if view in stack:
        stack.remove(view)
        playground.views.pop(view.id, None)
        publish(playground, view)


def is_open(playground: "Playground", view: View) -> bool:
    return view.type == "home" or view in playground.modals.get(view.user_id, [])


def publish(playground: "Playground", view: View) -> None:
    playground.changes.publish(view.type, view.workspace_id, user=view.user_id, view=view.id)


def _make(
    playground: "Playground",
    app: App,
    workspace_id: str,
    user_id: str,
    given: Any,
    type: Literal["modal", "home"],
) -> View:
    spec = _checked(playground, app.id, given, type)
    view_id = playground.ids.new("V")
    view = View(
        id=view_id,
        workspace_id=workspace_id,
        app_id=app.id,
        user_id=user_id,
        type=type,
        hash=_hash(playground),
        root_view_id=view_id,
    )
    _apply(playground, view, spec)
    view.state = elements.state(view.blocks)
    playground.views[view.id] = view
    return view


def _checked(
    playground: "Playground",
    app_id: str,
    given: Any,
    type: Literal["modal", "home"],
    keep: View | None = None,
) -> Json:
    """The view as given, if Slack would take it."""
    ready = blocks.file_check(playground)
    problems = blocks.validate_view(given, type, ready)
    if problems:
        raise ViewRefused("invalid_arguments", problems)
    if len(json.dumps(given)) > MAX_VIEW_BYTES:
        raise ViewRefused("view_too_large")
    external_id = given.get("external_id")
    taken = (each for each in playground.views.values() if each is not keep and each.app_id == app_id)
    if external_id and any(each.external_id == external_id for each in taken):
        raise ViewRefused("duplicate_external_id")
    return dict(given)


def _apply(playground: "Playground", view: View, spec: Json) -> None:
    view.callback_id = spec.get("callback_id", "")
    view.external_id = spec.get("external_id", "")
    view.title, view.submit, view.close = spec.get("title"), spec.get("submit"), spec.get("close")
    view.blocks = messages.with_ids(playground, spec["blocks"])
    view.private_metadata = spec.get("private_metadata", "")
    view.clear_on_close = bool(spec.get("clear_on_close", False))
    view.notify_on_close = bool(spec.get("notify_on_close", False))
    view.submit_disabled = bool(spec.get("submit_disabled", False))


def _hash(playground: "Playground") -> str:
    return f"{int(playground.now())}.{playground.ids.secret(8)}"
