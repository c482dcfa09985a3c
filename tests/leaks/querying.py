"""Canaries in what reads users' databases: sources, reports and their runs, alerts, feeds, reviews."""

import json
from datetime import timedelta
from typing import Any

from store.tables import Alert, DataSource, MetricFeed, Report, ReportRun, Review
from tests.leaks.asked import COLUMN, FIGURE, query
from tests.leaks.canaries import canary
from tests.leaks.rows import Planted, Planter

LONG = timedelta(days=300)
SCHEDULE = "cron 0 3 29 2 *"
"""So seldom that nothing is due by itself."""

ANY_FEED = "SELECT '2026-11-20' AS time, 1.0 AS value"


async def plant_queries(planter: Planter, planted: Planted, agency: Planted) -> None:
    """Each owner has a source with all that reads it; a client has reports on the agency's as well. The
    agency's own come first."""
    owner, ids = planted.owner, planted.ids
    ids["source"] = await _source(planter, planted, "source", planter.town.urls[f"source {owner}"])
    if planted is agency:
        ids["source gone"] = await _source(planter, planted, "source gone", planter.town.urls["source gone"])
    await _reads(planter, planted, "", ids["source"], query(owner), f"{canary(owner, FIGURE)} > 5")
    if planted is not agency:
        for kind, source in ((" on agencys", "source"), (" on gone", "source gone")):
            await _reads(planter, planted, kind, agency.ids[source], "SELECT 7 AS revenue", "revenue > 5")
        await _review(planter, planted)


async def _source(planter: Planter, planted: Planted, kind: str, url: str) -> int:
    owner = planted.owner
    source = await planter.add(
        DataSource(
            workspace_id=planted.workspace_id,
            client_id=planted.client_id,
            name=canary(owner, kind),
            dialect="sqlite",
            place=canary(owner, f"{kind} place"),
            trusts_files=True,
            created_by=canary(owner, f"{kind} creator"),
            created_at=planter.now,
            error=canary(owner, f"{kind} error"),
        )
    )
    await planter.uow.secrets.put(owner=f"data_source/{source.id}", name="url", value=url, now=planter.now)
    return source.id or 0


async def _reads(
    planter: Planter, planted: Planted, kind: str, source_id: int, sql: str, condition: str
) -> None:
    """A report, its run, an alert on it, and a feed of the same source."""
    owner, now = planted.owner, planter.now
    home: dict[str, Any] = {"workspace_id": planted.workspace_id, "client_id": planted.client_id}

    def word(what: str) -> str:
        return canary(owner, f"{what}{kind}")

    report = Report(
        **home,
        source_id=source_id,
        name=word("report"),
        sql=sql,
        url=f"https://reports.example/{word('report url')}",
        created_by=word("report creator"),
        created_at=now,
    )
    report_id = planted.ids[f"report{kind}"] = (await planter.add(report)).id or 0
    run = ReportRun(
        id=planter.id(),
        report_id=report_id,
        client_id=planted.client_id,
        at=now - timedelta(hours=1),
        columns=[canary(owner, COLUMN)],
        rows=[[word("run value")]],
        row_count=1,
    )
    await planter.add(run)
    often: dict[str, Any] = {"schedule": SCHEDULE, "timezone": "UTC", "created_at": now, "due_at": now + LONG}
    alert = Alert(
        **home,
        **often,
        report_id=report_id,
        name=word("alert"),
        rules=[{"text": condition, "severity": "critical"}],
        owner_name=word("alert owner"),
        runbook=f"https://runbooks.example/{word('runbook')}",
        created_by=word("alert creator"),
        error=word("alert error"),
    )
    planted.ids[f"alert{kind}"] = (await planter.add(alert)).id or 0
    feed = MetricFeed(
        **home,
        **often,
        source_id=source_id,
        name=word("feed"),
        sql=ANY_FEED if planted.client_id else f"{ANY_FEED}, '{canary('a', 'slug')}' AS client",
        metric=word("fed metric") if planted.client_id else "fed",
        created_by=word("feed creator"),
        error=word("feed error"),
    )
    planted.ids[f"feed{kind}"] = (await planter.add(feed)).id or 0


async def _review(planter: Planter, planted: Planted) -> None:
    """A mere wish: the definition is as it was."""
    owner = planted.owner
    told = {"kind": "wider", "words": canary(owner, "review words"), "is_applied": False}
    review = Review(
        episode_id=planted.ids["episode outlier"],
        definition_id=planted.ids["outlier_definition"],
        client_id=planted.client_id or 0,
        said_by="T0/U0",
        said_name=canary(owner, "reviewer"),
        said_at=planter.now,
        change=json.dumps(told | {"before": {}, "after": {}}),
    )
    await planter.add(review)
