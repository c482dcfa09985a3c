"""The HTTP API: one file a resource."""

from houston.web.api import (
    api_keys,
    audit,
    clients,
    deliveries,
    destinations,
    errors,
    events,
    members,
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
    *deliveries.ENDPOINTS,
    *audit.ENDPOINTS,
)
