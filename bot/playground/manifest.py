"""Reads a Slack app manifest, as far as the playground acts on it."""

from dataclasses import dataclass
from typing import Any

from bot.playground.nouns import Json, Shortcut, SlashCommand


@dataclass(frozen=True, kw_only=True)
class Manifest:
    name: str
    description: str
    scopes: tuple[str, ...]
    redirect_urls: tuple[str, ...]
    rotates_tokens: bool
    events: frozenset[str]
    commands: tuple[SlashCommand, ...]
    shortcuts: tuple[Shortcut, ...]
    suggested_prompts: tuple[Json, ...]
    has_home: bool
    has_messages: bool


def read_manifest(manifest: Json) -> Manifest:
    features = _section(manifest, "features")
    home = _section(features, "app_home")
    agent = _section(features, "agent_view")
    oauth, settings = _section(manifest, "oauth_config"), _section(manifest, "settings")
    scopes = _section(oauth, "scopes")
    events = _section(settings, "event_subscriptions")
    result = Manifest(
        name=_name(manifest, features),
        description=_section(manifest, "display_information").get("description", ""),
        scopes=tuple(scopes.get("bot", [])),
        redirect_urls=tuple(oauth.get("redirect_urls", [])),
        rotates_tokens=bool(settings.get("token_rotation_enabled", False)),
        events=frozenset(events.get("bot_events", [])),
        commands=tuple(_command(each) for each in features.get("slash_commands", [])),
        shortcuts=tuple(_shortcut(each) for each in features.get("shortcuts", [])),
        suggested_prompts=tuple(agent.get("suggested_prompts", [])),
        has_home=bool(home.get("home_tab_enabled", False)),
        has_messages=bool(home.get("messages_tab_enabled", True)),
    )
    if result.commands and "commands" not in result.scopes:
        raise ValueError("The manifest has slash_commands: add `commands` to oauth_config.scopes.bot.")
    return result


def _section(parent: Json, key: str) -> dict[str, Any]:
    section = parent.get(key) or {}
    if not isinstance(section, dict):
        raise ValueError(f"The manifest's `{key}` must be a mapping.")
    return section


def _name(manifest: Json, features: Json) -> str:
    bot = _section(features, "bot_user").get("display_name")
    name = bot or _section(manifest, "display_information").get("name")
    if not name:
        raise ValueError("The manifest needs display_information.name.")
    return str(name)


def _command(entry: Json) -> SlashCommand:
    return SlashCommand(
        command=entry["command"],
        description=entry.get("description", ""),
        usage_hint=entry.get("usage_hint", ""),
        should_escape=bool(entry.get("should_escape", False)),
    )


def _shortcut(entry: Json) -> Shortcut:
    return Shortcut(
        name=entry["name"],
        type=entry["type"],
        callback_id=entry["callback_id"],
        description=entry.get("description", ""),
    )
