"""A signed-in user, doing what a person does in Slack's client. Used by the page and by tests."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

from bot.playground import composing, consent, events, messages, slash, surfaces
from bot.playground.consent import ConsentRefused
from bot.playground.interactions import ActionResult, SubmitResult
from bot.playground.nouns import App, Channel, Message, NotAllowed, SuggestedPrompts, User, Values, View
from bot.playground.slash import CommandResult
from bot.playground.socket import Unanswered
from bot.playground.state import Playground

__all__ = [
    "ActionResult",
    "CommandResult",
    "ConsentRefused",
    "NotAllowed",
    "Person",
    "SubmitResult",
    "Unanswered",
]

T = TypeVar("T")


class Person:
    def __init__(self, playground: Playground, workspace_id: str, user_id: str) -> None:
        self.playground = playground
        self.workspace_id = workspace_id
        self.user_id = user_id

    @property
    def user(self) -> User:
        return self.playground.users[self.user_id]

    @property
    def app(self) -> App:
        """The workspace's first app."""
        for app, _ in self.playground.installations_in(self.workspace_id):
            return app
        raise NotAllowed("No app is installed in this workspace.")

    # --- writing

    async def say(self, channel: str, text: str, *, thread_ts: str | None = None) -> Message:
        """Posts what was typed; `@Houston` and `#general` become a mention and a link."""
        room = self._room(channel)
        return messages.post(
            self.playground,
            room,
            text=composing.compose(self.playground, self.workspace_id, text),
            user=self.user_id,
            thread_ts=thread_ts,
            client_msg_id=self.playground.ids.uuid(),
        )

    async def edit(self, channel: str, ts: str, text: str) -> None:
        message = self._own_message(channel, ts)
        with messages.editing(self.playground, message, by=self.user_id):
            message.text = composing.compose(self.playground, self.workspace_id, text)

    async def delete(self, channel: str, ts: str) -> None:
        messages.delete(self.playground, self._own_message(channel, ts))

    async def react(self, channel: str, ts: str, name: str) -> None:
        messages.react(self.playground, self._seen_message(channel, ts), name, self.user_id)

    async def unreact(self, channel: str, ts: str, name: str) -> None:
        messages.unreact(self.playground, self._seen_message(channel, ts), name, self.user_id)

    async def run(self, channel: str, line: str) -> CommandResult:
        """Runs a slash command as typed, e.g. "/houston rules add"."""
        return await slash.run(self.playground, self.user, self._room(channel), line)

    # --- acting

    async def click(
        self,
        action_id: str,
        *,
        message: Message | None = None,
        view: View | None = None,
        block_id: str | None = None,
        value: str | None = None,
        choose: str | list[str] | dict[str, Any] | list[dict[str, Any]] | None = None,
        values: dict[str, Any] | None = None,
    ) -> ActionResult:
        """Uses one element: presses a button, picks from a select or menu, ticks, dates, enters text.

        `value` tells buttons of one action_id apart, or is what was typed or picked as a date. `choose`
        names options by their value or label, or is the option itself. `values` are the other inputs
        of the form as they stand now.
        """
        surface = surfaces.surface(self.playground, self.user, message, view)
        if values:
            surface.fill(values)
        return await surface.act(action_id, block_id=block_id, value=value, choose=choose)

    async def suggestions(
        self, view_or_message: View | Message, action_id: str, query: str = ""
    ) -> list[dict[str, Any]]:
        """Options, or groups `{"label": …, "options": […]}`. Raises Unanswered as a select would fail."""
        surface = surfaces.surface_of(self.playground, self.user, view_or_message)
        return await surface.suggest(action_id, query)

    def fill(self, view_or_message: View | Message, values: dict[str, Any]) -> Values:
        """Enters values (by action_id or block_id) without sending anything."""
        return surfaces.surface_of(self.playground, self.user, view_or_message).fill(values)

    async def submit(self, view: View, values: dict[str, Any]) -> SubmitResult:
        return await surfaces.ModalSurface(self.playground, self.user, view).submit(values)

    async def close(self, view: View) -> None:
        await surfaces.ModalSurface(self.playground, self.user, view).close()

    async def shortcut(self, callback_id: str, *, message: Message | None = None) -> ActionResult:
        return await slash.shortcut(self.playground, self.user, callback_id, message)

    async def open_home(self, tab: str = "home", *, app: App | None = None) -> View | None:
        """Opens the app's Home or Messages tab and returns the Home view as published so far."""
        app = app or self.app
        home = self.home(app)
        channel = await self.dm(app)
        events.home_opened(self.playground, app, self.user, channel, tab, home)
        return home

    def home(self, app: App | None = None) -> View | None:
        return self.playground.homes.get(((app or self.app).id, self.user_id))

    async def dm(self, app: App | None = None) -> Channel:
        installation = (app or self.app).installations[self.workspace_id]
        return self.playground.dm(self.workspace_id, self.user_id, installation.bot_user_id)

    async def join(self, channel: str) -> None:
        found = self.playground.channels[channel]
        if found.is_private:
            raise NotAllowed("Only a member can add you to a private channel.")
        if self.user.is_restricted:
            raise NotAllowed("Guests are added to channels by others.")
        if found not in self.visible_channels():
            raise NotAllowed("There is no such channel here.")
        self.playground.join(channel, self.user_id)

    async def invite(self, channel: str, *, app: App | None = None) -> None:
        self._room(channel)
        self.playground.join(channel, self._bot(app), inviter=self.user_id)

    async def kick(self, channel: str, *, app: App | None = None) -> None:
        self._room(channel)
        self.playground.leave(channel, self._bot(app))

    async def consent(self, url: str, *, allow: bool = True) -> str:
        """Follows an app's authorization URL, signed in as this person, and presses Allow or Cancel.

        Returns the address that Slack sends the browser to: the redirect URI with `code` and `state`, or
        with `error=access_denied`. Raises ConsentRefused where Slack shows an error page.
        """
        asked = consent.ask(self.playground, dict(parse_qsl(urlsplit(url).query)))
        return consent.answer(self.playground, asked.id, self.user_id, allow=allow)

    async def stop_stream(self, channel: str, ts: str) -> None:
        """Presses Stop below a message that is being written."""
        message = self._seen_message(channel, ts)
        if not message.is_streaming:
            raise NotAllowed("This message is not being written any more.")
        events.session_stopped(self.playground, message, self.user_id)

    # --- looking

    def channels(self) -> list[Channel]:
        """Where the person is a member, direct conversations included."""
        rooms = self.playground.channels_of(self.workspace_id)
        return [room for room in rooms if self.user_id in room.members]

    def visible_channels(self) -> list[Channel]:
        """Where the person is, and the public channels; guests see none that they are not in."""
        rooms = self.playground.channels_of(self.workspace_id)
        is_guest = self.user.is_restricted
        return [room for room in rooms if self.user_id in room.members or not (room.is_private or is_guest)]

    def messages(self, channel: str, thread_ts: str | None = None) -> list[Message]:
        """The channel's messages, or those of one thread with its root first, as this person sees them."""
        if self.playground.channels[channel] not in self.visible_channels():
            return []
        found = self.playground.messages[channel]
        if thread_ts is None:
            return [each for each in found.values() if _is_in_channel(each) and self._sees(each)]
        root = [found[thread_ts]] if thread_ts in found else []
        thread = [*root, *self.playground.threads.get((channel, thread_ts), [])]
        return [each for each in thread if self._sees(each)]

    def open_modal(self) -> View | None:
        """The top of this user's stack of modals."""
        stack = self.playground.modals.get(self.user_id)
        return stack[-1] if stack else None

    def status(self, channel: str, thread_ts: str) -> str | None:
        found = self.playground.status(channel, thread_ts)
        return found.text if found else None

    def suggested_prompts(self, channel: str) -> SuggestedPrompts | None:
        """Those that the app has set in this conversation, else the ones of its manifest."""
        found = self.playground.prompts.get(channel)
        if found or not self.playground.channels[channel].is_im:
            return found
        for app, installation in self.playground.installations_in(self.workspace_id):
            if installation.bot_user_id in self.playground.channels[channel].members:
                return SuggestedPrompts(title=None, prompts=app.suggested_prompts)
        return None

    async def wait_for(self, condition: Callable[[], T | None], *, timeout: float = 60.0) -> T:  # noqa: ASYNC109
        """The first true result of `condition`, asked again on each change. Raises TimeoutError."""
        with self.playground.changes.subscribe() as changes:
            async with asyncio.timeout(timeout):
                while not (found := condition()):
                    await changes.next()
        return found

    # --- what is allowed

    def _sees(self, message: Message) -> bool:
        return not message.deleted and message.ephemeral_to in (None, self.user_id)

    def _room(self, channel: str) -> Channel:
        room = self.playground.channels.get(channel)
        if room is None or room not in self.visible_channels():
            raise NotAllowed("There is no such channel here.")
        if self.user_id not in room.members:
            raise NotAllowed(f"Join #{room.name} first.")
        if room.is_archived:
            raise NotAllowed(f"#{room.name} is archived.")
        return room

    def _seen_message(self, channel: str, ts: str) -> Message:
        message = self.playground.messages.get(channel, {}).get(ts)
        if message is None or not self._sees(message):
            raise NotAllowed("There is no such message here.")
        return message

    def _own_message(self, channel: str, ts: str) -> Message:
        message = self._seen_message(channel, ts)
        if message.user != self.user_id:
            raise NotAllowed("Only its author can change a message.")
        return message

    def _bot(self, app: App | None) -> str:
        return (app or self.app).installations[self.workspace_id].bot_user_id


def _is_in_channel(message: Message) -> bool:
    return not message.is_reply or message.is_broadcast
