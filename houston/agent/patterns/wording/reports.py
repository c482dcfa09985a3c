"""Reports, and the rows of one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from houston.agent.facts import Facts
from houston.agent.patterns.planning.reports import meant_reports
from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.wording.figures import figure, plain
from houston.agent.patterns.wording.phrases import client_of, moment, table_of
from houston.agent.patterns.wording.tables import listing

NO_SUM = re.compile(
    r"rate|ratio|%|percent|share|average|avg|mean|median|per\b|price|score|cp[cam]\b|ctr|roas|days|hours",
    re.IGNORECASE,
)
"""Columns of which a sum says nothing."""


def reports(question: Question, results: Sequence[Result], facts: Facts) -> list[str]:
    result = results[0]
    rows = [one for one in results if "columns" in one]
    if rows:
        return _report(rows[0], facts)
    about = question.search
    if about and not meant_reports(replace(question, intent="report"), result.get("reports") or ()):
        names = ", ".join(plain(str(one["name"])) for one in result.get("reports") or ())
        return [
            f"There is no report about “{plain(about)}”." + (f" The reports are: {names}." if names else "")
        ]
    columns = {
        "name": "Report", "client": "Client", "last_run": "Last run", "rows": "Rows", "alerts": "Alerts",
        "error": "Error",
    }  # fmt: skip
    return listing(
        result, result.get("reports") or (), columns, facts, what="report", counted=question.counted
    )


def _report(result: Result, facts: Facts) -> list[str]:
    report = result["report"]
    name = report["name"] if isinstance(report, Mapping) else str(report)
    at = result.get("run_at")
    title = f"**{plain(name)}** for {client_of(result)}" + (f", as of {moment(at, facts)}" if at else "")
    count = result.get("row_count")
    number = f" ({figure(count)} rows)" if count is not None and count != 1 else ""
    columns = {str(column): plain(str(column)) for column in result["columns"]}
    lines = [[_report_cell(row.get(column)) for column in columns] for row in result["rows"]]
    totals = ", ".join(
        f"{plain(str(key))} {figure(value)}"
        for key, value in (result.get("totals") or {}).items()
        if not NO_SUM.search(str(key))
    )
    table = table_of(list(columns.values()), lines) if lines else "It has no rows."
    return [f"{title}{number}:", table, f"In all: {totals}." if totals and len(lines) > 1 else ""]


def _report_cell(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "–"}[value]
    return figure(value) if isinstance(value, int | float) else plain(str(value))
