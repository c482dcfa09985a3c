"""What people do to Houston, honestly or not: payloads as Slack sends them, with anything in them."""

import json
from dataclasses import dataclass
from typing import Any

from bot.playground import payloads
from bot.playground.nouns import Json, View
from bot.playground.socket import EnvelopeType
from tests.leaks.town import ROLES, ROOMS, UNKNOWN, Town

NOBODY = "U0NOBODY"
"""The id of nobody."""


@dataclass(frozen=True, kw_only=True)
class Hands:
    """One person, acting where Houston meets them. `room` is where they usually are."""

    town: Town
    who: str

    @property
    def user_id(self) -> str:
        return NOBODY if self.who == UNKNOWN else self.town.users[self.who].id

    @property
    def workspace_id(self) -> str:
        return self.town.workspace_of(self.who)

    @property
    def own_team(self) -> str:
        return self.workspace_id if self.who == UNKNOWN else self.town.users[self.who].workspace_id

    @property
    def room(self) -> str:
        return self.town.rooms[ROLES[self.who].acts_in if self.who in ROLES else "hall"].id

    @property
    def bot(self) -> str:
        return self.town.app.installations[self.workspace_id].bot_user_id

    @property
    def dm(self) -> str:
        return self.town.playground.dm(self.workspace_id, self.user_id, self.bot).id

    def rooms(self) -> list[str]:
        """Every channel of the workspace that the person is in."""
        named = ROLES[self.who].rooms if self.who in ROLES else ("hall",)
        return [name for name in named if ROOMS[name]]

    def open_view(self) -> View | None:
        stack = self.town.playground.modals.get(self.user_id)
        return stack[-1] if stack else None

    # --- acting

    async def run(self, line: str, *, room: str | None = None) -> Json:
        """A slash command; `line` is what follows `/houston`."""
        channel = room or self.room
        self.town.watch.heard(line)
        return await self._ask(
            "slash_commands",
            {
                "token": "playground",
                "team_id": self.workspace_id,
                "team_domain": "domain",
                "channel_id": channel,
                "channel_name": "somewhere",
                "user_id": self.user_id,
                "user_name": "somebody",
                "command": "/houston",
                "text": line,
                "api_app_id": self.town.app.id,
                "is_enterprise_install": "false",
                "response_url": self._response_url(channel),
                "trigger_id": self._trigger(),
            },
        )

    async def press(
        self,
        action_id: str,
        value: Any = "",
        *,
        room: str | None = None,
        thread_ts: str = "",
        ts: str = "",
        is_ephemeral: bool = False,
        **element: Any,
    ) -> Json:
        """A button, or whatever `element` says, in a message of Houston's: in that of this `ts`, else in one
        that is not there. What only one person sees, Slack does not send along."""
        channel = room or self.room
        ts = ts or self.town.playground.ids.ts()
        there = self.town.playground.messages.get(channel, {}).get(ts)
        message: Json = {"type": "message", "ts": ts, "user": self.bot, "text": "…"}
        message |= payloads.message(self.town.playground, there) if there else {}
        if thread_ts:
            message["thread_ts"] = thread_ts
        return await self._act(
            action_id,
            value,
            element,
            container={
                "type": "message",
                "message_ts": ts,
                "channel_id": channel,
                "is_ephemeral": is_ephemeral,
            },
            channel={"id": channel, "name": "somewhere"},
            **({} if is_ephemeral else {"message": message}),
            state={"values": {}},
            response_url=self._response_url(channel),
        )

    async def choose_in_menu(self, callback_id: str, message: Json, *, room: str | None = None) -> Json:
        """A shortcut in the menu of a message; a person can send any message's payload."""
        channel = room or self.room
        return await self._ask(
            "interactive",
            self._payload("message_action")
            | {
                "callback_id": callback_id,
                "trigger_id": self._trigger(),
                "action_ts": self.town.playground.ids.ts(),
                "channel": {"id": channel, "name": "somewhere"},
                "message": message,
                "message_ts": message["ts"],
                "response_url": self._response_url(channel),
            },
        )

    async def press_home(
        self, action_id: str, value: Any = "", *, metadata: str = "", **element: Any
    ) -> Json:
        """The same on the App Home."""
        return await self._act(action_id, value, element, **self._in_view("home", "", metadata, {}))

    async def press_modal(
        self,
        action_id: str,
        value: Any = "",
        *,
        callback_id: str,
        metadata: str = "",
        values: Json | None = None,
        **element: Any,
    ) -> Json:
        """The same in a modal."""
        self.town.watch.heard(values or {})
        place = self._in_view("modal", callback_id, metadata, values or {})
        return await self._act(action_id, value, element, **place)

    async def submit(self, callback_id: str, values: Json, *, metadata: str = "") -> Json:
        """`values` are the form's state: block id → action id → what was entered."""
        self.town.watch.heard(values)
        view = self._in_view("modal", callback_id, metadata, values)["view"]
        payload = self._payload("view_submission") | {
            "trigger_id": self._trigger(),
            "view": view,
            "response_urls": [],
        }
        return await self._ask("interactive", payload)

    async def suggest(self, action_id: str, query: str, *, callback_id: str = "", metadata: str = "") -> Json:
        """What a select offers for what was typed."""
        self.town.watch.heard(query)
        place = self._in_view("modal", callback_id, metadata, {})
        asked = {"action_id": action_id, "block_id": action_id, "value": query}
        return await self._ask("interactive", self._payload("block_suggestion") | place | asked)

    async def happen(self, event: Json) -> None:
        """An event of the workspace, as Slack tells it."""
        playground = self.town.playground
        playground.sockets.deliver(
            self.town.app,
            {
                "token": "playground",
                "team_id": self.workspace_id,
                "api_app_id": self.town.app.id,
                "type": "event_callback",
                "event_id": playground.ids.new("Ev"),
                "event_time": int(playground.now()),
                "authorizations": [
                    {
                        "enterprise_id": None,
                        "team_id": self.workspace_id,
                        "user_id": self.bot,
                        "is_bot": True,
                        "is_enterprise_install": False,
                    }
                ],
                "event": {"event_ts": playground.ids.ts(), **event},
            },
        )

    async def say(self, text: str, channel: str, *, thread_ts: str = "", type: str = "message") -> str:
        """A message; its ts. In a channel it mentions Houston where `type` is app_mention."""
        self.town.watch.heard(text)
        ts = self.town.playground.ids.ts()
        event: Json = {"type": type, "user": self.user_id, "text": text, "ts": ts, "channel": channel}
        if type == "app_mention":
            event["text"] = f"<@{self.bot}> {text}"
        event["channel_type"] = "im" if channel.startswith("D") else "channel"
        event["team"] = self.own_team
        if thread_ts:
            event["thread_ts"] = thread_ts
        await self.happen(event)
        return ts

    # --- the parts of a payload

    async def _act(self, action_id: str, value: Any, element: Json, **place: Any) -> Json:
        action = {
            "type": "button",
            "action_id": action_id,
            "block_id": "block",
            "value": str(value),
            "action_ts": self.town.playground.ids.ts(),
        }
        payload = self._payload("block_actions") | place
        payload |= {"actions": [action | element], "trigger_id": self._trigger()}
        return await self._ask("interactive", payload)

    def _payload(self, type: str) -> Json:
        return {
            "type": type,
            "user": {
                "id": self.user_id,
                "username": "somebody",
                "name": "somebody",
                "team_id": self.own_team,
            },
            "api_app_id": self.town.app.id,
            "token": "playground",
            "team": {"id": self.workspace_id, "domain": "domain"},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _in_view(self, type: str, callback_id: str, metadata: str, values: Json) -> Json:
        """The person's open view of this kind, as it would be with this metadata and these values."""
        shown = self._shown(type)
        view: Json = {
            "id": shown.id if shown else "V0NONE",
            "team_id": self.workspace_id,
            "type": type,
            "blocks": shown.blocks if shown else [],
            "private_metadata": metadata or (shown.private_metadata if shown else ""),
            "callback_id": callback_id or (shown.callback_id if shown else ""),
            "state": {"values": values or (shown.state if shown else {})},
            "hash": shown.hash if shown else "none",
            "app_id": self.town.app.id,
            "app_installed_team_id": self.workspace_id,
            "root_view_id": shown.root_view_id if shown else "V0NONE",
            "previous_view_id": None,
        }
        if type == "modal" and shown:
            view |= {"title": shown.title, "submit": shown.submit, "close": shown.close}
        return {"container": {"type": "view", "view_id": view["id"]}, "view": view}

    def _shown(self, type: str) -> View | None:
        if type == "home":
            return self.town.playground.homes.get((self.town.app.id, self.user_id))
        return self.open_view()

    def _trigger(self) -> str:
        if self.who == UNKNOWN:
            return "made.up.trigger"
        return self.town.playground.grants.trigger(
            app_id=self.town.app.id, workspace_id=self.workspace_id, user_id=self.user_id
        )

    def _response_url(self, channel: str) -> str:
        grant = self.town.playground.grants.response_url(
            app_id=self.town.app.id, workspace_id=self.workspace_id, user_id=self.user_id, channel=channel
        )
        return self.town.playground.origin + grant.path

    async def _ask(self, type: EnvelopeType, payload: Json) -> Json:
        return await self.town.playground.sockets.ask(self.town.app, type, json.loads(json.dumps(payload)))
