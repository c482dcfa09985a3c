"""The hands: what Houston can look up, one file a subject."""

from houston.agent.tool import Tool
from tools.clients import list_clients, switch_client
from tools.customers import customer_summary, customers
from tools.metrics import channel_performance, list_metrics
from tools.notes import notes
from tools.outliers import outlier_occurrences

ALL_TOOLS: tuple[Tool, ...] = (
    list_clients,
    switch_client,
    list_metrics,
    channel_performance,
    outlier_occurrences,
    notes,
    customers,
    customer_summary,
)
