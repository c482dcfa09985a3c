"""Which functions a query calls.

What calls is a name before a parenthesis, whatever the parser makes of it; so the tokens are looked at,
and the tree only tells which of those names the query gives to relations of its own.
"""

from collections.abc import Sequence
from itertools import pairwise

from sqlglot import exp
from sqlglot.tokenizer_core import Token, TokenType

from store.sources.lexing import written
from store.sources.spots import refusal, start_of
from store.sources.vocabulary import is_callable

UNKNOWN_CALL = (
    "The function “{text}” is not among those that Houston calls here. If it only reads, put it into a "
    "view in the database and query that."
)
FOREIGN_CALL = "Functions of a schema (“{text}”) are not called here. Put it into a view and query that."
METHODS = ("duckdb", "bigquery", "snowflake", "clickhouse")
"""Where a dot before a call is no schema's, or a namespace of the database's own."""


def check_calls(dialect: str, sql: str, tokens: Sequence[Token], tree: exp.Expression) -> None:
    """Raises SourceRefused for a function that is not on the list."""
    given = _names_given(sql, tokens, tree)
    for place, token in enumerate(tokens[:-1]):
        name = _called(sql, token)
        if name is None or token.start in given or not _opens(tokens[place + 1]):
            continue
        if not is_callable(dialect, name):
            raise refusal(UNKNOWN_CALL, name, token.start)
        if _has_schema(sql, tokens, place) and dialect not in METHODS:
            raise refusal(FOREIGN_CALL, name, token.start)


def _called(sql: str, token: Token) -> str | None:
    """The name that a parenthesis would call here."""
    text = written(sql, token)
    if token.token_type is TokenType.IDENTIFIER:
        return token.text
    return text.split()[-1] if text[0].isalpha() or text[0] in "_$#" else None


def _has_schema(sql: str, tokens: Sequence[Token], place: int) -> bool:
    if place < 2 or tokens[place - 1].token_type is not TokenType.DOT:
        return False
    return written(sql, tokens[place - 2]).lower().strip('"') != "pg_catalog"


def _names_given(sql: str, tokens: Sequence[Token], tree: exp.Expression) -> frozenset[int]:
    """Where the query gives names to its own relations: `x (a, b) AS (…)`, `AS x (a, b)`.

    Only where no database could see a call instead: after WITH, AS or a parenthesis.
    """
    before = {after.start: written(sql, token).upper() for token, after in pairwise(tokens)}
    given: set[int] = set()
    for alias in tree.find_all(exp.TableAlias):
        start = start_of(alias.this) if isinstance(alias.this, exp.Identifier) else None
        is_list = all(isinstance(each, exp.Identifier | exp.ColumnDef) for each in alias.columns)
        is_clear = isinstance(alias.parent, exp.CTE) or before.get(start or 0) in ("AS", ")")
        if start is not None and is_list and is_clear:
            given.add(start)
    return frozenset(given)


def _opens(token: Token | None) -> bool:
    return token is not None and token.token_type is TokenType.L_PAREN
