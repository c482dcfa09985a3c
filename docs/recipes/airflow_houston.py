"""Tell Houston when an Airflow 3 task fails, and when it succeeds again.

Put this file and houston_client.py beside your DAGs, and:

    from airflow_houston import HOUSTON

    with DAG("load_sales", default_args={**HOUSTON, "retries": 2}): ...
"""

from houston_client import tell


def failed(context):
    """Called after the last attempt. As `on_retry_callback` too, it tells of each one that failed."""
    report(context, "failed")


def succeeded(context):
    report(context, "succeeded")


def report(context, state):
    run, error = context["ti"], context.get("exception") or context.get("reason") or ""
    mapped = "" if run.map_index in (None, -1) else f"[{run.map_index}]"
    body = {
        "job": f"{run.dag_id}.{run.task_id}"[: 200 - len(mapped)] + mapped,
        "run_id": run.run_id[-200:],
        "state": state,
        "attempt": max(run.try_number, 1),
        "error": f"{type(error).__name__}: {error}"[-4000:] if error else "",
        "url": run.log_url,
    }
    tell("task-runs", body)


HOUSTON = {"on_failure_callback": failed, "on_success_callback": succeeded}
