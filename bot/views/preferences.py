"""A member's own messages: the *My preferences* tab of the App Home."""

from dataclasses import dataclass

from bot.views import quiet_fields, severity
from bot.views.blocks import Block, Message, actions, button, facts, section
from bot.views.text import escape
from houston.notify.preferences import PreferenceSeen
from houston.notify.vocabulary import EVENT_TYPES

INTRO = "What Houston sends to you alone, in a direct message. Only you can see and change this."


@dataclass(frozen=True, kw_only=True)
class Preferences:
    """`seen` is None for a stranger, who has none here."""

    seen: PreferenceSeen | None
    has_clients: bool


def tab(content: Preferences) -> list[Block]:
    if content.seen is None:
        return [section("Only people of this workspace can choose messages of their own here.")]
    if content.seen.is_new:
        return [
            section(f"{INTRO}\nYou have not chosen anything yet: what you hear of, you hear in channels."),
            _change("Choose"),
        ]
    shown = content.seen
    return [section(INTRO), facts(_facts(shown, has_clients=content.has_clients)), _change("Change")]


def saved(seen: PreferenceSeen) -> Message:
    if not seen.active:
        said = "✅ Saved: Houston sends you no messages of your own."
    elif seen.daily_at:
        said = f"✅ Saved: once a day, at {seen.daily_at}, Houston sends you what there was."
    else:
        said = "✅ Saved: Houston sends you what you chose, as it happens."
    return Message(text=said, blocks=[section(said)])


def _facts(seen: PreferenceSeen, *, has_clients: bool) -> list[tuple[str, str]]:
    types = ", ".join(EVENT_TYPES[each] for each in seen.event_types if each in EVENT_TYPES)
    quiet = quiet_fields.in_words(seen.quiet_hours, seen.timezone) if seen.quiet_hours else "none"
    pairs = [
        ("🔔 Messages", "on" if seen.active else "⏸ off"),
        ("About", types or "nothing"),
        ("Severity", severity.MINIMUMS[seen.minimum_severity]),
        ("🌙 Quiet hours", quiet.removeprefix("quiet on ").removeprefix("quiet ")),
        ("When", f"once a day at {seen.daily_at}" if seen.daily_at else "one by one, as it happens"),
        ("🕐 Your time zone", escape(seen.timezone)),
    ]
    if has_clients:
        named = ", ".join(escape(each.name, 60) for each in seen.clients[:20])
        pairs.insert(2, ("Clients", named or "all that you may see"))
    return pairs


def _change(word: str) -> Block:
    return actions(button(word, "edit_preferences", style="primary"))
