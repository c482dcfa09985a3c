"""What the sample agency has set up: the rules of its channels, and a shop with a report and an alert."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from houston.access import Actor
from houston.reports.reports import ReportDraft
from houston.reports.sources import SourceDraft
from houston.samples.shop import REPORT, WEEK_REPORT, write_shop
from houston.watch.alerts.alert import AlertDraft, AlertRule

if TYPE_CHECKING:
    from houston.assembly import Houston

RULES = (
    ("marketing-alerts", "outlier"),
    ("client-notes", "note_created"),
    ("client-notes", "note_updated"),
    ("data-pipelines", "task_failure"),
    ("data-pipelines", "system_error"),
)
"""Channel and what is told there."""


async def furnish_shop(
    houston: "Houston", admin: Actor, files: Path, *, channel: str, seed: int, now: datetime
) -> None:
    """Acme's shop as files in a folder that Houston may read, two reports of it, an alert in `channel`."""
    await asyncio.to_thread(write_shop, files, seed, now)
    acme = await houston.clients.find(admin.scope, "acme")
    source = SourceDraft(name="Acme's shop", url=f"duckdb:///{files}", client_id=acme.id)
    source_id = (await houston.data_sources.add(admin, source)).id or 0
    sales = await houston.reports.add(
        admin, ReportDraft(name="Sales by shop", source_id=source_id, sql=REPORT)
    )
    await houston.reports.add(
        admin, ReportDraft(name="Orders of the last 7 days", source_id=source_id, sql=WEEK_REPORT)
    )
    await houston.alerts.add(
        admin,
        AlertDraft(
            name="Few orders",
            report_id=sales.report.id or 0,
            rules=(AlertRule(text="Conversion Rate < 1.5%"), AlertRule(text="no rows", severity="critical")),
            schedule="every 15 minutes",
            owner_id=admin.user_id,
            channels=(channel,),
        ),
    )
