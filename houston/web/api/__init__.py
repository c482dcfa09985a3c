"""The HTTP API: one file a resource."""

from houston.web.api import errors, notes, outlier_definitions, points, task_runs

PREFIX = "/api/v1"
ENDPOINTS = (
    *errors.ENDPOINTS,
    *task_runs.ENDPOINTS,
    *notes.ENDPOINTS,
    *points.ENDPOINTS,
    *outlier_definitions.ENDPOINTS,
)
