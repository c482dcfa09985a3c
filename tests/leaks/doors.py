"""Every door of Houston, found in the code itself: a new one without a case fails by its name."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import bot
from bot.bolt import LISTENERS
from houston.notify.vocabulary import EVENT_TYPES
from houston.web.api import ENDPOINTS, PREFIX
from tools import ALL_TOOLS

NO_SUBCOMMANDS = {"LISTINGS"}
"""Tables of something else."""

TABLES = {"SUBCOMMANDS": "", "RULES": "rules", "DIGEST": "digest"}
"""The tables of subcommands in bot/, and the word that leads to each."""

INPUTS = frozenset(
    {
        *("active", "severity", "subject", "quiet_hours", "quiet_critical", "escalate_minutes"),
        *("event_types", "rhythm", "daily_at", "assignee", "alias", "url"),
        *("client_name", "confirmation", "bot_token", "app_token"),
        *("name", "source", "sql", "metric", "schedule", "timezone", "report", "match", "fires"),
        *(f"severity_{number}" for number in range(1, 6)),
        *("owner", "runbook", "no_data", "sensitivity", "direction", "season", "country", "excluded"),
        *("minimum_change", "minimum_change_percent", "aggregate", "numerator", "denominator"),
        *("unit", "freshness", "key", "question"),
        *("daily", "member", "answer_opinion_reason"),
    }
)
"""Elements that are read when their form is submitted."""

Register = Callable[[Any], Any]


class Registry:
    """What a module registers, in its order, as `kind name`: it stands in for Bolt's app."""

    def __init__(self) -> None:
        self.doors: list[str] = []

    def __getattr__(self, kind: str) -> Callable[..., Register]:
        def register(constraint: Any = "", *_: Any, **__: Any) -> Register:
            name = getattr(constraint, "pattern", constraint)
            self.doors.append(f"{kind} {name}".strip())
            return lambda listener: listener

        return register


def listeners() -> list[str]:
    """The doors of Slack's events, actions, options, views and commands, as Bolt asks them."""
    registry = Registry()
    for module in LISTENERS:
        module.register(registry)
    return registry.doors


def unlisted() -> list[str]:
    """Modules that could register listeners and are not asked to."""
    found = [module for module in _modules() if inspect.isfunction(getattr(module, "register", None))]
    return [module.__name__ for module in found if module not in LISTENERS]


def subcommands() -> list[str]:
    """Every way to go on after `/houston`, as `/houston rules add`."""
    found = {
        f"/houston {' '.join(part for part in (TABLES[name], word) if part)}".strip()
        for name, table in _tables()
        for word in table
        if name in TABLES
    }
    return sorted(found)


def unknown_tables() -> list[str]:
    """Tables of subcommands to which this file knows no way."""
    return sorted({name for name, _ in _tables()} - TABLES.keys() - NO_SUBCOMMANDS)


def tools() -> list[str]:
    return [f"tool {tool.name}" for tool in ALL_TOOLS]


def endpoints() -> list[str]:
    return [f"{endpoint.method} {PREFIX}{endpoint.path}" for endpoint in ENDPOINTS]


def announcements() -> list[str]:
    return [f"announcement {type}" for type in EVENT_TYPES]


def _tables() -> Iterator[tuple[str, dict[str, Any]]]:
    for module in _modules():
        for name, value in vars(module).items():
            is_table = name.isupper() and isinstance(value, dict) and value and _is_defined_in(module, name)
            if is_table and all(inspect.iscoroutinefunction(each) for each in value.values()):
                yield name, value


def _is_defined_in(module: ModuleType, name: str) -> bool:
    return f"\n{name}" in inspect.getsource(module)


def _modules() -> list[ModuleType]:
    names = [
        found.name for found in pkgutil.walk_packages(bot.__path__, "bot.") if "playground" not in found.name
    ]
    return [importlib.import_module(name) for name in names]


def strange_elements(shown: set[tuple[str, bool]]) -> list[str]:
    """Elements that Houston showed and nobody answers for: neither a door nor a link."""
    named = [door.partition(" ")[2] for door in listeners() if door.startswith(("action ", "options "))]
    patterns = [name for name in named if name != ".*"]
    return sorted(
        action_id
        for action_id, is_link in shown
        if not is_link
        and not any(re.fullmatch(pattern, action_id) for pattern in patterns)
        and action_id not in INPUTS
    )
