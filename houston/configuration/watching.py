"""Metrics, and what is looked for in them."""

from houston import access
from houston.configuration.document import Document, Slugs, ordered, told
from store import UnitOfWork
from store.tables import Metric, OutlierDefinition

DECLARED = {"name", "channel", "unit", "aggregate", "numerator", "denominator", "direction", "key"} | {
    "freshness"
}
UNSAID = {"id", "workspace_id", "client_id", "active", "created_by", "created_at", "due_at", "error"}


async def documents(uow: UnitOfWork, slugs: Slugs) -> Document:
    metrics = await uow.metrics.all(scope=access.everything())
    definitions = await uow.definitions.all(scope=access.everything())
    return {
        "metrics": ordered(_metric(each, slugs) for each in metrics),
        "outlier_definitions": ordered(_definition(each, slugs) for each in definitions),
    }


def _metric(metric: Metric, slugs: Slugs) -> Document:
    return {"client": slugs[metric.client_id], **told(metric.model_dump(include=DECLARED))}


def _definition(definition: OutlierDefinition, slugs: Slugs) -> Document:
    workspace = {"workspace": definition.workspace_id}
    return {
        "client": slugs[definition.client_id],
        **told(definition.model_dump(exclude=UNSAID)),
        "active": definition.active,
        **told(workspace),
    }
