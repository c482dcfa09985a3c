"""What the document is made of: text, numbers, lists and names."""

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

VERSION = 1
"""Of the document's shape. One that reads it back refuses what it does not know."""

Document = dict[str, Any]
Slugs = Mapping[int | None, str]


def as_yaml(document: Document) -> str:
    text: str = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)
    return text


def told(values: Mapping[str, Any]) -> Document:
    """Without what was left as it is when nobody says anything."""
    return {
        name: value
        for name, value in values.items()
        if value is not None and value is not False and value != "" and value != []
    }


def ordered(documents: Iterable[Document]) -> list[Document]:
    return sorted(documents, key=lambda each: [str(value) for value in each.values()])
