"""The bar of a command that takes long."""

import sys

from rich.console import Console
from rich.progress import Progress


def bar() -> Progress:
    """On stderr, so that stdout stays clean for scripts; silent where nobody watches."""
    return Progress(console=Console(stderr=True), disable=not sys.stderr.isatty())
