"""Goes through files batch by batch, off the event loop, and says how far it is."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from houston.records.csv_file import Batch, FileRefused, Refused

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Advance:
    """How far an import is: rows looked at so far, and the part of all bytes that are done."""

    file: str
    rows: int
    part: float


Progress = Callable[[Advance], None]


@dataclass(frozen=True, kw_only=True)
class Taken:
    rows: int
    refused: tuple[Refused, ...]


async def take(
    files: Sequence[Path],
    read: Callable[[Path], Iterator[Batch[T]]],
    keep: Callable[[list[T]], Awaitable[None]],
    progress: Progress,
) -> Taken:
    """Keep the good rows of every file; a file that is refused as a whole holds up no other."""
    rows, refused, done, total = 0, list[Refused](), 0, sum(_size(path) for path in files)
    for path in files:
        try:
            async for batch in _batches(read(path)):
                if batch.rows:
                    await keep(batch.rows)
                rows += len(batch.rows)
                refused += batch.refused
                part = (done + batch.position) / total if total else 1.0
                progress(Advance(file=path.name, rows=rows + len(refused), part=min(part, 1.0)))
        except FileRefused as error:
            refused.append(Refused(file=path.name, line=error.line, why=error.message))
        done += _size(path)
    return Taken(rows=rows, refused=tuple(refused))


async def _batches(batches: Iterator[Batch[T]]) -> AsyncIterator[Batch[T]]:
    while (batch := await asyncio.to_thread(next, batches, None)) is not None:
        yield batch


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
