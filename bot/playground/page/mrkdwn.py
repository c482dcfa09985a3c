"""Slack's mrkdwn as HTML. Everything is escaped before any markup is recognised."""

import re
from collections.abc import Callable
from itertools import groupby

from markupsafe import Markup, escape

from bot.playground.page.dates import format_date, moment
from bot.playground.page.emoji import replace_shortcodes
from bot.playground.page.reader import Reader

FENCE = re.compile(r"```\n?(.*?)```", re.DOTALL)
QUOTE = re.compile(r"^(?:>|&gt;) ?", re.MULTILINE)
QUOTE_ALL = re.compile(r"^(?:>|&gt;){3} ?", re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
ANGLED = re.compile(r"<([^<>\n]+)>")
BARE_URL = re.compile(r"https?://[^\s<>\ue000\ue001]+[^\s<>\ue000\ue001.,;:!?)'\"*_~]")
USER = re.compile(r"@[UW][A-Z0-9]+")
CHANNEL = re.compile(r"#[CGD][A-Z0-9]+")
HELD = re.compile("\ue000(\\d+)\ue001")
STYLES = (
    ("strong", re.compile(r"(?<![^\W_])(?<!\*)\*(?![\s*])([^\n]*?[^\s*])\*(?![^\W_])(?!\*)")),
    ("em", re.compile(r"(?<!\w)_(?![\s_])([^\n]*?[^\s_])_(?!\w)")),
    ("s", re.compile(r"(?<![^\W_])(?<!~)~(?![\s~])([^\n]*?[^\s~])~(?![^\W_])(?!~)")),
)
SAFE_LINK = re.compile(r"(https?|mailto|tel|slack):", re.IGNORECASE)
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
BROADCASTS = ("here", "channel", "everyone")


def render_mrkdwn(text: str, reader: Reader, *, verbatim: bool = False) -> Markup:
    """Fenced code, quotes and paragraphs. `verbatim` text makes no links of bare URLs."""
    pieces = FENCE.split(text)
    return Markup("").join(
        fenced(piece) if index % 2 else quoted_lines(piece, reader, verbatim)
        for index, piece in enumerate(pieces)
    )


def render_plain(text: str, *, emoji: bool = True) -> Markup:
    shown = replace_shortcodes(text) if emoji else text
    return break_lines(escape(shown))


def fenced(code: str) -> Markup:
    return Markup("<pre>{}</pre>").format(unescape_entities(code.removesuffix("\n")))


def quoted_lines(text: str, reader: Reader, verbatim: bool) -> Markup:
    """Runs of `> quoted` lines become one quote; `>>>` quotes all that follows."""
    text, *rest = QUOTE_ALL.split(text.strip("\n"), maxsplit=1)
    runs = groupby(text.removesuffix("\n").split("\n"), key=lambda line: bool(QUOTE.match(line)))
    html = Markup("").join(
        quote(QUOTE.sub("", "\n".join(lines)), reader, verbatim)
        if is_quote
        else render_inline("\n".join(lines), reader, verbatim)
        for is_quote, lines in runs
    )
    return html + quote(rest[0], reader, verbatim) if rest else html


def quote(text: str, reader: Reader, verbatim: bool) -> Markup:
    return Markup("<blockquote>{}</blockquote>").format(render_inline(text, reader, verbatim))


def render_inline(text: str, reader: Reader, verbatim: bool = False) -> Markup:
    """Links, mentions, dates and code are set aside first, so that styling cannot reach into them."""
    held: list[Markup] = []
    text = text.replace("\ue000", "").replace("\ue001", "")

    def hold(made: Callable[[re.Match[str]], Markup]) -> Callable[[re.Match[str]], str]:
        def keep(found: re.Match[str]) -> str:
            held.append(made(found))
            return f"\ue000{len(held) - 1}\ue001"

        return keep

    text = ANGLED.sub(hold(lambda found: angled(found[1], reader)), text)
    text = CODE.sub(hold(lambda found: Markup("<code>{}</code>").format(unescape_entities(found[1]))), text)
    if not verbatim:
        text = BARE_URL.sub(hold(lambda found: link(unescape_entities(found[0]))), text)
    html = str(escape(replace_shortcodes(unescape_entities(text))))
    return break_lines(Markup(put_back(styled(html), held)))


def styled(html: str, start: int = 0) -> str:
    """The earliest style wins and what it encloses is styled in turn, so that tags always nest."""
    found = [(match, tag) for tag, pattern in STYLES if (match := pattern.search(html, start))]
    if not found:
        return html[start:]
    match, tag = min(found, key=lambda each: each[0].start())
    return f"{html[start : match.start()]}<{tag}>{styled(match[1])}</{tag}>{styled(html, match.end())}"


def put_back(html: str, held: list[Markup]) -> str:
    """Code may itself hold a link that was set aside before it."""
    while HELD.search(html):
        html = HELD.sub(lambda found: str(held[int(found[1])]), html)
    return html


def break_lines(html: Markup) -> Markup:
    return Markup(str(html).replace("\n", "<br>"))


def unescape_entities(text: str) -> str:
    for entity, char in ENTITIES:
        text = text.replace(entity, char)
    return text


def angled(inside: str, reader: Reader) -> Markup:
    """What stands between < and >: a mention, a channel, a date, a broadcast or a link."""
    target, _, label = inside.partition("|")
    if USER.fullmatch(target):
        return mention(target[1:], label, reader)
    if CHANNEL.fullmatch(target):
        return channel_link(target[1:], label, reader)
    if target.startswith("!"):
        return special(target[1:], label, reader)
    return link(unescape_entities(target), label)


def mention(user_id: str, label: str, reader: Reader) -> Markup:
    name = reader.user_names.get(user_id) or label or user_id
    kind = "mention mention-me" if user_id == reader.user_id else "mention"
    return Markup('<span class="{}" data-user="{}">@{}</span>').format(kind, user_id, name.removeprefix("@"))


def channel_link(channel_id: str, label: str, reader: Reader) -> Markup:
    name = reader.channel_names.get(channel_id) or label
    if not name:
        return Markup('<span class="mention">#private-channel</span>')
    return Markup('<a class="mention" href="{}">#{}</a>').format(reader.channel_url(channel_id), name)


def special(command: str, label: str, reader: Reader) -> Markup:
    if command in BROADCASTS:
        return Markup('<span class="mention mention-me">@{}</span>').format(command)
    if command.startswith("date^"):
        return date_token(command, label, reader)
    if command.startswith("subteam^"):
        return Markup('<span class="mention">{}</span>').format(label or "@group")
    return Markup("{}").format(f"<{label or command}>")


def date_token(command: str, fallback: str, reader: Reader) -> Markup:
    _, seconds, pattern, *rest = [*command.split("^"), ""]
    if not seconds.isdigit() or not pattern:
        return escape(unescape_entities(fallback))
    at = moment(seconds, reader.zone)
    shown = format_date(at, unescape_entities(pattern), reader.now)
    html = Markup('<time datetime="{}">{}</time>').format(at.isoformat(), shown)
    return link(unescape_entities(rest[0]), html=html) if rest and rest[0] else html


def link(url: str, label: str = "", *, html: Markup | None = None) -> Markup:
    """A link that leaves Slack; an address that is not one stays as text."""
    shown = html if html is not None else escape(replace_shortcodes(unescape_entities(label or url)))
    if not SAFE_LINK.match(url):
        return shown if label or html is not None else escape(f"<{url}>")
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(url, shown)
