"""`app.py import`: CSV files become points, notes or customers."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from houston import access
from houston.assembly import Houston
from houston.commands.progress import bar
from houston.records.imports import ImportReport

Kind = Literal["metrics", "notes", "customers"]


async def import_files(
    houston: Houston, kind: Kind, files: Sequence[Path], client: str | None, *, as_json: bool
) -> bool:
    """False where nothing could be taken."""
    with bar() as shown:
        task = shown.add_task(f"Importing {kind}", total=1.0)
        report = await getattr(houston.imports, kind)(
            access.everything(), files, client, lambda advance: shown.update(task, completed=advance.part)
        )
        shown.update(task, completed=1.0)
    print(json.dumps(asdict(report)) if as_json else _told(report))
    return bool(report.taken or not report.refused)


def _told(report: ImportReport) -> str:
    for row in report.refused:
        where = f"{row.file}, line {row.line}" if row.line else row.file
        print(f"refused: {where}: {row.why}", file=sys.stderr)
    series = f" into {len(report.metrics)} metrics: {', '.join(report.metrics)}" if report.metrics else ""
    return f"{report.taken:,} rows taken{series}; {len(report.refused):,} refused."
