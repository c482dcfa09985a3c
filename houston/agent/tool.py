"""A tool: a documented async function that a model may call."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Union
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ValidationError

from houston.agent.messages import ToolCall, ToolSpec
from houston.agent.signatures import ToolFunction, arguments_of, docstring_of, schema_of

if TYPE_CHECKING:
    from houston.access import Actor
    from houston.agent.desk import Desk
    from houston.agent.turn import ChartDrawn, ChoicesOffered
    from store.scope import Scope
    from store.tables import Client

Shown = Union["ChartDrawn", "ChoicesOffered"]
PreviewFunction = Callable[..., Awaitable["Change"]]

UNSAID = (None, "", "null", "None")
"""What models write for an optional argument that they leave open."""


class ToolError(Exception):
    """Tells the model what to do instead."""


def _unswitchable(client: "Client") -> None:
    raise ToolError(f"The client cannot be changed to {client.name} here.")


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a write will do, for the eyes of the person who approves it."""

    title: str
    """Such as `Create a note for Acme`."""
    lines: tuple[tuple[str, str, str], ...] = ()
    """(field, before, after); before is empty where the thing is new."""
    remarks: tuple[str, ...] = ()
    """What else there is to know, such as how often it would have fired; no part of what is approved."""
    client_id: int | None = None
    """Whose it is, where that need not be the conversation's current client."""


def _nobody_sees(shown: "Shown") -> None:
    """Where no answer is being written."""


@dataclass(frozen=True, kw_only=True)
class ToolContext:
    """On whose behalf a tool runs. The scope decides what it may see, never the model."""

    actor: "Actor"
    client: "Client | None"
    member: str
    zone: ZoneInfo
    now: datetime
    desk: "Desk"
    question: str = ""
    """What the person asked, as they wrote it."""
    switch_client: Callable[["Client"], None] = field(default=_unswitchable)
    """Makes a client the conversation's current one, from the next tool call on."""
    results: Callable[[], Mapping[str, Mapping[str, Any]]] = field(default=dict)
    """What the conversation's tool calls returned, by reference: r1, r2, …"""
    show: Callable[["Shown"], None] = field(default=_nobody_sees)
    """Puts something else than text into the answer."""
    channel: str = ""
    """Where the conversation is; '' where that is no Slack channel."""

    @property
    def scope(self) -> "Scope":
        return self.actor.scope

    @property
    def client_id(self) -> int | None:
        return self.client.id if self.client else None

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()


@dataclass(frozen=True, kw_only=True)
class ToolResult:
    """What a call came to; kept with the turn."""

    call: ToolCall
    data: Mapping[str, Any]
    failed: bool = False


@dataclass(frozen=True, kw_only=True)
class Tool:
    name: str
    description: str
    parameters: Mapping[str, Any]
    function: ToolFunction
    arguments: type[BaseModel] = field(repr=False)
    label: str
    """What a person reads while it runs, such as `Reading {metric}{client}{period}`."""
    needs_approval: bool = False
    runs_first: bool = False
    """It changes what the other calls of its step see, so it runs alone and before them."""
    quiet: bool = False
    """It only looks names up: a status is enough, and no card tells of it unless it fails."""
    preview: PreviewFunction | None = field(default=None, repr=False)
    """Of a write: checks everything, changes nothing, and says what would change."""

    @classmethod
    def of(
        cls,
        function: ToolFunction,
        *,
        label: str = "",
        needs_approval: bool = False,
        runs_first: bool = False,
        quiet: bool = False,
        preview: PreviewFunction | None = None,
    ) -> "Tool":
        name = function.__name__
        arguments = arguments_of(function)
        return cls(
            name=name,
            description=docstring_of(function)[0],
            parameters=schema_of(arguments),
            function=function,
            arguments=arguments,
            label=label or name.replace("_", " ").capitalize(),
            needs_approval=needs_approval,
            runs_first=runs_first,
            quiet=quiet,
            preview=preview,
        )

    @property
    def spec(self) -> ToolSpec:
        return ToolSpec(name=self.name, description=self.description, parameters=self.parameters)

    def parse(self, raw: str) -> dict[str, Any]:
        """The checked arguments of a call; raises ToolError with what to mend."""
        required = self.parameters.get("required", ())
        given = {
            name: value
            for name, value in _json_object(raw).items()
            if name in required or value not in UNSAID
        }
        try:
            parsed = self.arguments.model_validate(given)
        except ValidationError as error:
            raise ToolError(self._complaint(error)) from None
        return {name: getattr(parsed, name) for name in self.arguments.model_fields}

    async def run(self, context: ToolContext, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        return await self.function(context, **arguments)

    def _complaint(self, error: ValidationError) -> str:
        problems = [
            f"{'.'.join(map(str, problem['loc'])) or 'arguments'}: {problem['msg']}"
            for problem in error.errors()
        ]
        known = ", ".join(self.arguments.model_fields) or "none"
        return f"Call {self.name} again with these mended: {'; '.join(problems)}. Its arguments are: {known}."


def tool(
    *,
    label: str = "",
    needs_approval: bool = False,
    runs_first: bool = False,
    quiet: bool = False,
    preview: PreviewFunction | None = None,
) -> Callable[[ToolFunction], Tool]:
    """Decorates an async function `(ctx, …)`; its signature and docstring are the schema.

    A write needs approval, and a `preview` with the same arguments, which returns a Change.
    """

    def decorated(function: ToolFunction) -> Tool:
        return Tool.of(
            function,
            label=label,
            needs_approval=needs_approval,
            runs_first=runs_first,
            quiet=quiet,
            preview=preview,
        )

    return decorated


def _json_object(raw: str) -> dict[str, Any]:
    try:
        value = json.loads(raw.strip() or "{}")
    except json.JSONDecodeError as error:
        raise ToolError(
            f"The arguments are not valid JSON ({error}). Call again with one JSON object."
        ) from None
    if not isinstance(value, dict):
        raise ToolError("The arguments must be one JSON object, such as {}. Call again.")
    return value
