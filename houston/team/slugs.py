"""A client's slug, made from its name."""

import re
import unicodedata
from collections.abc import Collection

LONGEST = 63
NAMELESS = "client"
"""For a name without a Latin letter or digit."""


def free_slug(name: str, taken: Collection[str]) -> str:
    """`Zürich Möbel AG` → `zurich-mobel-ag`; numbered where it is taken."""
    wanted = _slug(name) or NAMELESS
    if wanted not in taken:
        return wanted
    number = 2
    while (numbered := f"{wanted[: LONGEST - len(str(number)) - 1]}-{number}") in taken:
        number += 1
    return numbered


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")
