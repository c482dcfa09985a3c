"""A conversation as it is shown: messages under the days they fall on, each with its author."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import Markup

from bot.playground.nouns import SLACKBOT, File, Message, User
from bot.playground.page.dates import day_heading, reader_time
from bot.playground.page.mrkdwn import render_mrkdwn
from bot.playground.page.render import render_blocks
from bot.playground.page.visit import Visit, shown_name

SAME_BREATH = timedelta(minutes=5)
SHOWN = 100
NOTICES = ("channel_join", "channel_leave", "group_join", "group_leave", "channel_topic", "channel_name")


@dataclass(frozen=True, kw_only=True)
class Author:
    name: str
    colour: str
    is_app: bool
    company: str = ""
    """The other workspace that the author is from, where it is another."""
    icon_url: str | None = None
    icon_emoji: str | None = None

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split()[:2]).upper() or "?"


@dataclass(frozen=True, kw_only=True)
class Reaction:
    name: str
    count: int
    is_mine: bool
    people: str


@dataclass(frozen=True, kw_only=True)
class Replies:
    count: int
    authors: list[Author]
    last: datetime


@dataclass(frozen=True, kw_only=True)
class Entry:
    message: Message
    author: Author
    at: datetime
    day: str | None
    """The heading of the day that this message opens."""
    is_compact: bool
    is_notice: bool
    is_mine: bool
    is_broadcast: bool
    body: Markup
    files: list[File]
    reactions: list[Reaction]
    replies: Replies | None
    status: str | None


def entries_of(visit: Visit, messages: Sequence[Message], *, in_thread: bool = False) -> list[Entry]:
    shown = messages[-SHOWN:]
    previous: Message | None = None
    found = list[Entry]()
    for message in shown:
        found.append(entry_of(visit, message, previous, in_thread=in_thread))
        previous = message
    return found


def entry_of(visit: Visit, message: Message, previous: Message | None, *, in_thread: bool) -> Entry:
    at = reader_time(visit.reader, message.ts)
    opens_day = previous is None or reader_time(visit.reader, previous.ts).date() != at.date()
    return Entry(
        message=message,
        author=author_of(visit, message),
        at=at,
        day=day_heading(at, visit.reader.now) if opens_day and not in_thread else None,
        is_compact=not opens_day and previous is not None and follows(message, previous),
        is_notice=message.subtype in NOTICES,
        is_mine=message.user == visit.user.id and message.ephemeral_to is None,
        is_broadcast=message.is_broadcast and not in_thread,
        body=body_of(visit, message, in_thread=in_thread),
        files=[visit.playground.files[each] for each in message.files if each in visit.playground.files],
        reactions=reactions_of(visit, message),
        replies=None if in_thread else replies_of(visit, message),
        status=None if in_thread else visit.status(message.channel, message.ts),
    )


def follows(message: Message, previous: Message) -> bool:
    """Whether the author's name need not be said again."""
    same = (message.user, message.bot_id, message.username) == (
        previous.user,
        previous.bot_id,
        previous.username,
    )
    plain = not any((message.ephemeral_to, previous.ephemeral_to, message.subtype in NOTICES))
    close = float(message.ts) - float(previous.ts) < SAME_BREATH.total_seconds()
    return same and plain and close and previous.subtype not in NOTICES and not message.is_broadcast


def author_of(visit: Visit, message: Message) -> Author:
    user = visit.playground.users.get(message.user or "") or bot_user(visit, message.bot_id)
    return Author(
        name=message.username or (shown_name(user) if user else "Unknown"),
        colour=user.colour if user else "#616061",
        is_app=message.bot_id is not None or bool(user and user.is_bot),
        company=company_of(visit, message),
        icon_url=message.icon_url,
        icon_emoji=message.icon_emoji,
    )


def company_of(visit: Visit, message: Message) -> str:
    home = visit.playground.home_of(message)
    if home == visit.workspace.id or message.user == SLACKBOT:
        return ""
    return visit.playground.workspaces[home].name


def bot_user(visit: Visit, bot_id: str | None) -> User | None:
    users = visit.playground.users.values()
    return next((each for each in users if bot_id and each.bot_id == bot_id), None)


def body_of(visit: Visit, message: Message, *, in_thread: bool) -> Markup:
    """Blocks where there are any; the text is then only for notifications."""
    if not message.blocks:
        html = Markup('<div class="block block-text">{}</div>')
        return html.format(render_mrkdwn(message.text, visit.reader)) if message.text else Markup("")
    scope = f"{'t' if in_thread else 'm'}{message.ts.replace('.', '-')}"
    values = message.states.get(visit.user.id, {})
    return render_blocks(message.blocks, visit.reader, scope=scope, surface="message", values=values)


def reactions_of(visit: Visit, message: Message) -> list[Reaction]:
    names = visit.reader.user_names
    return [
        Reaction(
            name=name,
            count=len(users),
            is_mine=visit.user.id in users,
            people=", ".join(names.get(each, each) for each in users),
        )
        for name, users in message.reactions.items()
        if users
    ]


def replies_of(visit: Visit, message: Message) -> Replies | None:
    replies = visit.playground.replies(message.channel, message.ts)
    if not replies:
        return None
    return Replies(
        count=len(replies),
        authors=distinct(author_of(visit, each) for each in replies)[:5],
        last=reader_time(visit.reader, replies[-1].ts),
    )


def distinct(authors: Iterable[Author]) -> list[Author]:
    return list(dict.fromkeys(authors))
