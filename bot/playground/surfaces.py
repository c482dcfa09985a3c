"""The places where a person acts: a message, a Home tab or a modal."""

from typing import TYPE_CHECKING, Any

from bot.playground import elements, modals, payloads
from bot.playground.forms import problems
from bot.playground.interactions import TROUBLE, SubmitResult
from bot.playground.modals import ViewRefused
from bot.playground.nouns import Json, Message, NotAllowed, User, Values, View
from bot.playground.socket import Unanswered
from bot.playground.surface import Surface

if TYPE_CHECKING:
    from bot.playground.state import Playground


class MessageSurface(Surface):
    def __init__(self, playground: "Playground", user: User, message: Message) -> None:
        if message.app_id is None:
            raise NotAllowed("Only an app's message can be acted on.")
        super().__init__(playground, user, playground.apps[message.app_id], message)
        self.message = message
        if user.id not in message.states:
            message.states[user.id] = elements.state(message.blocks)

    @property
    def key(self) -> str:
        return self.message.ts

    @property
    def values(self) -> Values:
        return self.message.states[self.user.id]

    @property
    def workspace_id(self) -> str:
        return self.playground.home_of(self.message)

    @property
    def team(self) -> str:
        return self.workspace_id

    def context(self) -> Json:
        message, room = self.message, self.playground.channels[self.message.channel]
        self.message.states[self.user.id] = elements.state(message.blocks, self.values)
        container: Json = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": room.id,
            "is_ephemeral": message.ephemeral_to is not None,
        }
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        result = {
            "container": container,
            "channel": {"id": room.id, "name": "directmessage" if room.is_im else room.name},
            "state": {"values": self.values},
        }
        if message.ephemeral_to is None:  # Slack does not keep ephemeral messages
            result["message"] = payloads.message(self.playground, message, with_metadata=True)
        return result

    def action_context(self) -> Json:
        grant = self.playground.grants.response_url(
            app_id=self.app.id,
            workspace_id=self.workspace_id,
            channel=self.message.channel,
            user_id=self.user.id,
            message_ts=self.message.ts,
            thread_ts=self.message.thread_ts,
        )
        return self.context() | {"response_url": self.playground.origin + grant.path}


class ViewSurface(Surface):
    def __init__(self, playground: "Playground", user: User, view: View) -> None:
        super().__init__(playground, user, playground.apps[view.app_id], view)
        self.view = view

    @property
    def key(self) -> str:
        return self.view.id

    @property
    def values(self) -> Values:
        return self.view.state

    @property
    def workspace_id(self) -> str:
        return self.view.workspace_id

    @property
    def team(self) -> str:
        """The person's own: that the app is from elsewhere is said by `view.app_installed_team_id`."""
        return self.user.workspace_id

    def context(self) -> Json:
        return {
            "container": {"type": "view", "view_id": self.view.id},
            "view": payloads.view(self.playground, self.view),
        }


class ModalSurface(ViewSurface):
    async def submit(self, values: dict[str, Any]) -> SubmitResult:
        if not modals.is_open(self.playground, self.view):
            return SubmitResult(error="This dialog is closed.", open_view=self._top())
        for name, given in values.items():
            await self._show(self._named(name)[1], given)
        self.fill(values)
        errors = problems(self.view)
        if errors:
            return SubmitResult(errors=errors, open_view=self.view)
        payload = self.payload("view_submission")
        payload |= {
            "trigger_id": self.trigger(),
            "view": payloads.view(self.playground, self.view),
            "response_urls": [],
        }
        try:
            answer = await self.playground.sockets.ask(self.app, "interactive", payload)
            return self._follow(answer)
        except (Unanswered, ViewRefused):
            return SubmitResult(error=TROUBLE, open_view=self._top())

    def _follow(self, answer: Json) -> SubmitResult:
        """Does what the app's answer to a submission asks for."""
        match answer.get("response_action"):
            case None:
                modals.close_view(self.playground, self.view)
            case "clear":
                for view in list(self._stack()):
                    modals.close_view(self.playground, view)
            case "errors":
                return self._refused(answer.get("errors", {}))
            case "update":
                modals.update_view(self.playground, self.view, answer.get("view"))
            case "push":
                owner = (self.app, self.view.workspace_id, self.user.id)
                modals.push_modal(self.playground, *owner, answer.get("view"))
            case _:
                raise ViewRefused("invalid_response_action")
        return SubmitResult(open_view=self._top())

    def _refused(self, errors: dict[str, str]) -> SubmitResult:
        inputs = {block["block_id"] for block in self.view.blocks if block["type"] == "input"}
        if not errors or not set(errors) <= inputs:
            raise ViewRefused("invalid_errors")
        return SubmitResult(errors=errors, open_view=self.view)

    async def close(self) -> None:
        """Presses Cancel. Apps that asked for it are told of every view that goes."""
        if not modals.is_open(self.playground, self.view):
            return
        is_cleared = self.view.clear_on_close
        for view in reversed(list(self._stack()) if is_cleared else [self.view]):
            modals.close_view(self.playground, view)
            if view.notify_on_close:
                await self._tell_closed(view, is_cleared)

    async def _tell_closed(self, view: View, is_cleared: bool) -> None:
        payload = self.payload("view_closed")
        payload |= {"view": payloads.view(self.playground, view), "is_cleared": is_cleared}
        try:
            await self.playground.sockets.ask(self.app, "interactive", payload)
        except Unanswered as problem:
            payload["undelivered"] = problem.error
            self.playground.sockets.undelivered.append(payload)

    def _stack(self) -> list[View]:
        return self.playground.modals.get(self.user.id, [])

    def _top(self) -> View | None:
        stack = self._stack()
        return stack[-1] if stack else None


def surface(playground: "Playground", user: User, message: Message | None, view: View | None) -> Surface:
    if (message is None) == (view is None):
        raise ValueError("Name either the message or the view to act in.")
    return surface_of(playground, user, message or view)


def surface_of(playground: "Playground", user: User, place: Message | View | None) -> Surface:
    if isinstance(place, Message):
        return MessageSurface(playground, user, place)
    if isinstance(place, View):
        return ModalSurface(playground, user, place)
    raise ValueError("Name the message or the view to act in.")
