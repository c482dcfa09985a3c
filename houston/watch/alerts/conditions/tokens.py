import re
from collections.abc import Sequence
from dataclasses import dataclass

TOKEN = re.compile(
    r"(?P<quoted>\"(?:[^\"]|\"\")*\"|“[^”]*”|„[^“”]*[“”]|‘[^’]*’|'[^']*'(?=[\s<>=!≤≥≠]|$)|`[^`]*`|\[[^\]]*\])"
    r"|(?P<symbol><=|>=|!=|<>|==|=<|=>|[=<>≤≥≠])"
    r"|(?P<word>(?:[^\s<>=!≤≥≠]|!(?!=))+)"
)
DOUBLED = '""'


@dataclass(frozen=True, kw_only=True)
class Token:
    """From `at` up to `end`; `text` is what quotes hold, or the word in small letters."""

    kind: str
    text: str
    at: int
    end: int


def tokens(text: str) -> list[Token]:
    return [
        Token(kind=str(each.lastgroup), text=_plain(each), at=each.start(), end=each.end())
        for each in TOKEN.finditer(text)
    ]


def unquoted(found: Sequence[Token]) -> list[str]:
    """The words, with something that is no word in the place of all else."""
    return [each.text if each.kind == "word" else "\0" for each in found]


def quoted(name: str) -> str:
    """As it can be typed, whatever it holds."""
    return '"' + name.replace('"', DOUBLED) + '"'


def _plain(match: re.Match[str]) -> str:
    if match.lastgroup == "quoted":
        inside = match[0][1:-1]
        return inside.replace(DOUBLED, '"') if match[0][0] == '"' else inside
    return match[0].lower()
