"""The *Notifications* tab of the App Home."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.views import rules
from bot.views.blocks import Block, actions, button, confirm, context, option, section, select
from bot.views.place import ALL, Place
from bot.views.reader import Reader, who_can
from bot.views.text import count
from houston.notify.rules.rules import RuleSeen
from houston.notify.vocabulary import EVENT_TYPES

PAGE = 10
"""Rules on one page: two blocks each, of the 100 that Slack allows."""


@dataclass(frozen=True, kw_only=True)
class Notifications:
    rules: Sequence[RuleSeen]
    reader: Reader


def tab(place: Place, content: Notifications) -> list[Block]:
    found = [rule for rule in content.rules if place.event_type in (ALL, rule.event_type)]
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(place.page, 0), pages - 1)
    reader = content.reader
    blocks = _top(place, reader)
    for rule in found[page * PAGE : (page + 1) * PAGE]:
        line = rules.line(rule, has_clients=reader.has_clients, timezone=reader.zone.key)
        blocks.append(section(line))
        if reader.is_admin:
            blocks.append(_rule_buttons(rule))
    if not found:
        nothing = "No notifications yet." if place.event_type == ALL else "No notifications of this type."
        blocks.append(section(nothing))
    return [*blocks, *_pager(page, pages, len(found))]


def _top(place: Place, reader: Reader) -> list[Block]:
    if not reader.is_admin:
        return [actions(_filter(place)), context(who_can(reader, "notifications"))]
    return [actions(rules.add_button(), _filter(place))]


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
