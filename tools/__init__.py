"""The hands: what Houston can look up, one file a subject."""

from houston.agent.tool import Tool
from tools.alerts import alerts
from tools.asking import ask_person
from tools.calculate import calculate
from tools.calendar import calendar
from tools.charts import draw_chart
from tools.clients import list_clients, switch_client
from tools.customers import customer_summary, customers
from tools.episodes import episodes
from tools.explaining import explain_outlier
from tools.metrics import channel_performance, list_metrics
from tools.notes import notes, read_note
from tools.outliers import outlier_occurrences
from tools.reports import report_rows, reports, run_report
from tools.rules import destinations, rules
from tools.series import metric_series
from tools.task_runs import task_runs
from tools.writes import WRITES

ALL_TOOLS: tuple[Tool, ...] = (
    list_clients,
    switch_client,
    list_metrics,
    channel_performance,
    metric_series,
    outlier_occurrences,
    explain_outlier,
    episodes,
    alerts,
    notes,
    read_note,
    reports,
    report_rows,
    run_report,
    customers,
    customer_summary,
    task_runs,
    rules,
    destinations,
    draw_chart,
    calendar,
    ask_person,
    calculate,
    *WRITES,
)
