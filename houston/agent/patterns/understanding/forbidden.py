"""What Houston declines, whatever else the message says, and what its data can never answer."""

import re
import unicodedata

from houston.agent.patterns.understanding.declined import FORBIDDEN
from houston.agent.patterns.understanding.writes import asked_write

MASKED = tuple(
    (kind, tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)) for kind, patterns in FORBIDDEN
)

ASKING = re.compile(
    r"^(?:\W*(?:<@\w+>)?\W*)(?:which|what|where|who|whom|when|do|does|did|is|are|how|has|"
    r"have|list|why|any)\b",
    re.IGNORECASE,
)

ABOUT_A_NOTE = re.compile(r"\bnotes? (?:about|on|called|titled|regarding|for|with)\b", re.IGNORECASE)

OWN = re.compile(r"\b(?:your?|system|houston|bot|openai|slack|env\w*|api|hidden)\b", re.IGNORECASE)
"""What is Houston's own, and not a note's words."""

AROUND = re.compile(r"\b(?:without|skip|bypass|don'?t|do not|avoid|no|circumvent)", re.IGNORECASE)

OTHER_CLIENTS = re.compile(
    r"\b(?:other|another|different|any other|all (?:the )?other|every other|remaining|rest of (?:the|your)) "
    r"(?:clients?|accounts?|customers?'s?)\b",
    re.IGNORECASE,
)

TOLD_OF = re.compile(
    r"\b(?:passwords?|passcodes?|credentials?|tokens?|secrets?|keys?)\b.{0,40}\b(?:was|were|is|are|has|have|had|"
    r"got|chang\w+|expire\w*|reset\w*|rotat\w+|renew\w*|need\w*|must|should|will|to be)\b",
    re.IGNORECASE,
)
"""It is told of a secret that something happened to it, which gives it away to nobody."""


def _noted(text: str) -> bool:
    asks = re.search(
        r"\b(?:what|which|show|print|reveal|give|list|paste|include|copy)\b", text, re.IGNORECASE
    )
    return asked_write(text) in ("create_note", "edit_note") and not (
        OWN.search(re.sub(r"\bapi\b", "", text, flags=re.I)) or asks
    )


def forbidden(raw: str, *, kinds: tuple[str, ...] = ()) -> str:
    """The kind of thing that is asked for and declined, of all or of these; empty where nothing is."""
    text = " ".join(unicodedata.normalize("NFKC", raw).replace("’", "'").split())
    for kind, patterns in MASKED:
        if kinds and kind not in kinds:
            continue
        if kind == "posting" and ASKING.match(text) and "http" not in text and "![" not in text:
            continue
        if kind in ("prompt", "secrets") and ABOUT_A_NOTE.search(text) and not OWN.search(text):
            continue
        if kind == "secrets" and TOLD_OF.search(text) and _noted(text):
            continue
        if kind == "approval" and ASKING.match(text) and not AROUND.search(text):
            continue
        if any(pattern.search(text) for pattern in patterns):
            return kind
    return ""
