"""Tells Houston something, with the standard library only. Copy this file beside the recipe that uses it.

HOUSTON_URL (such as https://houston.example.com) and HOUSTON_API_KEY must be set.
"""

import http.client
import json
import logging
import os
import time
import urllib.request
import uuid

SECONDS, WAITS = 10, (1, 3, None)


def tell(kind, body):
    """Whether Houston heard it. Where it did not, a warning is logged and nothing is raised: work goes on.

    `kind` is task-runs or notebook-alerts.
    """
    try:
        _post(kind, json.dumps(body).encode())
    except (OSError, KeyError, ValueError, http.client.HTTPException) as problem:
        said = problem.read().decode(errors="replace") if hasattr(problem, "read") else repr(problem)
        logging.getLogger(__name__).warning("Houston was not told: %s", said)
        return False
    return True


def _post(kind, data):
    headers = {"Authorization": f"Bearer {os.environ['HOUSTON_API_KEY']}", "Content-Type": "application/json"}
    headers["Idempotency-Key"] = uuid.uuid4().hex  # one for all tries, so that a lost answer doubles nothing
    url = os.environ["HOUSTON_URL"].rstrip("/") + "/api/v1/" + kind
    for wait in WAITS:
        try:
            urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=SECONDS).close()
            return
        except OSError as problem:  # 429 comes with how long to wait, other 4xx are for good
            status, answer = getattr(problem, "code", 503), getattr(problem, "headers", {})
            if wait is None or (400 <= status < 500 and status != 429):
                raise
            time.sleep(max(wait, int(answer.get("Retry-After", 0))))
