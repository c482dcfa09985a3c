"""manifest.yml asks for exactly what the listeners use."""

from typing import Any

import pytest

from bot.bolt import LISTENERS
from bot.connect.manifest import manifest
from bot.listeners.commands import COMMAND
from bot.views.ask_form import SHORTCUT
from houston.agent.events.suggestions import DEFAULTS

UNWANTED = {"channels:join", "chat:write.public", "chat:write.customize", "admin"}

NEEDED_BY = {
    "app_mention": {"app_mentions:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "channel_rename": {"channels:read"},
    "group_rename": {"groups:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "channel_shared": {"channels:read", "groups:read"},
    "channel_unshared": {"channels:read", "groups:read"},
    "team_join": {"users:read"},
    "user_change": {"users:read", "users:read.email"},
}
"""Scopes without which Slack does not send an event."""


class Recorded:
    """Takes registrations as Bolt's app would, and remembers their names."""

    def __init__(self) -> None:
        self.named: dict[str, list[Any]] = {}

    def __getattr__(self, kind: str) -> Any:
        def register(name: Any, **_: Any) -> Any:
            self.named.setdefault(kind, []).append(name)
            return lambda function: function

        return register


@pytest.fixture
def listeners() -> Recorded:
    recorded = Recorded()
    for module in LISTENERS:
        module.register(recorded)
    return recorded


def events() -> list[str]:
    found: list[str] = manifest()["settings"]["event_subscriptions"]["bot_events"]
    return found


def scopes() -> list[str]:
    found: list[str] = manifest()["oauth_config"]["scopes"]["bot"]
    return found


def test_the_events_subscribed_are_the_events_listened_to(listeners: Recorded) -> None:
    listened = {name for name in listeners.named["event"] if isinstance(name, str)}
    assert {name.split(".")[0] for name in events()} == listened
    assert len(events()) == len(set(events()))


def test_the_commands_are_those_listened_to(listeners: Recorded) -> None:
    declared = [each["command"] for each in manifest()["features"]["slash_commands"]]
    assert declared == listeners.named["command"] == [COMMAND]


def test_the_shortcuts_are_those_listened_to(listeners: Recorded) -> None:
    declared = manifest()["features"]["shortcuts"]
    assert [each["callback_id"] for each in declared] == listeners.named["shortcut"] == [SHORTCUT]
    assert all(each["type"] == "message" and len(each["name"]) <= 24 for each in declared)


def test_no_permission_is_asked_for_that_is_not_used() -> None:
    assert not UNWANTED & set(scopes())
    assert len(scopes()) == len(set(scopes()))


def test_each_event_has_the_permission_that_it_needs() -> None:
    missing = {event: needed - set(scopes()) for event, needed in NEEDED_BY.items() if event in events()}
    assert not any(missing.values()), missing


def test_the_suggested_prompts_are_those_of_the_messages_tab() -> None:
    declared = manifest()["features"]["agent_view"]["suggested_prompts"]
    assert [(each["title"], each["message"]) for each in declared] == [
        (each.title, each.question) for each in DEFAULTS
    ]


def test_the_app_connects_by_socket_mode_and_without_rotation() -> None:
    settings = manifest()["settings"]
    assert settings["socket_mode_enabled"] is True
    assert settings["token_rotation_enabled"] is False
    assert settings["org_deploy_enabled"] is False
    assert settings["interactivity"] == {"is_enabled": True}


def test_the_description_fits() -> None:
    assert len(manifest()["display_information"]["description"]) <= 140
