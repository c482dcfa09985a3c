"""Run dbt and tell Houston how each model and test ended: `python dbt_houston.py dbt build --target prod`.

Run it in the project's folder, with houston_client.py beside this file. dbt's exit code is kept.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from houston_client import tell

GOOD = ("success", "pass", "warn")
BAD = ("error", "fail", "runtime error", "partial success")


def results():
    path = Path(os.environ.get("DBT_TARGET_PATH", "target"), "run_results.json")
    found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"metadata": {}, "results": []}
    return found["metadata"].get("invocation_id"), found["results"]


def reports(before, code):
    """One for dbt itself, and one a model or test; what was skipped waits for what failed before it."""
    (run, found), stumbled = results(), ""
    if run == before:
        run, found = str(time.time_ns()), []
        stumbled = f"dbt ended with {code} before it ran anything." if code else ""
    yield report(f"dbt {Path.cwd().name}", run, stumbled)
    for each in found:
        if each["status"] in GOOD + BAD:
            failed = each["status"] in BAD
            yield report(f"dbt {each['unique_id']}", run, (each["message"] or "failed") if failed else "")


def report(job, run, error):
    state = "failed" if error else "succeeded"
    return {"job": job[:200], "run_id": run, "state": state, "error": error[-4000:]}


if __name__ == "__main__":
    before, _ = results()
    code = subprocess.run(sys.argv[1:], check=False).returncode
    all(tell("task-runs", each) for each in reports(before, code))  # up to the first that is not heard
    sys.exit(code)
