"""CSV files as people export them: read in batches, each row with its line, every complaint with its fix."""

import codecs
import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Generic, TypeVar

from houston.errors import HoustonError, Invalid

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A row, or a whole file, that was not taken."""

    file: str
    line: int | None
    why: str


@dataclass(frozen=True, kw_only=True)
class Row:
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """The column's text; '' where the file has no such column."""
        return self.cells.get(column, "").strip()


@dataclass(frozen=True, kw_only=True)
class Batch(Generic[T]):
    """Some rows in order, parsed or refused; `position` is how many bytes of the file are done."""

    rows: list[T]
    refused: list[Refused]
    position: int


@dataclass(frozen=True, kw_only=True)
class Form:
    """The columns of one kind of file."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ",".join(self.required)

    def missing(self, columns: Sequence[str]) -> list[str]:
        return [name for name in self.required if name not in columns]


class FileRefused(HoustonError):
    """A file of which nothing is taken; `line` where it is known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def batches(path: Path, forms: Sequence[Form], parse: Callable[[Row], T], *, size: int) -> Iterator[Batch[T]]:
    """The file's rows through `parse`, which raises Invalid for a bad one. Blocks: call it off the loop.

    Raises FileRefused before the first batch where the file as a whole is no use.
    """
    check_text(path)
    with path.open("rb") as raw, TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
        reader = csv.reader(text, strict=True)
        rows: list[T] = []
        refused: list[Refused] = []
        line = 0
        for taken in _rows(reader, header(reader, forms)):
            line = taken.line
            try:
                rows.append(parse(_whole(taken)))
            except Invalid as error:
                refused.append(Refused(file=path.name, line=line, why=error.message))
            if len(rows) + len(refused) >= size:
                yield Batch(rows=rows, refused=refused, position=raw.tell())
                rows, refused = [], []
        if not line:
            raise FileRefused("The file has no rows under its header: export it again.")
        yield Batch(rows=rows, refused=refused, position=raw.tell())


def check_text(path: Path) -> None:
    """Raises FileRefused where the file is missing, empty, or not text in UTF-8."""
    number = 0
    try:
        with path.open("rb") as raw:
            for number, content in enumerate(raw, 1):
                _check_line(number, content)
    except OSError as error:
        raise FileRefused(f"The file cannot be read: {error.strerror}.") from error
    if number == 0:
        raise FileRefused("The file is empty: export it again.")


def header(reader: Any, forms: Sequence[Form]) -> list[str]:
    """The columns, in order. Raises FileRefused where they are those of no form."""
    try:
        columns = [name.strip().casefold() for name in next(reader, [])]
    except csv.Error as error:
        raise FileRefused("The first line is not a CSV header: check its quotation marks.", 1) from error
    form = max(forms, key=lambda each: (sum(name in columns for name in each.required), -len(each.required)))
    if missing := form.missing(columns):
        raise FileRefused(_missing(missing, columns, form), 1)
    known = {*form.required, *form.optional}
    for name in columns:
        if name not in known:
            raise FileRefused(f"The column {name[:40]!r} is not known: use {', '.join(sorted(known))}.", 1)
        if columns.count(name) > 1:
            raise FileRefused(f"The column {name} is there twice: remove one.", 1)
    return columns


def _missing(missing: list[str], columns: list[str], form: Form) -> str:
    for name, mark in (("semicolons", ";"), ("tabs", "\t")):
        if len(columns) == 1 and mark in columns[0]:
            return f"The columns are separated by {name}: export the file with commas."
    said = f"The column {missing[0]} is" if len(missing) == 1 else f"The columns {', '.join(missing)} are"
    return f"{said} missing: the first line must be {form}."


def _check_line(number: int, content: bytes) -> None:
    if number == 1 and content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise FileRefused("The file is UTF-16: save it as CSV UTF-8.", 1)
    if b"\x00" in content:
        raise FileRefused("The file holds binary data: is it a CSV file?", number)
    try:
        content.decode()
    except UnicodeDecodeError as error:
        raise FileRefused("The text is not UTF-8: save the file as CSV UTF-8.", number) from error


@dataclass(frozen=True, kw_only=True)
class _Broken:
    line: int
    why: str


def _whole(taken: Row | _Broken) -> Row:
    if isinstance(taken, _Broken):
        raise Invalid("row", taken.why)
    return taken


def _rows(reader: Any, columns: list[str]) -> Iterator[Row | _Broken]:
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _Broken(line=line, why=_broken(str(error)))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(columns):
            said = f"The row has {len(cells)} fields and the header {len(columns)}: check its commas."
            yield _Broken(line=line, why=said)
        else:
            yield Row(line=line, cells=dict(zip(columns, cells, strict=True)))


def _broken(error: str) -> str:
    if "end of data" in error or "field limit" in error:
        return "A quotation mark opened in this row is never closed: close it."
    return 'A quotation mark is out of place: write "" for one inside a quoted field.'
