"""Data sources, and what is read from them: reports, their alerts, metric feeds.

A data source goes by its name and its client, since an agency's and a client's may be called the same.
"""

from collections.abc import Mapping
from typing import Any

from houston import access
from houston.configuration.document import Document, Slugs, ordered, told
from store import UnitOfWork
from store.tables import Alert, DataSource, MetricFeed, Report

Named = Mapping[int | None, Any]


async def documents(uow: UnitOfWork, slugs: Slugs) -> Document:
    """No client: the agency's."""
    everything = access.everything()
    sources = await uow.data_sources.all(scope=everything)
    reports = await uow.reports.all(scope=everything)
    alerts = await uow.alerts.all(scope=everything)
    feeds = await uow.metric_feeds.all(scope=everything)
    read = {each.id: {"name": each.name, "client": slugs.get(each.client_id)} for each in sources}
    names = {each.id: each.name for each in reports}
    return {
        "data_sources": ordered(_source(each, slugs) for each in sources),
        "reports": ordered(_report(each, slugs, read) for each in reports),
        "alerts": ordered(_alert(each, slugs, names) for each in alerts),
        "metric_feeds": ordered(_feed(each, slugs, read) for each in feeds),
    }


def _source(source: DataSource, slugs: Slugs) -> Document:
    """Its URL holds a password, and stays where it is sealed."""
    return {
        "name": source.name,
        "client": slugs.get(source.client_id),
        "dialect": source.dialect,
        "place": source.place,
        **told({"workspace": source.workspace_id}),
    }


def _report(report: Report, slugs: Slugs, sources: Named) -> Document:
    return {
        "name": report.name,
        "client": slugs.get(report.client_id),
        "source": sources[report.source_id],
        "sql": report.sql,
        **told({"url": report.url, "workspace": report.workspace_id}),
    }


def _alert(alert: Alert, slugs: Slugs, reports: Named) -> Document:
    """Where it posts is among the rules."""
    return {
        "name": alert.name,
        "client": slugs.get(alert.client_id),
        "report": reports[alert.report_id],
        "conditions": [dict(each) for each in alert.rules],
        **alert.model_dump(include={"match", "schedule", "timezone", "n", "m", "no_data", "active"}),
        **told({"owner": alert.owner, "runbook": alert.runbook, "workspace": alert.workspace_id}),
    }


def _feed(feed: MetricFeed, slugs: Slugs, sources: Named) -> Document:
    return {
        "name": feed.name,
        "client": slugs.get(feed.client_id),
        "source": sources[feed.source_id],
        "sql": feed.sql,
        **told({"metric": feed.metric}),
        **feed.model_dump(include={"schedule", "timezone", "active"}),
        **told({"workspace": feed.workspace_id}),
    }
