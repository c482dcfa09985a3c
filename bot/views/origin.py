"""Where a form was opened from, and what for; kept in the view while it is open."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Origin:
    """`id` is the row to edit, None for a new one; `kind` that of the row, where the form is for several."""

    id: int | None = None
    home: bool = False
    response_url: str = ""
    kind: str = ""

    @classmethod
    def of(cls, body: Mapping[str, Any], id: int | None = None, *, kind: str = "") -> "Origin":
        """From what Slack sent when the form was asked for."""
        on_home = (body.get("view") or {}).get("type") == "home"
        return cls(id=id, home=on_home, response_url=body.get("response_url") or "", kind=kind)

    @property
    def is_new(self) -> bool:
        return self.id is None

    @property
    def done(self) -> str:
        return "Added" if self.is_new else "Saved"

    def as_text(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> "Origin":
        return cls(**json.loads(text))
