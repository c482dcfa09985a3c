"""What a tool's signature and docstring tell a model: its arguments, their types, what each is for."""

import inspect
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

ToolFunction = Callable[..., Awaitable[Mapping[str, Any]]]

ARGUMENT = re.compile(r"^ {4}(\w+)(?: \([^)]*\))?: (.+)$")


class _Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


def arguments_of(function: ToolFunction) -> type[BaseModel]:
    hints = get_type_hints(function, include_extras=True)
    described = docstring_of(function)[1]
    fields: dict[str, Any] = {}
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        default = ... if parameter.default is inspect.Parameter.empty else parameter.default
        fields[parameter.name] = (
            hints[parameter.name],
            Field(default, description=described.get(parameter.name)),
        )
    model: type[BaseModel] = create_model(function.__name__, __base__=_Arguments, **fields)
    return model


def schema_of(arguments: type[BaseModel]) -> dict[str, Any]:
    schema = arguments.model_json_schema()
    properties = {name: _untitled(value) for name, value in schema.get("properties", {}).items()}
    slim = {key: value for key, value in schema.items() if key not in ("title", "description")}
    return slim | {"properties": properties}


def _untitled(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key != "title"}


def docstring_of(function: ToolFunction) -> tuple[str, dict[str, str]]:
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
