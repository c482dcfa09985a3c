"""Things of one type and client that came together, in one message that shows how each stands."""

from collections.abc import Sequence

from bot.views import buttons, episode
from bot.views.blocks import Block, Message, context, long_header, section
from bot.views.kind import Kind
from bot.views.listed import MOST_LINES, distinct, heading, line, sections
from bot.views.text import escape, when
from houston.notify.messenger import Announcement

NAMED = 3
"""In the fallback, as a phone's notification shows it."""


def grouped(kinds: Sequence[Kind], announcement: Announcement) -> Message:
    """`kinds` are those of `distinct(announcement.all)`. Where not all can be named, those that are
    over are left out first."""
    shown = distinct(announcement.all)
    pairs = list(zip(kinds, shown, strict=True))
    title = heading(kinds, shown)
    over = [each for each in shown if episode.is_over(each)]
    if len(over) == len(shown):
        title = f"✅ {title.partition(' ')[2]}: all {_settled(kinds)}"
    elif len(pairs) > MOST_LINES:
        pairs.sort(key=lambda pair: episode.is_over(pair[1]))
    blocks = [long_header(title), *_progress(_settled(kinds), over, shown)]
    blocks += sections([line(kind, each) for kind, each in pairs])
    blocks.append(_since(announcement, shown))
    return Message(
        text=escape(f"{title}: {_named(pairs)}"), blocks=_with_buttons(announcement, kinds, shown, blocks)
    )


def _progress(settled: str, over: Sequence[Announcement], shown: Sequence[Announcement]) -> list[Block]:
    """`3 of 5 are back to normal`."""
    if not over or len(over) == len(shown):
        return []
    return [section(f"✅ {len(over)} of {len(shown)} {'is' if len(over) == 1 else 'are'} {settled}")]


def _settled(kinds: Sequence[Kind]) -> str:
    return kinds[0].settled if all(kind is kinds[0] for kind in kinds) else "over"


def _named(pairs: Sequence[tuple[Kind, Announcement]]) -> str:
    """`Spend · google-ads, Spend · bing-ads, Clicks and 2 more`."""
    names = ", ".join(kind.name(each) for kind, each in pairs[:NAMED])
    return f"{names} and {len(pairs) - NAMED:,} more" if len(pairs) > NAMED else names


def _since(announcement: Announcement, shown: Sequence[Announcement]) -> Block:
    first = min(episode.began(each) for each in shown)
    return context(f"📅 {when(first, announcement.timezone)}")


def _with_buttons(
    announcement: Announcement, kinds: Sequence[Kind], shown: Sequence[Announcement], blocks: list[Block]
) -> list[Block]:
    if not any(kind.can_ask for kind in kinds):
        return buttons.beside(announcement, blocks)
    return [*blocks, *buttons.row(announcement, [each.episode for each in shown if each.episode])]
