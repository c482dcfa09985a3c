"""Airflow itself runs a DAG, from its own database to its own callbacks."""

from pathlib import Path

import pytest

from tests.recipes.conftest import Heard
from tests.recipes.tools import run_with

pytestmark = pytest.mark.slow

AIRFLOW = ("apache-airflow-task-sdk>=1.3,<2",)

DAG = """
from datetime import timedelta
from pathlib import Path

from airflow.sdk import DAG, task
from airflow_houston import HOUSTON

BROKEN = Path(__file__).with_name("broken")

with DAG("load_sales", default_args={**HOUSTON, "retries": 1, "retry_delay": timedelta(0)}) as dag:

    @task
    def extract():
        return ["north", "south"]

    @task
    def load(part):
        if part == "south" and BROKEN.exists():
            raise RuntimeError("Disk is full")

    load.expand(part=extract())
"""

TWO_RUNS = """
import sys

from airflow.utils.db import initdb

initdb()
sys.path.insert(0, "dags")
from load_sales import BROKEN, dag

for ending in ("failed", "success"):
    assert dag.test().state == ending
    BROKEN.unlink(missing_ok=True)
"""

KILLED = """
import uuid

import structlog
from airflow.callbacks.callback_requests import TaskCallbackRequest
from airflow.api_fastapi.execution_api.datamodels.taskinstance import TaskInstance
from airflow.dag_processing.processor import _execute_task_callbacks


class Bag:
    dags = {"load_sales": dag}


lost = TaskInstance(
    id=uuid.uuid4(), dag_version_id=uuid.uuid4(), task_id="extract", dag_id="load_sales",
    run_id="manual__3", try_number=2, map_index=-1,
)
request = TaskCallbackRequest(
    filepath="load_sales.py", bundle_name="dags", bundle_version=None, ti=lost, msg="killed"
)
_execute_task_callbacks(Bag, request, structlog.get_logger())
"""


async def test_a_task_that_fails_for_good_is_told_and_so_is_its_next_success(
    heard: Heard, tmp_path: Path
) -> None:
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags/load_sales.py").write_text(DAG)
    (tmp_path / "dags/broken").touch()
    env = heard.env | {"AIRFLOW_HOME": str(tmp_path), "AIRFLOW__CORE__LOAD_EXAMPLES": "False"}
    ended = await run_with(AIRFLOW, "python", "-c", TWO_RUNS + KILLED, folder=tmp_path, **env)
    assert ended.code == 0, ended.err[-2000:]
    fired, resolved, killed = await heard.events()
    assert (fired.subject, fired.phase, fired.severity) == ("load_sales.load[1]", "fired", "warning")
    assert fired.payload["attempt"] == 2
    assert fired.payload["error"] == "RuntimeError: Disk is full"
    assert "/dags/load_sales/runs/manual" in fired.payload["url"]
    assert (resolved.subject, resolved.phase) == ("load_sales.load[1]", "resolved")
    assert (killed.subject, killed.phase, killed.payload["run_id"]) == (
        "load_sales.extract",
        "fired",
        "manual__3",
    )
