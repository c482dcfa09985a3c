"""Whether a text is one pure query in a database's dialect. Nothing else is ever sent there."""

import logging
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import ErrorLevel, ParseError
from sqlglot.tokenizer_core import Token, TokenType

from store.errors import SourceRefused
from store.sources.calls import check_calls
from store.sources.lexing import check, check_again, clean, cut, written
from store.sources.nouns import NOW, Query
from store.sources.spots import refusal, start_of
from store.sources.vocabulary import WRITING, is_readable

logging.getLogger("sqlglot").setLevel(logging.CRITICAL)  # it would log people's queries

EMPTY = "There is no query: write one that begins with SELECT or WITH."
SEVERAL = "Only one query at a time: there is a second one after the semicolon."
NO_QUERY = "Only a query may run here: begin with SELECT or WITH. “{text}” is something else."
CHANGES = "“{text}” writes or locks: only what reads may run here. Put a column of that name in quotes."
UNREADABLE = "Houston cannot read this query near “{text}”."
STUMBLED = "Houston cannot read this query. Write it more plainly, or make a view of it."
DEEP = "The query is nested too deep. Make a view of its inner part."
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


@lru_cache(maxsize=512)
def read(dialect: str, sql: str) -> Query:
    """The query as it is sent. Raises SourceRefused with the spot."""
    try:
        return _read(dialect, sql)
    except SourceRefused:
        raise
    except RecursionError as error:
        raise SourceRefused(DEEP) from error
    except Exception as error:
        raise SourceRefused(STUMBLED) from error


def _read(dialect: str, sql: str) -> Query:
    tokens = _one_query(sql, cut(dialect, sql))
    check(dialect, sql, tokens)
    _check_words(sql, tokens)
    tree = _parse(dialect, sql, tokens)
    _check_tree(dialect, tree)
    check_calls(dialect, sql, tokens, tree)
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
        raise refusal(NO_QUERY, written(sql, tokens[0]), tokens[0].start)
    return tokens


def _check_words(sql: str, tokens: Sequence[Token]) -> None:
    """Whatever the parser makes of them, none of these words is in a pure query."""
    for before, token in pairwise(tokens):
        text = written(sql, token)
        if WRITING & {*text.upper().split()} and before.token_type is not TokenType.DOT:
            raise refusal(CHANGES, text, token.start)
        if token.token_type is TokenType.VAR and text.startswith("$"):
            raise refusal(PARAMETER, text, token.start)


def _parse(dialect: str, sql: str, tokens: Sequence[Token]) -> exp.Expression:
    parser = Dialect.get_or_raise(dialect).parser(error_level=ErrorLevel.IMMEDIATE)
    try:
        trees = parser.parse(list(tokens), sql)
    except ParseError as error:
        raise _unreadable(sql, tokens, error) from error
    tree = trees[0] if len(trees) == 1 else None
    if not isinstance(tree, ROOTS) or (isinstance(tree, exp.Select) and not tree.expressions):
        raise refusal(NO_QUERY, written(sql, tokens[0]), tokens[0].start)
    return tree


def _unreadable(sql: str, tokens: Sequence[Token], error: ParseError) -> SourceRefused:
    first = error.errors[0] if error.errors else {}
    for token in tokens:
        if (token.line, token.col) == (first.get("line"), first.get("col")):
            return refusal(UNREADABLE, written(sql, token), token.start)
    return refusal(UNREADABLE, str(first.get("highlight") or written(sql, tokens[-1])), tokens[-1].start)


def _check_tree(dialect: str, tree: exp.Expression) -> None:
    for node in tree.walk():
        if isinstance(node, REFUSED):
            raise refusal(CHANGES, node.key.upper(), start_of(node))
        if isinstance(node, UNBOUND) and not _is_now(node):
            raise refusal(PARAMETER, node.sql(dialect), start_of(node))
        if isinstance(node, exp.Table):
            _check_relation(dialect, node)


def _check_relation(dialect: str, table: exp.Table) -> None:
    for part in table.parts:
        if isinstance(part, exp.Identifier) and not is_readable(dialect, part.name):
            raise refusal(HIDDEN, part.name, start_of(part))
        if isinstance(part, exp.Literal):
            raise refusal(HIDDEN, part.name, start_of(part))


def _nows(text: str, tokens: Sequence[Token], tree: exp.Expression) -> tuple[int, ...]:
    """Raises SourceRefused where a `:now` is read in two ways."""
    found = tuple(
        token.start
        for token, after in pairwise(tokens)
        if token.token_type is TokenType.COLON and text[token.start : after.end + 1].lower() == NOW
    )
    meant = sum(1 for node in tree.find_all(exp.Placeholder) if _is_now(node))
    if len(found) != meant:
        raise refusal(UNREADABLE, NOW, found[0] if found else None)
    return found


def _is_now(node: exp.Expr) -> bool:
    return isinstance(node, exp.Placeholder) and str(node.this).lower() == "now"
