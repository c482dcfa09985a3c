"""Whether a text is one pure query in a database's dialect. Nothing else is ever sent there."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import ErrorLevel, ParseError
from sqlglot.tokenizer_core import Token, TokenType

from store.errors import SourceRefused
from store.sources.lexing import check, check_again, clean, cut, written
from store.sources.nouns import NOW, Query
from store.sources.vocabulary import WRITING, is_callable, is_readable

EMPTY = "There is no query: write one that begins with SELECT or WITH."
SEVERAL = "Only one query at a time: there is a second one after the semicolon."
NO_QUERY = "Only a query may run here: begin with SELECT or WITH. “{text}” is something else."
CHANGES = "“{text}” writes or locks: only what reads may run here. Put a column of that name in quotes."
UNREADABLE = "Houston cannot read this query near “{text}”."
DEEP = "The query is nested too deep. Make a view of its inner part."
UNKNOWN_CALL = (
    "The function “{text}” is not among those that Houston calls here. If it only reads, put it into a "
    "view in the database and query that."
)
FOREIGN_CALL = "Functions of a schema (“{text}”) are not called here. Put it into a view and query that."
HIDDEN = "“{text}” is not for reading here: it belongs to the database itself, or names a file."
PARAMETER = "“{text}” stands for a value that nobody gives. Only :now is known."

BEGINNINGS = (TokenType.SELECT, TokenType.WITH, TokenType.VALUES, TokenType.FROM, TokenType.L_PAREN)
ROOTS = (exp.Select, exp.SetOperation, exp.Values, exp.Subquery)
REFUSED = (
    exp.DML, exp.DDL, exp.Command, exp.Into, exp.Lock, exp.Copy, exp.Attach, exp.Detach, exp.Pragma,
    exp.Set, exp.SetItem, exp.Use, exp.Kill, exp.Show, exp.Describe, exp.Summarize, exp.Cache, exp.Uncache,
    exp.Refresh, exp.Transaction, exp.Commit, exp.Rollback, exp.Export, exp.Analyze, exp.LoadData,
    exp.Comment, exp.Grant, exp.Revoke, exp.Merge, exp.TruncateTable, exp.Alter, exp.Drop, exp.Install,
    exp.Execute, exp.Declare, exp.Block, exp.IfBlock, exp.WhileBlock, exp.Put, exp.Get, exp.ReadCSV,
    exp.ReadParquet, exp.Hint,
)  # fmt: skip
UNBOUND = (exp.Parameter, exp.SessionParameter, exp.Placeholder)
METHODS = ("duckdb", "bigquery", "snowflake", "clickhouse")
"""Where a dot before a call is no schema's, or a namespace of the database's own."""


@lru_cache(maxsize=512)
def read(dialect: str, sql: str) -> Query:
    """The query as it is sent. Raises SourceRefused with the spot."""
    tokens = _one_query(sql, cut(dialect, sql))
    check(dialect, sql, tokens)
    _check_words(sql, tokens)
    tree = _parse(dialect, sql, tokens)
    _check_tree(dialect, tree)
    _check_calls(dialect, sql, tokens, _names_given(tree))
    text = clean(sql, tokens)
    check_again(dialect, text, tokens)
    return Query(text=text, nows=_nows(text, tokens, tree))


def _one_query(sql: str, tokens: list[Token]) -> list[Token]:
    while tokens and tokens[-1].token_type is TokenType.SEMICOLON:
        tokens = tokens[:-1]
    if not tokens:
        raise SourceRefused(EMPTY, where=0)
    for token in tokens:
        if token.token_type is TokenType.SEMICOLON:
            raise SourceRefused(SEVERAL, where=token.start)
    if tokens[0].token_type not in BEGINNINGS:
        raise _refusal(NO_QUERY, written(sql, tokens[0]), tokens[0].start)
    return tokens


def _check_words(sql: str, tokens: Sequence[Token]) -> None:
    """Whatever the parser makes of them, none of these words is in a pure query."""
    for before, token in pairwise(tokens):
        text = written(sql, token)
        if WRITING & {*text.upper().split()} and before.token_type is not TokenType.DOT:
            raise _refusal(CHANGES, text, token.start)
        if token.token_type is TokenType.VAR and text.startswith("$"):
            raise _refusal(PARAMETER, text, token.start)


def _parse(dialect: str, sql: str, tokens: Sequence[Token]) -> exp.Expression:
    parser = Dialect.get_or_raise(dialect).parser(error_level=ErrorLevel.IMMEDIATE)
    try:
        trees = parser.parse(list(tokens), sql)
    except ParseError as error:
        raise _unreadable(sql, tokens, error) from error
    except RecursionError as error:
        raise SourceRefused(DEEP) from error
    tree = trees[0] if len(trees) == 1 else None
    if not isinstance(tree, ROOTS) or (isinstance(tree, exp.Select) and not tree.expressions):
        raise _refusal(NO_QUERY, written(sql, tokens[0]), tokens[0].start)
    return tree


def _unreadable(sql: str, tokens: Sequence[Token], error: ParseError) -> SourceRefused:
    first = error.errors[0] if error.errors else {}
    for token in tokens:
        if (token.line, token.col) == (first.get("line"), first.get("col")):
            return _refusal(UNREADABLE, written(sql, token), token.start)
    return _refusal(UNREADABLE, str(first.get("highlight") or written(sql, tokens[-1])), tokens[-1].start)


def _check_tree(dialect: str, tree: exp.Expression) -> None:
    for node in tree.walk():
        if isinstance(node, REFUSED):
            raise _refusal(CHANGES, node.key.upper(), _start(node))
        if isinstance(node, UNBOUND) and not _is_now(node):
            raise _refusal(PARAMETER, node.sql(dialect), _start(node))
        if isinstance(node, exp.Table):
            _check_relation(dialect, node)


def _check_relation(dialect: str, table: exp.Table) -> None:
    for part in table.parts:
        if isinstance(part, exp.Identifier) and not is_readable(dialect, part.name):
            raise _refusal(HIDDEN, part.name, _start(part))
        if isinstance(part, exp.Literal):
            raise _refusal(HIDDEN, part.name, _start(part))


def _check_calls(dialect: str, sql: str, tokens: Sequence[Token], given: frozenset[int]) -> None:
    for place, token in enumerate(tokens[:-1]):
        name = _called(sql, token)
        if name is None or token.start in given or not _opens(tokens[place + 1]):
            continue
        if not is_callable(dialect, name):
            raise _refusal(UNKNOWN_CALL, name, token.start)
        if _has_schema(sql, tokens, place) and dialect not in METHODS:
            raise _refusal(FOREIGN_CALL, name, token.start)


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


def _names_given(tree: exp.Expression) -> frozenset[int]:
    """Where the query gives names to its own relations: `x (a, b) AS (…)` calls nothing."""
    named = (alias.this for alias in tree.find_all(exp.TableAlias))
    return frozenset(_start(name) or 0 for name in named if isinstance(name, exp.Identifier))


def _nows(text: str, tokens: Sequence[Token], tree: exp.Expression) -> tuple[int, ...]:
    """Raises SourceRefused where a `:now` is read in two ways."""
    found = tuple(
        token.start
        for token, after in pairwise(tokens)
        if token.token_type is TokenType.COLON and text[token.start : after.end + 1].lower() == NOW
    )
    meant = sum(1 for node in tree.find_all(exp.Placeholder) if _is_now(node))
    if len(found) != meant:
        raise _refusal(UNREADABLE, NOW, found[0] if found else None)
    return found


def _is_now(node: exp.Expr) -> bool:
    return isinstance(node, exp.Placeholder) and str(node.this).lower() == "now"


def _opens(token: Token | None) -> bool:
    return token is not None and token.token_type is TokenType.L_PAREN


def _start(node: exp.Expr) -> int | None:
    """Where a node begins in the text, as far as sqlglot kept it."""
    places = [each.meta["start"] for each in node.walk() if "start" in each.meta]
    return min(places, default=None)


def _refusal(message: str, text: str, where: int | None) -> SourceRefused:
    return SourceRefused(message.format(text=text[:60]), where=where)
