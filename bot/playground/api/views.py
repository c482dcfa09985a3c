"""views.*"""

from collections.abc import Callable
from typing import Any

from bot.playground import modals, payloads
from bot.playground.api.call import Call, Method, Refusal
from bot.playground.grants import Trigger
from bot.playground.nouns import App, Json, View
from bot.playground.state import Playground


def open_view(call: Call) -> Json:
    given, trigger = _given(call), _trigger(call)
    return _answer(call, lambda: modals.open_modal(*_owner(call, trigger), given))


def push(call: Call) -> Json:
    given, trigger = _given(call), _trigger(call)
    return _answer(call, lambda: modals.push_modal(*_owner(call, trigger), given))


def update(call: Call) -> Json:
    view = _named(call)
    _match_hash(call, view)
    return _answer(call, lambda: modals.update_view(call.playground, view, _given(call)))


def publish(call: Call) -> Json:
    user, given = call.user("user_id"), _given(call)
    if not call.app.has_home:
        raise Refusal("not_enabled")
    current = call.playground.homes.get((call.app.id, user.id))
    if current:
        _match_hash(call, current)
    owner = (call.playground, call.app, call.workspace.id, user.id)
    return _answer(call, lambda: modals.publish_home(*owner, given))


def _given(call: Call) -> Any:
    given = call.structure("view")
    if given is None:
        raise Refusal("invalid_arguments", "[ERROR] missing required field: view")
    return given


def _trigger(call: Call) -> Trigger:
    trigger = call.playground.grants.exchange(call.text("trigger_id"), call.app.id)
    if isinstance(trigger, str):
        raise Refusal(trigger)
    return trigger


def _owner(call: Call, trigger: Trigger) -> tuple[Playground, App, str, str]:
    return (call.playground, call.app, trigger.workspace_id, trigger.user_id)


def _named(call: Call) -> View:
    view_id, external_id = call.optional("view_id"), call.optional("external_id")
    for view in call.playground.views.values():
        is_named = view.id == view_id or (external_id and view.external_id == external_id)
        if is_named and view.app_id == call.app.id and view.workspace_id == call.workspace.id:
            return view
    raise Refusal("not_found")


def _match_hash(call: Call, view: View) -> None:
    given = call.optional("hash")
    if given is not None and given != view.hash:
        raise Refusal("hash_conflict")


def _answer(call: Call, show: Callable[[], View]) -> Json:
    try:
        return {"view": payloads.view(call.playground, show())}
    except modals.ViewRefused as refused:
        raise Refusal(refused.error, *refused.problems) from None


METHODS = {
    "views.open": Method(answer=open_view, tier=4),
    "views.push": Method(answer=push, tier=4),
    "views.update": Method(answer=update, tier=4),
    "views.publish": Method(answer=publish, tier=4),
}
