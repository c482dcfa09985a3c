"""Links, mentions and whatever Slack would make one of."""

import re
from collections.abc import Iterator
from html import unescape

from houston.agent.grounding.complaint import Cut
from houston.agent.grounding.text import Taken

SPACE = r"[^\s<>\"'`|\[\]]"
TOP = (
    "com|org|net|io|co|de|fr|uk|eu|us|app|dev|ai|ru|cn|info|biz|xyz|me|ly|gg|gl|tk|ml|ga|cf|gq|to|cc|tv|link|click|site|"
    "online|shop|store|top|live|page|cloud|tech|pro|work|space|website|zip|mov|sh|at|ch|nl|pl|es|se|br|in|jp|kr|ca|au|"
    "pw|ws|cx|ie|fi|dk|pt|mx|nz|sk|cz|gr|ro|bg|ua|tr|il|sg|hk|tw|asia|agency|digital|mobi|museum|host|icu|vip|"
    "monster|quest|bond|cyou|sbs|buzz|lol|club|ltd|systems|network|solutions|рф|xn--[a-z0-9-]+"
)
FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?P<image>!)?\[(?P<label>(?:[^\[\]]|\[[^\[\]]{0,200}\](?:\([^()]{0,200}\))?){0,300})\]\(\s*<?(?P<url>[^)\s>]*)>?[^)]*\)?",
        r"(?P<image>!)?\[(?P<label>[^\]]{1,300})\]\[[^\]]{0,300}\]",
        r"<(?P<special>[!@#][^>]*)>?",
        r"<(?P<url>[a-z][a-z0-9+.-]*:[^|>\s]*)(?:\|(?P<label>[^>]*))?>?",
        r"<(?P<tag>/?(?:a|img|iframe|script|link|form|video|audio|source|object|embed)\b[^>]*)>?",
        r"(?m:^)[ >]*\[(?P<label>[^\]]{1,300})\]:\s*(?P<url>\S*(?:[^\W\d_][.][^\W\d_]|[:/]\S)\S*)",
        rf"(?<![a-z0-9])(?P<url>(?:[a-z][a-z0-9+.-]{{0,30}}\\?:)?\\?/\\?/{SPACE}+)",
        rf"(?<![a-z0-9])(?P<url>(?:mailto|tel|sms|data|javascript|slack|file|https?):{SPACE}+)",
        rf"(?<![a-z0-9@/])(?P<url>www\.{SPACE}+)",
        r"(?<![\w.+-])(?P<mail>[\w.+%-]+@[\w-]+(?:\.[\w-]+)+)",
        rf"(?<![\w@/.-])(?P<url>(?!r\d+\.)(?:[\w-]+\\?\.)+[a-z]{{2,}}(?::\d+)?(?:/|[?#][\w-]+=){SPACE}+)",
        rf"(?<![\w@/.-])(?P<bare>(?:[\w-]+\\?\.)+(?:{TOP}))(?![\w-]|\.\w)",
        r"(?<![\w@/.-])(?P<url>\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?/\S*)",
        r"(?<![\w@])(?P<shout>@(?:here|channel|everyone|group|[UWS][A-Z0-9]{6,})\b)",
    )
)
TRAILING = ".,;:!?*_~)]}'\""
GONE = "(link removed)"
ROUNDS = 4
"""A label can be a link again."""


def cut_links(
    text: str, allowed: "set[str]", names: "set[str]"
) -> tuple[str, list[tuple[str, Cut]], list[tuple[int, int]]]:
    """(as written, its cut) for each that no tool made, and where those stand that one did."""
    cuts: list[tuple[str, Cut]] = []
    kept: list[tuple[int, int]] = []
    for start, end, match in _found(text):
        if _is_allowed(match, allowed, names):
            kept += _address(match)
            continue
        cuts.append((match[0], Cut(start=start, end=end, text=_words(match, allowed, names))))
    return text, cuts, kept


def _found(text: str) -> Iterator[tuple[int, int, re.Match[str]]]:
    taken = Taken(len(text))
    found = [
        (match.start(), _end(match), match)
        for form in FORMS
        for match in form.finditer(text)
        if taken.take(match.start(), _end(match))
    ]
    yield from sorted(found, key=lambda one: one[0])


def _end(match: re.Match[str]) -> int:
    if match[0][:1] in "<[!":
        return match.end()
    written = match[0].rstrip(TRAILING)
    return match.start() + len(written)


def _is_allowed(match: re.Match[str], allowed: "set[str]", names: "set[str]") -> bool:
    said = match.groupdict()
    if said.get("bare") or said.get("mail"):
        return (said.get("bare") or said.get("mail") or "").replace("\\", "").casefold() in names
    url = said.get("url")
    if url is None or said.get("image"):
        return False
    bare = unescape(url if match[0][:1] in "<[!" else url.rstrip(TRAILING))
    return bare in allowed and not any(
        found for _, _, found in _found(said.get("label") or "") if found[0] != bare
    )


def _address(match: re.Match[str]) -> list[tuple[int, int]]:
    """The parts of an allowed link that are no words; a name such as `booking.com` is all words."""
    said = match.groupdict()
    if said.get("bare") or said.get("mail"):
        return []
    if said.get("label"):
        return [(match.start(), match.start("label")), (match.end("label"), match.end())]
    return [(match.start(), _end(match))]


def _words(match: re.Match[str], allowed: "set[str]", names: "set[str]", rounds: int = ROUNDS) -> str:
    said = match.groupdict()
    label = said.get("label")
    if label is None:
        return "" if said.get("special") or said.get("tag") or said.get("shout") else GONE
    return strip_links(label, allowed, names, rounds - 1) if rounds else GONE


def strip_links(text: str, allowed: "set[str]", names: "set[str]", rounds: int = ROUNDS) -> str:
    for start, end, match in reversed(list(_found(text))):
        if not _is_allowed(match, allowed, names):
            text = text[:start] + _words(match, allowed, names, rounds) + text[end:]
    return text


def unlinked(text: str) -> str:
    """Words that nobody checks, without links, images and mentions; a name such as `booking.com` stays."""
    for start, end, match in reversed(list(_found(text))):
        if not match.groupdict().get("bare"):
            text = text[:start] + _words(match, set(), set()) + text[end:]
    return text
