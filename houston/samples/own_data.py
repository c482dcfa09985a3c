"""CSV files in place of the sample agency."""

import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from houston import access
from houston.errors import SettingsError
from houston.records.imports import ImportReport, Imports

log = logging.getLogger(__name__)


async def bring_in(imports: Imports, data: Path) -> None:
    """CSV files, in a subfolder those of the client it is named after; raises Invalid for a bad one."""
    for file in _csv_files(data):
        client = None if file.parent == data else file.parent.name
        report = await _importer(imports, file)(access.everything(), [file], client)
        for refused in report.refused:
            log.warning("%s, line %s: %s", refused.file, refused.line, refused.why)


def _csv_files(data: Path) -> list[Path]:
    files = sorted(data.glob("*.csv")) + sorted(data.glob("*/*.csv"))
    if not files:
        raise SettingsError({"--data": f"{data} holds no .csv files."})
    return files


def _importer(imports: Imports, file: Path) -> Callable[..., Awaitable[ImportReport]]:
    if file.name.startswith("notes"):
        return imports.notes
    return imports.customers if file.name.startswith("customers") else imports.metrics
