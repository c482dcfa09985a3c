"""What the messages of one type of event say; how they are put together is the same for all."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.views.blocks import Block
from houston.notify.messenger import Announcement


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`name` is what it is about, `title` how its message is headed while it goes on, `brief` what it
    says in a list, `latest` what its newest event brings: all plain text in one line. `body` are the
    blocks between title and buttons, with texts as long as they came.

    `still`, `again` and `well` open a reply. `over` heads what is over, `settled` says the same of
    some of several.
    """

    emoji: str
    noun: str
    plural: str
    name: Callable[[Announcement], str]
    title: Callable[[Announcement], str]
    brief: Callable[[Announcement], str]
    latest: Callable[[Announcement], str]
    body: Callable[[Announcement], list[Block]]
    still: str = "🔁 Still so"
    again: str = "🔁 Again"
    well: str = "✅ Over"
    over: str = "✅ Resolved"
    settled: str = "resolved"
    button: str = "View"
    can_ask: bool = True
