"""Which files a data source may read: under the operator's folders, never Houston's own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from store.errors import SourceFailed, SourceRefused

TABLES = (".csv", ".csv.gz", ".tsv", ".tsv.gz", ".parquet")
MOST_FILES = 5_000

NO_ROOTS = "Files cannot be data sources here: the operator has opened no folder (HOUSTON_FILE_ROOTS)."
NO_TRUST = "Only the operator or an agency's admin can add a source that reads files. Ask one of them to."
OUTSIDE = "This path is not under a folder that the operator opened to data sources (HOUSTON_FILE_ROOTS)."
MISSING = "There is nothing at this path any more. Check that the file is where it was."
OWN = "This is Houston's own database, which no data source reads."
NO_DATABASE = "This path is a folder. Name the database file in it, or write duckdb:///folder for CSV files."
TOO_MANY = f"This folder holds more than {MOST_FILES:,} files. Name a folder below it."
TWINS = "This folder holds several files for the table “{name}”. Rename all but one, or put them in a folder."


@dataclass(frozen=True, kw_only=True)
class Files:
    """`roots` are the folders that may be read, `own` is Houston's SQLite file if it has one."""

    roots: Sequence[Path]
    own: Path | None = None

    def locate(self, path: str, *, is_trusted: bool) -> Path:
        """The real place of a file, folder or socket; looked at anew each time. Raises SourceError."""
        if not self.roots:
            raise SourceRefused(NO_ROOTS)
        if not is_trusted:
            raise SourceRefused(NO_TRUST)
        places = [(root / path).resolve() for root in self.roots]
        inside = [place for place in places if self._is_inside(place)]
        if not inside:
            raise SourceRefused(OUTSIDE)
        found = next((place for place in inside if place.exists()), None)
        if found is None:
            raise SourceFailed(MISSING)
        self._refuse_own(found)
        return found

    def database(self, path: str, *, is_trusted: bool) -> Path:
        """A database's file."""
        found = self.locate(path, is_trusted=is_trusted)
        if not found.is_file():
            raise SourceRefused(NO_DATABASE)
        return found

    def tables(self, folder: Path) -> dict[str, list[Path]]:
        """The tables in a folder by their names: each file is one, each folder of files is one."""
        tables: dict[str, list[Path]] = {}
        for count, each in enumerate(self._readable(folder)):
            if count >= MOST_FILES:
                raise SourceRefused(TOO_MANY)
            tables.setdefault(_table_name(folder, each), []).append(each)
        for name, files in tables.items():
            if len({(each.parent == folder, _suffix(each)) for each in files}) > 1 or (
                len(files) > 1 and files[0].parent == folder
            ):
                raise SourceRefused(TWINS.format(name=name))
        return tables

    def _readable(self, folder: Path) -> Iterator[Path]:
        for each in sorted(folder.rglob("*")):
            place = each.resolve()
            if _suffix(each) and place.is_file() and self._is_inside(place):
                self._refuse_own(place)
                yield each

    def _is_inside(self, place: Path) -> bool:
        return any(place.is_relative_to(root.resolve()) for root in self.roots)

    def _refuse_own(self, place: Path) -> None:
        """By what the file is, not by its name: links of either kind lead to the same."""
        for suffix in ("", "-wal", "-shm", "-journal", ".lock"):
            own = Path(f"{self.own}{suffix}")
            if self.own and own.exists() and place.samefile(own):
                raise SourceRefused(OWN)


def _suffix(path: Path) -> str:
    name = path.name.lower()
    return next((each for each in TABLES if name.endswith(each) and name != each), "")


def _table_name(folder: Path, path: Path) -> str:
    inner = path.relative_to(folder)
    first = inner.parts[0]
    return (first if len(inner.parts) > 1 else first[: -len(_suffix(path))]).lower()
