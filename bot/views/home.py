"""The App Home: the tabs on top, and *Overview*; the other tabs have files of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.views import (
    connection,
    digest_settings,
    going_on,
    notifications,
    outliers,
    pausing,
    preferences,
    rules,
)
from bot.views.blocks import Block, View, actions, button, divider, header, section
from bot.views.connection import Connection
from bot.views.digest_settings import DigestTab
from bot.views.notifications import Notifications
from bot.views.place import TABS, Place
from bot.views.preferences import Preferences
from bot.views.reader import Reader
from bot.views.text import count
from bot.views.watching import tab as watching
from bot.views.watching.tab import Watching
from houston.notify.handling.going_on import EpisodeSeen
from houston.notify.pausing import Paused
from houston.notify.rules.rules import RuleSeen
from houston.watch.occurrences import OccurrenceSeen
from store.tables import Channel


@dataclass(frozen=True, kw_only=True)
class Overview:
    occurrences: Sequence[OccurrenceSeen]
    rules: Sequence[RuleSeen]
    channels: Sequence[Channel]
    reader: Reader
    going_on: Sequence[EpisodeSeen] = ()
    paused: Paused | None = None


Content = Overview | Notifications | Watching | DigestTab | Connection | Preferences


def home(place: Place, content: Content) -> View:
    match content:
        case Overview():
            blocks = _overview(content)
        case Notifications():
            blocks = notifications.tab(place, content)
        case Watching():
            blocks = watching.tab(place, content)
        case DigestTab():
            blocks = digest_settings.tab(content)
        case Connection():
            blocks = connection.tab(content)
        case Preferences():
            blocks = preferences.tab(content)
    tabs = actions(
        *(
            button(name, f"home_{tab}", style="primary" if tab == place.tab else None)
            for tab, name in TABS.items()
        )
    )
    return {"type": "home", "private_metadata": place.as_text(), "blocks": [tabs, divider(), *blocks]}


def _overview(content: Overview) -> list[Block]:
    active = sum(rule.active for rule in content.rules)
    posted = f"{count(active, 'active notification')} in {count(len(content.channels), 'channel')}."
    latest = [section(outliers.line(each, content.reader.zone)) for each in content.occurrences]
    return [
        *pausing.blocks(content.paused, content.reader),
        *going_on.blocks(content.going_on, content.reader),
        divider(),
        header("Latest outliers"),
        *(latest or [section("Nothing unusual in the last 7 days.")]),
        divider(),
        header("Notifications"),
        section(posted, rules.add_button() if content.reader.is_admin else None),
        divider(),
        header("What to try next"),
        section("\n".join(_next_steps(content))),
    ]


def _next_steps(content: Overview) -> list[str]:
    steps = [
        "• Ask me in the *Messages* tab: “How did revenue do last week?”",
        "• Mention me in a channel, or run `/houston ask QUESTION`.",
        "• Press *Ask Houston* under an alert to find out what happened.",
    ]
    if not content.channels:
        steps.insert(0, "• Type `/invite @Houston` in the channel that alerts should go to.")
    return steps
