"""Read-only access to users' own databases: docs/sources.md says what is let through, and why.

An address is taken apart (`urls`), what it leads to is looked at (`reach`, `files`, `own`); a query is
read by `lexing` and `grammar` with the words of `vocabulary`; `lane` gives it a thread and a connection
of its own kind (`postgres`, `mysql`, `sqlite`, `duck`, `elsewhere`), and `cells` counts what comes back.
"""

from store.sources.nouns import Cell, Limits, Result, Source, Trial
from store.sources.sources import Sources

__all__ = ["Cell", "Limits", "Result", "Source", "Sources", "Trial"]
