"""Several things in one list, a line each."""

from collections.abc import Iterable, Sequence

from bot.views import episode
from bot.views.blocks import Block, section
from bot.views.kind import Kind
from bot.views.links import link, web_page
from bot.views.post import url
from bot.views.text import count, cut, escape, one_line
from houston.notify.messenger import Announcement

MOST_LINES = 20
NAME, BRIEF, ADDRESS = 100, 160, 300
"""The most characters of each part of a line."""

SECTION = 2_800


def distinct(announcements: Iterable[Announcement]) -> list[Announcement]:
    """One for each episode, the newest, at the place of its first; each of what has none."""
    found: dict[object, Announcement] = {}
    for each in announcements:
        found[each.episode.id if each.episode else ("event", each.event.id)] = each
    return list(found.values())


def line(kind: Kind, announcement: Announcement) -> str:
    """`🟠 *Cost per click · google-ads*: $2.31, expected $1.05 · 👀 <@U1>`."""
    mark = episode.mark(announcement) if announcement.episode or announcement.event.phase else kind.emoji
    name = escape(cut(kind.name(announcement), NAME))
    page = web_page(url(announcement))
    subject = link(page, cut(kind.name(announcement), NAME)) if page and len(page) <= ADDRESS else name
    brief = escape(cut(one_line(kind.brief(announcement)), BRIEF))
    said = f"{mark} *{subject}*: {brief}" if brief else f"{mark} *{subject}*"
    return said + episode.hands(announcement)


def sections(lines: Sequence[str], most: int = MOST_LINES) -> list[Block]:
    """As few sections as hold the lines; those that are too many are counted."""
    shown = list(lines[:most])
    if len(lines) > most:
        shown.append(f"and {len(lines) - most:,} more")
    filled = [shown[0]]
    for each in shown[1:]:
        if len(filled[-1]) + len(each) < SECTION:
            filled[-1] += f"\n{each}"
        else:
            filled.append(each)
    return [section(each) for each in filled]


def heading(kinds: Sequence[Kind], announcements: Sequence[Announcement]) -> str:
    """`📈 5 outliers for Acme Outdoor`."""
    kind, clients = kinds[0], {each.client_name for each in announcements}
    is_one = all(each is kind for each in kinds)
    amount = count(len(kinds), kind.noun, kind.plural) if is_one else count(len(kinds), "message")
    client = clients.pop() if len(clients) == 1 else None
    return f"{kind.emoji if is_one else '🔔'} {amount}" + (f" for {client}" if client else "")
