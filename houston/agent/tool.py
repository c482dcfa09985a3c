"""A tool: a documented async function that a model may call."""

import inspect
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, get_type_hints
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from houston.agent.messages import ToolCall, ToolSpec

if TYPE_CHECKING:
    from houston.records.customers import Customers
    from houston.records.notes import Notes
    from houston.team.clients import Clients
    from houston.watch.metrics import Metrics
    from houston.watch.occurrences import Occurrences
    from store.scope import Scope
    from store.tables import Client

ToolFunction = Callable[..., Awaitable[Mapping[str, Any]]]

ARGUMENT = re.compile(r"^ {4}(\w+)(?: \([^)]*\))?: (.+)$")
UNSAID = (None, "", "null", "None")
"""What models write for an optional argument that they leave open."""


class ToolError(Exception):
    """Tells the model what to do instead."""


def _unswitchable(client: "Client") -> None:
    raise ToolError(f"The client cannot be changed to {client.name} here.")


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The services that tools call."""

    metrics: "Metrics"
    outliers: "Occurrences"
    notes: "Notes"
    customers: "Customers"
    clients: "Clients"


@dataclass(frozen=True, kw_only=True)
class ToolContext:
    """On whose behalf a tool runs. The scope decides what it may see, never the model."""

    scope: "Scope"
    client: "Client | None"
    member: str
    zone: ZoneInfo
    now: datetime
    desk: Desk
    switch_client: Callable[["Client"], None] = field(default=_unswitchable)
    """Makes a client the conversation's current one, from the next tool call on."""

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


class _Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


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

    @classmethod
    def of(
        cls,
        function: ToolFunction,
        *,
        label: str = "",
        needs_approval: bool = False,
        runs_first: bool = False,
    ) -> "Tool":
        name = function.__name__
        arguments = _arguments(function)
        return cls(
            name=name,
            description=_docstring(function)[0],
            parameters=_schema(arguments),
            function=function,
            arguments=arguments,
            label=label or name.replace("_", " ").capitalize(),
            needs_approval=needs_approval,
            runs_first=runs_first,
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
    *, label: str = "", needs_approval: bool = False, runs_first: bool = False
) -> Callable[[ToolFunction], Tool]:
    """Decorates an async function `(ctx, …)`; its signature and docstring are the schema."""

    def decorated(function: ToolFunction) -> Tool:
        return Tool.of(function, label=label, needs_approval=needs_approval, runs_first=runs_first)

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


def _arguments(function: ToolFunction) -> type[BaseModel]:
    hints = get_type_hints(function, include_extras=True)
    described = _docstring(function)[1]
    fields: dict[str, Any] = {}
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        default = ... if parameter.default is inspect.Parameter.empty else parameter.default
        fields[parameter.name] = (
            hints[parameter.name],
            Field(default, description=described.get(parameter.name)),
        )
    model: type[BaseModel] = create_model(function.__name__, __base__=_Arguments, **fields)
    return model


def _schema(arguments: type[BaseModel]) -> dict[str, Any]:
    schema = arguments.model_json_schema()
    properties = {name: _untitled(value) for name, value in schema.get("properties", {}).items()}
    slim = {key: value for key, value in schema.items() if key not in ("title", "description")}
    return slim | {"properties": properties}


def _untitled(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key != "title"}


def _docstring(function: ToolFunction) -> tuple[str, dict[str, str]]:
    """What a Google-style docstring says of the function, and of each argument."""
    text, _, section = inspect.cleandoc(function.__doc__ or "").partition("\nArgs:\n")
    described: dict[str, str] = {}
    last = ""
    for line in section.splitlines():
        if found := ARGUMENT.match(line):
            last = found[1]
            described[last] = found[2].strip()
        elif last and line.startswith(" " * 8):
            described[last] += " " + line.strip()
    return text.strip(), described
