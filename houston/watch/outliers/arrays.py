from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Members = slice | NDArray[np.intp]


@dataclass(kw_only=True)
class Arrays:
    """A dataclass of arrays whose first axis is the member, or of other such dataclasses."""

    def take(self, members: Members) -> Self:
        """Of these members alone: views of the arrays by a slice, copies by indices."""
        return type(self)(
            **{
                name: part.take(members) if isinstance(part, Arrays) else part[members]
                for name, part in self._parts()
            }
        )

    def put(self, members: Members, others: Self) -> None:
        """Set these members to the others, one for one."""
        for name, part in self._parts():
            if isinstance(part, Arrays):
                part.put(members, getattr(others, name))
            else:
                part[members] = getattr(others, name)

    def with_more(self, others: Self) -> Self:
        """These members, then the others."""
        joined: dict[str, Any] = {}
        for name, part in self._parts():
            more = getattr(others, name)
            joined[name] = part.with_more(more) if isinstance(part, Arrays) else np.concatenate([part, more])
        return type(self)(**joined)

    def _parts(self) -> list[tuple[str, Any]]:
        return [(field.name, getattr(self, field.name)) for field in fields(self)]
