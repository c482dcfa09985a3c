"""The HTTP API: one file a resource."""

from houston.web.api import (
    api_keys,
    audit,
    clients,
    deliveries,
    destinations,
    episodes,
    errors,
    events,
    members,
    notebook_alerts,
    notes,
    outlier_definitions,
    points,
    rules,
    task_runs,
    workspaces,
)

PREFIX = "/api/v1"
ENDPOINTS = (
    *errors.ENDPOINTS,
    *task_runs.ENDPOINTS,
    *notebook_alerts.ENDPOINTS,
    *notes.ENDPOINTS,
    *points.ENDPOINTS,
    *outlier_definitions.ENDPOINTS,
    *clients.ENDPOINTS,
    *workspaces.ENDPOINTS,
    *members.ENDPOINTS,
    *rules.ENDPOINTS,
    *destinations.ENDPOINTS,
    *api_keys.ENDPOINTS,
    *events.ENDPOINTS,
    *episodes.ENDPOINTS,
    *deliveries.ENDPOINTS,
    *audit.ENDPOINTS,
)
