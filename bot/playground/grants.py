"""Short-lived permissions that Slack hands out with a payload: trigger ids and response URLs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.playground.ids import Ids
from bot.playground.limits import Timings

TriggerProblem = Literal["invalid_trigger_id", "exchanged_trigger_id", "expired_trigger_id"]


@dataclass(kw_only=True)
class Trigger:
    id: str
    app_id: str
    workspace_id: str
    user_id: str
    #: the modal in which the person acted, if any
    view_id: str | None
    made_at: float
    is_used: bool = False


@dataclass(kw_only=True)
class ResponseUrl:
    #: below the server's origin
    path: str
    app_id: str
    workspace_id: str
    channel: str
    user_id: str
    #: the message whose button was clicked, which the answer may replace or delete
    message_ts: str | None
    thread_ts: str | None
    made_at: float
    uses: int = 0


class Grants:
    def __init__(self, ids: Ids, now: Callable[[], float], timings: Timings) -> None:
        self._ids = ids
        self._now = now
        self._timings = timings
        self._triggers: dict[str, Trigger] = {}
        self._response_urls: dict[str, ResponseUrl] = {}

    def trigger(self, *, app_id: str, workspace_id: str, user_id: str, view_id: str | None = None) -> str:
        trigger = Trigger(
            id=self._ids.trigger(),
            app_id=app_id,
            workspace_id=workspace_id,
            user_id=user_id,
            view_id=view_id,
            made_at=self._now(),
        )
        self._triggers[trigger.id] = trigger
        return trigger.id

    def exchange(self, trigger_id: str, app_id: str) -> Trigger | TriggerProblem:
        trigger = self._triggers.get(trigger_id)
        if trigger is None or trigger.app_id != app_id:
            return "invalid_trigger_id"
        if trigger.is_used:
            return "exchanged_trigger_id"
        if self._now() - trigger.made_at > self._timings.trigger_life:
            return "expired_trigger_id"
        trigger.is_used = True
        return trigger

    def response_url(
        self,
        *,
        app_id: str,
        workspace_id: str,
        channel: str,
        user_id: str,
        message_ts: str | None = None,
        thread_ts: str | None = None,
    ) -> ResponseUrl:
        path = f"/actions/{workspace_id}/{self._ids.number(12)}/{self._ids.secret(24)}"
        grant = ResponseUrl(
            path=path,
            app_id=app_id,
            workspace_id=workspace_id,
            channel=channel,
            user_id=user_id,
            message_ts=message_ts,
            thread_ts=thread_ts,
            made_at=self._now(),
        )
        self._response_urls[path] = grant
        return grant

    def use_response_url(self, path: str) -> ResponseUrl | Literal["expired_url", "used_url"]:
        """The URL's grant, with one use taken from it."""
        grant = self._response_urls.get(path)
        if grant is None or self._now() - grant.made_at > self._timings.response_url_life:
            return "expired_url"
        if grant.uses >= self._timings.response_url_uses:
            return "used_url"
        grant.uses += 1
        return grant
