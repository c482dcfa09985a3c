"""The words of a change that a message asks for, as the person wrote them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from houston.agent.patterns.understanding.writes import START

LONGEST_TITLE = 120
LEAD = re.compile(
    START + r"(?:(?:create|add|make|set up|leave|write|log|save|take|record|file|put|jot|post|drop|open|"
    r"enter|start)(?: down)? (?:(?:a|an|the|another|this|that|it|new|quick|short|me|us|up|down|as|in|my|"
    r"our) )*(?:(?:open|private|new|done) )?(?:note|memo|to-?do|reminder)(?: in)?|note|remember|jot(?: "
    r"this| it)? down|write(?: this| it)? down|take note|note down|keep in mind|nb|memo|todo|to-?do|log|"
    r"record|put on record|save|(?:write|put|record) (?:in|into) (?:the |our |my )?notes|(?:a )?new "
    r"(?:note|memo)|remind (?:the team|everyone|us|me|everybody|them|all))(?: (?:for|to|on|about) (?:the "
    r")?(?:team|record|me|us|client|it)\b|(?: (?:for|about|on|under) (?:the )?[\w'&.-]+(?: "
    r"[\w'&.-]+){0,2}?)(?=\s*:|,? that\b))?(?:\s*[:,–-]\s*|\s+(?:that says|which says|with the (?:title|"
    r"text)|that reads|saying|titled|called|named|that|to say|to|about|on|down|reading)\b:?\s*|\s+)",
    re.IGNORECASE,
)
BODY = re.compile(
    r"\s*(?:[,;.]?\s+(?:with (?:the )?(?:text|body|content)|text|body|saying|"
    r"that says)\s*:?\s+|\n+|\s+[–—]\s+)",
    re.IGNORECASE,
)
SAYING = re.compile(
    r"^\W*(?:(?:with )?(?:the )?(?:text|body|content)|saying|that says|which says|that|"
    r"says?)\b\s*:?\s*|^\s*[:–—-]\s*",
    re.IGNORECASE,
)
MENTION = re.compile(r"<[@#!][^>]*>|@houston\b|--client[ =]\S+", re.IGNORECASE)
STATUS = re.compile(
    r"\b(?:as|to|it|is|be|status|and|into|on)\s+(?P<status>done|closed|finished|complete|completed|"
    r"open|reopened|in[- ]progress)\b",
    re.IGNORECASE,
)
CLOSING = re.compile(
    START + r"(?P<verb>close|finish|complete|resolve|tick off|check off|reopen|re-open)\b", re.IGNORECASE
)

FILLING = frozenset([
    "a", "an", "the", "our", "my", "your", "this", "that", "these", "those", "it", "its", "them", "here",
    "there", "please", "pls", "thanks", "thx", "too", "also", "now", "down", "up", "as", "in", "on",
    "to", "into", "of", "for", "about", "with", "and", "so", "new", "quick", "short", "one", "another",
    "something", "note", "notes", "memo", "reminder", "add", "make", "create", "write", "put", "save",
    "take", "leave", "log", "jot", "record", "keep", "copy", "turn", "set", "open", "start", "me", "us",
    "client", "account", "can", "could", "you", "would", "like", "want", "need", "i",
])  # fmt: skip
"""Words of the order itself; a note that has no others says nothing."""


@dataclass(frozen=True, kw_only=True)
class NoteDraft:
    title: str
    body: str = ""


def note_draft(raw: str, *, clients: Sequence[str] = ()) -> NoteDraft:
    """Title and text; an empty title where the message says none, beside the name of its client."""
    draft = _drafted(raw)
    said = set(re.findall(r"[^\W_]+", without_client(draft.title, clients).casefold()))
    return draft if draft.body or said - FILLING else NoteDraft(title="")


def without_client(words: str, clients: Sequence[str]) -> str:
    """`clients` are names of whose note it is, which are no part of what it is called."""
    if not clients:
        return words
    names = "|".join(re.escape(name) for name in sorted(clients, key=len, reverse=True))
    owned = rf"(?:\b(?:at|for|of|from|in|with|on|about) )?(?<!\w)(?:{names})(?!\w)(?:['’]s)?"
    return " ".join(re.sub(owned, " ", words, flags=re.IGNORECASE).split())


def _drafted(raw: str) -> NoteDraft:
    text = MENTION.sub(" ", raw).strip()
    quoted = re.findall(r"[\"“”„]([^\"“”„]+)[\"“”„]", text)
    if quoted:
        behind = re.split(SAYING, re.split(r"[\"“”„]", text, maxsplit=2)[-1], maxsplit=1)
        body = quoted[1] if len(quoted) > 1 else behind[1] if len(behind) > 1 else ""
        return NoteDraft(title=quoted[0].strip()[:LONGEST_TITLE], body=body.strip())
    lead = LEAD.match(text)
    asked = re.match(r"\W*(?:can|could|would|will) you\b", text, re.IGNORECASE)
    said = (text[lead.end() :] if lead else text).strip(' :,-–"“”' + ("?" if asked else ""))
    title, *rest = BODY.split(said, maxsplit=1)
    if len(title) > LONGEST_TITLE and not rest:
        short = title[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
        return NoteDraft(title=_capital(short), body=_capital(title))
    said = title[:LONGEST_TITLE].strip(" .:,")
    return NoteDraft(title=_capital(said), body=rest[0].strip() if rest else "")


def _capital(title: str) -> str:
    """A title begins as a sentence does; what is no plain word, such as `google-ads`, stays as it is."""
    first = title.split(" ", 1)[0]
    return title[:1].upper() + title[1:] if first.isalpha() else title


def note_status(raw: str) -> str | None:
    if found := STATUS.search(raw):
        word = found["status"].casefold()
        return (
            "open"
            if word.startswith(("open", "reopen"))
            else "in_progress"
            if word.startswith("in")
            else "done"
        )
    closing = CLOSING.match(MENTION.sub(" ", raw).strip())
    return ("open" if closing["verb"].casefold().startswith("re") else "done") if closing else None


NO_NAME = re.compile(
    r"^(?:(?:as|to|is|and|on|be|can|should)\b.*|(?:(?:the|our|my|a|this|that|it) ?)*(?:note|memo|one|"
    r"it|please)?)$",
    re.I,
)


def note_named(raw: str) -> str:
    """Which note a change is about: its number, its quoted title, or the words after `note`."""
    if found := re.search(r"\bnote\s*(?:#|no\.?|number)?\s*(\d+)\b", raw, re.IGNORECASE):
        return found[1]
    if found := re.search(r"(?<!\w)[\"“”„'‘’]([^\"“”„]+?)[\"“”„'‘’](?!\w)", raw):
        return found[1].strip()
    after = re.search(
        r"\bnote\s+(?:about |on |titled |called |named |with )?(?:the |"
        r"our )?(?P<words>.+?)(?:\s+(?:as|to|is|and)\s+.*)?[.!?]*$",
        raw,
        re.IGNORECASE,
    )
    before = re.search(
        r"\b(?:the|our|my|mark|close|set|reopen|put|move)\s+(?:the |our |my )?(?P<words>[\w' -]+?)\s+note\b",
        raw,
        re.IGNORECASE,
    )
    whole = before and before["words"].casefold() not in ("the", "our", "my", "this", "that", "a")
    found = before if whole else after
    words = NO_NAME.sub("", found["words"]) if found else ""
    if not words:
        bare = re.search(
            r"\b(?:mark|set|close|reopen|put|move)\s+(?:the )?(?P<words>.+?)\s+(?:as|to)\s+",
            raw,
            re.IGNORECASE,
        )
        words = NO_NAME.sub("", bare["words"]) if bare else ""
    return re.sub(r"^(?:the|our|my)\s+", "", words.strip(), flags=re.IGNORECASE)
