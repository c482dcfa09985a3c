"""The words that a query may use: what may be called, and what may be read.

What may be called is a list per dialect of what the database brings along, in words/, without
whatever writes, sleeps, reads files or the net, runs text as SQL, or changes the session. A function
that is not in it is refused: nobody can tell from its name what a function of somebody's own does.
"""

import re
from functools import cache
from pathlib import Path

from sqlglot.dialects.dialect import Dialect

FOLDER = Path(__file__).parent / "words"


def _words(name: str) -> frozenset[str]:
    return frozenset((FOLDER / f"{name}.txt").read_text(encoding="utf-8").split())


LISTED = ("postgres", "mysql", "sqlite", "duckdb")

WRITING = frozenset({"INSERT", "UPDATE", "DELETE", "MERGE", "INTO", "OUTFILE", "DUMPFILE"})
"""Words that no pure query holds outside quotes, whatever else surrounds them."""

SYNTAX = _words("syntax")
"""What may stand before a parenthesis without calling anything."""

TYPES = _words("types")

ELSEWHERE = re.compile(
    r"^(system|url|file|s3|gcs|hdfs|remote|cluster|input|executable|jdbc|odbc|mysql|postgresql|sqlite|mongodb"
    r"|redis|external|read_|load_|export|write|sleep|query|http|net|python|ai_|ml_|set_|nextval|currval"
    r"|kill|exec|eval|apoc|sys_|dbms|utl_|xp_|sp_|open|put|get_ddl|result_scan|iceberg|delta|azure|hudi)"
)
"""Of a database that we have no list for: what sqlglot may know and we will not call."""

CATALOGS = {
    "postgres": (
        re.compile(r"^pg_"),
        _words("postgres-catalog"),
    ),
    "sqlite": (
        re.compile(r"^(pragma_|sqlite_|dbstat|fts5vocab|bytecode|tables_used|completion|csv$|fsdir|zipfile)"),
        frozenset({"sqlite_master", "sqlite_schema", "sqlite_sequence"}),
    ),
    "duckdb": (
        re.compile(r"^(duckdb_|pragma_|pg_|sqlite_temp)|[./\\*?:\[\]{}~]"),
        frozenset({"duckdb_tables", "duckdb_columns", "duckdb_views"}),
    ),
    "mysql": (re.compile(r"^(mysql|performance_schema|sys)$"), frozenset[str]()),
}
"""Relations (and schemas) by name: those that are refused, and the exceptions."""

OTHER_CATALOG = (re.compile(r"^(system|sys|mysql)$"), frozenset[str]())


@cache
def functions(dialect: str) -> frozenset[str]:
    """What may be called, in lower case."""
    if dialect in LISTED:
        return _words(dialect)
    known = Dialect.get_or_raise(dialect).parser_class
    names = {*known.FUNCTIONS, *known.FUNCTION_PARSERS, "COALESCE", "CAST", "COUNT", "EXISTS"}
    return frozenset(name.lower() for name in names if not ELSEWHERE.match(name.lower()))


def is_callable(dialect: str, name: str) -> bool:
    return name.lower() in functions(dialect) or name.lower() in SYNTAX or name.lower() in TYPES


def is_readable(dialect: str, name: str) -> bool:
    """Whether a relation, or a schema, of this name may be read."""
    refused, exceptions = CATALOGS.get(dialect, OTHER_CATALOG)
    return name.lower() in exceptions or not refused.search(name.lower())
