"""A query's text, token by token.

What is sent to a database is what sqlglot's lexer took for tokens, letter by letter and at the same
places; everything between them (comments, odd white space) becomes plain spaces. So there is nothing
in it that we have not looked at, figures cannot change on a way through a generator, and the place of
an error is its place in what the person typed. It holds as long as the database cuts the same tokens
from it, and therefore whatever lexers disagree about is refused here.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import TokenError
from sqlglot.tokenizer_core import Token, TokenType

from store.errors import SourceRefused

LONGEST = 20_000
TOO_LONG = f"The query is too long: keep it under {LONGEST:,} characters, or make a view of it."
UNCLOSED = "Houston cannot read this query: a quote or a comment in it does not end."
UNCLEAR = "This way of writing a string is not read alike everywhere: write it in plain single quotes."
UNCLEAR_COMMENT = "Not everybody reads this as a comment, or as none: write a plain space around “-” and “/”."
CODE = "Comments that a database runs or obeys (/*! and /*+) are not allowed."
ODD = "There is an invisible or look-alike character ({name}) here: type it anew."

COMMENTS = ("--", "/*", "*/")
BEFORE_STRINGS = re.compile(r"[\w$]*\Z")
TYPED = frozenset({"", "date", "time", "timestamp", "timestamptz", "interval", "datetime"})
"""What may stand before a string without a space: DATE'2026-01-01'."""

STRINGS = {
    "postgres": re.compile(
        r"[nN]?'(?:[^']|'')*'|[eE]'(?:[^'\\]|''|\\[^xuU0-7])*'|[xXbB]'[0-9a-fA-F]*'"
        r"|(\$(?:[A-Za-z_]\w*)?\$)(?:(?!\1).)*\1",
        re.DOTALL,
    ),
    "sqlite": re.compile(r"'(?:[^']|'')*'|[xX]'[0-9a-fA-F]*'", re.DOTALL),
    "duckdb": re.compile(
        r"'(?:[^']|'')*'|[xX]'[0-9a-fA-F]*'|(\$(?:[A-Za-z_]\w*)?\$)(?:(?!\1).)*\1", re.DOTALL
    ),
    "mysql": re.compile(
        r"[nN]?'(?:[^'\\]|''|\\.)*'|\"(?:[^\"\\]|\"\"|\\.)*\"|[xXbB]'[0-9a-fA-F]*'|0[xb][0-9a-fA-F]+",
        re.DOTALL,
    ),
}
"""The strings whose end every version of the database sees where sqlglot sees it."""

LOOSE = re.compile(r"[a-zA-Z]{0,2}('''|\"\"\"|'|\"|\$\$).*\1|0[xXbB][0-9a-fA-F]+", re.DOTALL)
"""Of databases that we have no rule for: sqlglot's word is taken."""

QUOTED = {
    TokenType.STRING, TokenType.NATIONAL_STRING, TokenType.RAW_STRING, TokenType.HEREDOC_STRING,
    TokenType.UNICODE_STRING, TokenType.BYTE_STRING, TokenType.BIT_STRING, TokenType.HEX_STRING,
}  # fmt: skip


def cut(dialect: str, sql: str) -> list[Token]:
    """The tokens of a text. Raises SourceRefused."""
    if len(sql) > LONGEST:
        raise SourceRefused(TOO_LONG, where=LONGEST)
    _demand_no(sql, "\x00")
    try:
        return list(Dialect.get_or_raise(dialect).tokenize(sql))
    except TokenError as error:
        raise SourceRefused(UNCLOSED, where=len(sql)) from error


def check(dialect: str, sql: str, tokens: Sequence[Token]) -> None:
    """Raises SourceRefused for what could be read in two ways."""
    _check_gaps(sql, tokens)
    for token in tokens:
        _check(dialect, sql, token)
    for before, token in pairwise(tokens):
        if sql[before.start : token.end + 1] in COMMENTS:
            raise SourceRefused(UNCLEAR_COMMENT, where=before.start)


def check_again(dialect: str, text: str, tokens: Sequence[Token]) -> None:
    """That the cleaned text falls into the same tokens: a space in place of an odd one may change that."""
    again = cut(dialect, text)
    if [(each.token_type, each.start, each.end) for each in again] != [
        (each.token_type, each.start, each.end) for each in tokens
    ]:
        raise SourceRefused(UNCLEAR_COMMENT, where=0)


def written(sql: str, token: Token) -> str:
    return sql[token.start : token.end + 1]


def clean(sql: str, tokens: Sequence[Token]) -> str:
    """The text with spaces (and line ends) for whatever is no token; as long as it was."""
    text = [char if char == "\n" else " " for char in sql]
    for token in tokens:
        own = written(sql, token)
        is_plain = token.token_type in QUOTED or token.token_type is TokenType.IDENTIFIER
        text[token.start : token.end + 1] = own if is_plain else re.sub(r"[^\S\n]", " ", own)
    return "".join(text).rstrip()


def _check_gaps(sql: str, tokens: Sequence[Token]) -> None:
    end = 0
    for token in tokens:
        gap = sql[end : token.start]
        if re.search(r"/\*[M!+]", gap) or token.token_type is TokenType.HINT:
            raise SourceRefused(CODE, where=end)
        end = token.end + 1
    if re.search(r"/\*[M!+]", sql[end:]):
        raise SourceRefused(CODE, where=end)


def _check(dialect: str, sql: str, token: Token) -> None:
    text = written(sql, token)
    if token.token_type in QUOTED:
        before = BEFORE_STRINGS.search(sql[max(0, token.start - 20) : token.start])
        is_alone = before is not None and before[0].lower() in (TYPED if text[0] == "'" else ("",))
        if not is_alone or not STRINGS.get(dialect, LOOSE).fullmatch(text):
            raise SourceRefused(UNCLEAR, where=token.start)
    elif token.token_type is TokenType.IDENTIFIER:
        _check_letters(text, token.start, r"[^\x00-\x1f\x7f]")
        _check_prefix(sql, token)
    else:
        _check_letters(text, token.start, r"[\x21-\x7e]|\s")  # GROUP BY is one token


def _check_prefix(sql: str, token: Token) -> None:
    """U&"\\0061" is an identifier in PostgreSQL, and three tokens to sqlglot."""
    if sql[max(0, token.start - 1) : token.start] == "&":
        raise SourceRefused(UNCLEAR, where=token.start - 1)


def _check_letters(text: str, start: int, plain: str) -> None:
    if text.isascii() and text.isprintable():
        return
    for place, char in enumerate(text, start):
        is_plain = re.fullmatch(plain, char) is not None and unicodedata.category(char) != "Cf"
        if not is_plain and not (char.isalnum() and unicodedata.normalize("NFKC", char) == char):
            name = unicodedata.name(char, f"U+{ord(char):04X}").lower()
            raise SourceRefused(ODD.format(name=name), where=place)


def _demand_no(sql: str, char: str) -> None:
    if char in sql:
        name = f"U+{ord(char):04X}"
        raise SourceRefused(ODD.format(name=name), where=sql.index(char))
