"""The App Home: Overview, Notifications, Connection."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from bot.views import outliers, rules
from bot.views.blocks import (
    Block,
    View,
    actions,
    button,
    confirm,
    context,
    divider,
    facts,
    header,
    option,
    section,
    select,
)
from bot.views.text import count, escape
from houston.notify.rules import RuleSeen
from houston.notify.vocabulary import EVENT_TYPES
from houston.watch.occurrences import OccurrenceSeen
from store.tables import Channel, Workspace

Tab = Literal["overview", "notifications", "connection"]
TABS: dict[Tab, str] = {"overview": "Overview", "notifications": "Notifications", "connection": "Connection"}

PAGE = 10
"""Rules on one page: two blocks each, of the 100 that Slack allows."""

ALL = "all"
CHANNELS_SHOWN = 100


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where somebody is on their App Home; kept in the view."""

    tab: Tab = "overview"
    page: int = 0
    event_type: str = ALL

    def as_text(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> "Place":
        return cls(**json.loads(text)) if text else cls()

    @classmethod
    def on(cls, tab: str) -> "Place":
        return cls(tab=next((each for each in TABS if each == tab), "overview"))


@dataclass(frozen=True, kw_only=True)
class Overview:
    occurrences: Sequence[OccurrenceSeen]
    rules: Sequence[RuleSeen]
    channels: Sequence[Channel]
    zone: ZoneInfo


@dataclass(frozen=True, kw_only=True)
class Notifications:
    rules: Sequence[RuleSeen]
    has_clients: bool


@dataclass(frozen=True, kw_only=True)
class Connection:
    workspace: Workspace
    channels: Sequence[Channel]
    connection: str


def home(place: Place, content: Overview | Notifications | Connection) -> View:
    match content:
        case Overview():
            blocks = _overview(content)
        case Notifications():
            blocks = _notifications(place, content)
        case Connection():
            blocks = _connection(content)
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
    latest = [section(outliers.line(each, content.zone)) for each in content.occurrences]
    return [
        header("Latest outliers"),
        *(latest or [section("Nothing unusual in the last 7 days.")]),
        divider(),
        header("Notifications"),
        section(posted, button("Add notification", "add_rule", style="primary")),
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


def _notifications(place: Place, content: Notifications) -> list[Block]:
    found = [rule for rule in content.rules if place.event_type in (ALL, rule.event_type)]
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(place.page, 0), pages - 1)
    shown = found[page * PAGE : (page + 1) * PAGE]
    blocks = [actions(button("Add notification", "add_rule", style="primary"), _filter(place))]
    for rule in shown:
        blocks += [section(rules.line(rule, has_clients=content.has_clients)), _rule_buttons(rule)]
    if not shown:
        nothing = "No notifications yet." if place.event_type == ALL else "No notifications of this type."
        blocks.append(section(nothing))
    return [*blocks, *_pager(page, pages, len(found))]


def _filter(place: Place) -> Block:
    types = [option("All types", ALL), *(option(name, each) for each, name in EVENT_TYPES.items())]
    return select("home_filter", types, chosen=place.event_type)


def _rule_buttons(rule: RuleSeen) -> Block:
    row_id = str(rule.id)
    switch = ("Pause", "pause_rule") if rule.active else ("Resume", "resume_rule")
    question = f"Delete rule #{rule.number}? Its channels hear no more of {EVENT_TYPES[rule.event_type]}."
    delete = button("Delete", "delete_rule", value=row_id, style="danger")
    return actions(
        button("Edit", "edit_rule", value=row_id),
        button(switch[0], switch[1], value=row_id),
        delete | {"confirm": confirm("Delete notification", question, "Delete")},
    )


def _pager(page: int, pages: int, found: int) -> list[Block]:
    if pages == 1:
        return []
    turns = []
    if page > 0:
        turns.append(button("‹ Previous", "home_previous", value=str(page - 1)))
    if page < pages - 1:
        turns.append(button("Next ›", "home_next", value=str(page + 1)))
    return [context(f"Page {page + 1} of {pages}, {count(found, 'notification')}"), actions(*turns)]


def _connection(content: Connection) -> list[Block]:
    workspace = content.workspace
    names = [f"<#{each.id}>" for each in content.channels[:CHANNELS_SHOWN]]
    more = len(content.channels) - len(names)
    listed = ", ".join([*names, f"{more} more"] if more > 0 else names)
    return [
        facts(
            [
                ("Workspace", escape(workspace.name, 200)),
                ("Kind", "Agency: sees every client" if workspace.has_clients else "One client"),
                ("🔌 Slack", escape(content.connection)),
                ("🕐 Time zone", f"{escape(workspace.timezone)} (`/houston timezone Area/City`)"),
            ]
        ),
        section(f"*Channels that Houston is in*\n{listed or 'None yet.'}"),
        context("To add one, type `/invite @Houston` in that channel."),
    ]
