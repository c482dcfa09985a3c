"""One call of a Web API method: who calls, with which arguments, and how it is refused."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.playground.nouns import App, Channel, Installation, Json, User, Workspace
from bot.playground.state import Playground


class Refusal(Exception):
    """Slack's answer `{"ok": false, "error": …}`, or 429 where `retry_after` is given."""

    def __init__(self, error: str, *problems: str, retry_after: int | None = None, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.problems = problems
        self.retry_after = retry_after
        self.extra = extra

    def answer(self) -> Json:
        answer: Json = {"ok": False, "error": self.error, **self.extra}
        if self.problems:
            answer["errors"] = [each.removeprefix("[ERROR] ") for each in self.problems]
            answer["response_metadata"] = {"messages": list(self.problems)}
        return answer


@dataclass(frozen=True, kw_only=True)
class Call:
    playground: Playground
    app: App
    #: None when anything but a bot token is used
    installation: Installation | None
    arguments: Mapping[str, Any]

    @property
    def bot(self) -> Installation:
        if self.installation is None:
            raise Refusal("not_allowed_token_type")
        return self.installation

    @property
    def workspace(self) -> Workspace:
        return self.playground.workspaces[self.bot.workspace_id]

    @property
    def bot_user(self) -> User:
        return self.playground.users[self.bot.bot_user_id]

    # --- arguments

    def optional(self, name: str) -> str | None:
        value = self.arguments.get(name)
        return None if value in (None, "") else str(value)

    def text(self, name: str) -> str:
        value = self.optional(name)
        if value is None:
            raise Refusal("invalid_arguments", f"[ERROR] missing required field: {name}")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.arguments.get(name)
        return default if value is None else value in (True, 1, "1", "true", "True")

    def number(self, name: str, default: int, *, least: int = 1, most: int = 999) -> int:
        value = self.arguments.get(name)
        try:
            number = default if value in (None, "") else int(str(value))
        except ValueError:
            raise Refusal(f"invalid_{name}") from None
        if number < least:
            raise Refusal(f"invalid_{name}")
        return min(number, most)

    def structure(self, name: str, refusal: str = "invalid_arguments") -> Any:
        """A list or object, sent as JSON or as a string of JSON; None if absent."""
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise Refusal(refusal, f"[ERROR] {name} is not valid JSON") from None

    # --- what the arguments name

    def require(self, *scopes: str) -> None:
        """One of the scopes."""
        granted = self.bot.scopes
        if scopes and not granted.intersection(scopes):
            needed = ",".join(scopes)
            raise Refusal("missing_scope", needed=needed, provided=",".join(sorted(granted)))

    def room(self, name: str = "channel") -> Channel:
        """The channel named, if the bot may know of it."""
        room = self.playground.channels.get(self.text(name))
        if room is None or self.workspace.id not in room.teams or not self.knows(room):
            raise Refusal("channel_not_found")
        return room

    def knows(self, room: Channel) -> bool:
        return not room.is_private or self.bot.bot_user_id in room.members

    def joined_room(self, name: str = "channel") -> Channel:
        room = self.room(name)
        if self.bot.bot_user_id not in room.members:
            raise Refusal("not_in_channel")
        return room

    def user(self, name: str = "user") -> User:
        return self.user_by_id(self.text(name))

    def user_by_id(self, user_id: str) -> User:
        user = self.playground.users.get(user_id)
        if user is None or user.workspace_id != self.workspace.id:
            raise Refusal("user_not_found")
        return user

    def known_user(self, user_id: str) -> User:
        """A user of the workspace, or somebody whom it meets in a Slack Connect channel."""
        for user in self.playground.known_in(self.workspace.id):
            if user.id == user_id:
                return user
        raise Refusal("user_not_found")


@dataclass(frozen=True, kw_only=True)
class Method:
    """A row of the routing table."""

    answer: Callable[[Call], Json]
    #: any of these lets the call in; None needs no scope
    scopes: tuple[str, ...] = ()
    tier: Literal[1, 2, 3, 4] | None = 3
    #: what authenticates the caller; "client" is the app's client id and secret
    token: Literal["bot", "app", "client", "none"] = "bot"


def client_app(playground: Playground, arguments: Mapping[str, Any]) -> App:
    """The app whose client id and secret are given."""
    for app in playground.apps.values():
        if app.client_id == arguments.get("client_id"):
            if app.client_secret != arguments.get("client_secret"):
                raise Refusal("bad_client_secret")
            return app
    raise Refusal("invalid_client_id")
