"""Where in a query something is, and a refusal that says so."""

from sqlglot import exp

from store.errors import SourceRefused


def start_of(node: exp.Expr) -> int | None:
    """Where a node begins in the text, as far as sqlglot kept it."""
    places = [each.meta["start"] for each in node.walk() if "start" in each.meta]
    return min(places, default=None)


def refusal(message: str, text: str, where: int | None) -> SourceRefused:
    return SourceRefused(message.format(text=text[:60]), where=where)
