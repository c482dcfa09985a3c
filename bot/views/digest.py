"""The daily digest as people read it."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from bot.views.blocks import Block, Message, context, divider, long_header, section
from bot.views.digest_lines import figure, in_short, short_date, topics
from bot.views.digest_review import reviewed
from bot.views.fitting import fitted
from bot.views.kind import Kind
from bot.views.text import count, cut, escape, one_line, weekday
from houston.notify.digests.digest import Digest, Section, Undelivered
from houston.notify.messenger import Announcement

NOTHING = "A quiet day: nothing to report."
OF_NO_CLIENT = "Not about one client"
AROUND, ROOM = 2, 30
"""Blocks: those around a client's topics, and those that all clients may take."""

CLIENT, WHERE, WHY, PLACES = 100, 80, 200, 5


def title(digest: Digest) -> str:
    """`☀️ Daily digest · Sat, Nov 21`."""
    return f"☀️ Daily digest · {short_date(digest.today)}"


def body(digest: Digest, zone: ZoneInfo) -> list[Block]:
    """What stands between the header and the buttons."""
    if digest.is_quiet:
        return [section(_quiet_day(digest))]
    blocks = [context(_period(digest, zone))]
    blocks += _sections(digest)
    if digest.undelivered:
        blocks.append(section(_undelivered(digest.undelivered)))
    if digest.quiet:
        blocks.append(section(_quiet(digest)))
    if digest.more:
        clients = count(digest.more, "more client")
        blocks.append(context(f"and {clients}: `/houston digest now` in their channel shows each."))
    return [*blocks, *(reviewed(digest.review) if digest.review else [])]


def previewed(digest: Digest, zone: ZoneInfo) -> Message:
    """For one person alone, at any time of day."""
    heading = title(digest)
    note = "Only you see this: what your digest would say now. The one that is posted also has a picture."
    blocks = [long_header(heading), *body(digest, zone), context(note)]
    return fitted(Message(text=escape(f"{heading}: {brief(digest)}"), blocks=blocks))


def brief(digest: Digest) -> str:
    """Plain text in one line."""
    said = [
        f"{_name(each)}: {in_short(each)}" if digest.has_clients else in_short(each)
        for each in digest.sections
        if in_short(each)
    ]
    return "; ".join(said) or (NOTHING if digest.is_quiet else "nothing new")


def _period(digest: Digest, zone: ZoneInfo) -> str:
    week_before = digest.day.fromordinal(digest.day.toordinal() - 7)
    return (
        f"Since {weekday(digest.start, zone)}. Figures: {short_date(digest.day)}, "
        f"against {short_date(week_before)}."
    )


def _sections(digest: Digest) -> Iterator[Block]:
    """Topics stand apart where there is room for it; else each client has one block."""
    told = [topics(each) for each in digest.sections]
    is_roomy = sum(len(each) + AROUND for each in told) <= ROOM
    for place, (each, paragraphs) in enumerate(zip(digest.sections, told, strict=True)):
        if digest.has_clients:
            paragraphs.insert(0, f"*{escape(_name(each))}*")
        if place:
            yield divider()
        yield from (section(text) for text in (paragraphs if is_roomy else ["\n".join(paragraphs)]))


def _name(each: Section) -> str:
    return cut(one_line(each.name), CLIENT) or OF_NO_CLIENT


def _quiet_day(digest: Digest) -> str:
    """With the figures of who is told of one client only."""
    only = digest.quiet[0] if len(digest.quiet) == 1 else Section()
    about = [f"*{escape(_name(only))}*"] if digest.has_clients and only.name else []
    return " · ".join([*about, NOTHING, *map(figure, only.figures)])


def _quiet(digest: Digest) -> str:
    lines = [" · ".join([f"• {escape(_name(each))}", *map(figure, each.figures)]) for each in digest.quiet]
    lines += [f"and {digest.more_quiet:,} more"] if digest.more_quiet else []
    return "\n".join(["😴 *Nothing happened at*", *lines])


def _undelivered(places: Sequence[Undelivered]) -> str:
    lines = [
        f"⚠️ {count(each.count, 'message')} to {escape(each.where, WHERE)}: {escape(one_line(each.why), WHY)}"
        for each in places[:PLACES]
    ]
    lines += [f"and {len(places) - PLACES:,} more places"] if len(places) > PLACES else []
    return "\n".join(["📬 *Could not be delivered*", *lines, "`/houston deliveries` shows them."])


def _of(announcement: Announcement) -> Digest:
    return Digest.from_dict(announcement.event.payload)


DIGEST = Kind(
    emoji="☀️",
    noun="digest",
    plural="digests",
    name=lambda announcement: title(_of(announcement)).removeprefix("☀️ "),
    title=lambda announcement: title(_of(announcement)),
    brief=lambda announcement: brief(_of(announcement)),
    latest=lambda announcement: brief(_of(announcement)),
    body=lambda announcement: body(_of(announcement), announcement.timezone),
)
