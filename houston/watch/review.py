"""What is kept of a review: what was said, and what was changed for it, to be taken back."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from houston.errors import Conflict
from houston.watch.definition import DefinitionDraft, draft_of
from store.tables import OutlierDefinition, Review


@dataclass(frozen=True, kw_only=True)
class ReviewSeen:
    """`kind` is what was chosen; `is_applied` says that the definition was changed by it."""

    definition: str
    kind: str
    words: str
    is_applied: bool
    said_by: str
    said_at: datetime


def restored(definition: OutlierDefinition, told: dict[str, Any]) -> DefinitionDraft:
    """As it was before the change of which this was told. Raises Conflict where it was changed since."""
    now = asdict(draft_of(definition))
    if any(_plain(now[name]) != value for name, value in told["after"].items()):
        raise Conflict("The definition was changed since. Edit it instead.")
    restored = now | told["before"]
    return DefinitionDraft(**restored | {"excluded": tuple(restored["excluded"])})


def differing(before: DefinitionDraft, after: DefinitionDraft) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that differ, as they were and as they become, as JSON has them."""
    old, new = asdict(before), asdict(after)
    names: Sequence[str] = [name for name in old if old[name] != new[name]]
    return {name: _plain(old[name]) for name in names}, {name: _plain(new[name]) for name in names}


def _plain(value: Any) -> Any:
    """As JSON has it."""
    return list(value) if isinstance(value, tuple) else value


def seen(review: Review, definition: OutlierDefinition) -> ReviewSeen:
    told = json.loads(review.change)
    return ReviewSeen(
        definition=definition.name,
        kind=told["kind"],
        words=told["words"],
        is_applied=told["is_applied"],
        said_by=review.said_name,
        said_at=review.said_at,
    )
