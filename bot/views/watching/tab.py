"""The tab *Watching* of the App Home: one section at a time, chosen on top."""

from dataclasses import dataclass

from bot.views.blocks import Block, actions, button
from bot.views.place import SECTIONS, Place
from bot.views.reader import Reader
from bot.views.watching.listing import Listing, listing


@dataclass(frozen=True, kw_only=True)
class Watching:
    """What one section lists."""

    listing: Listing
    reader: Reader


def tab(place: Place, content: Watching) -> list[Block]:
    sections = actions(
        *(
            button(name, f"watching_{each}", style="primary" if each == place.section else None)
            for each, name in SECTIONS.items()
        )
    )
    return [sections, *listing(content.listing, content.reader, place.page)]
