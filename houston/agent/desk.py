"""What tools work with: the services behind their desk."""

from dataclasses import dataclass

from houston.notify.handling.going_on import GoingOn
from houston.notify.handling.handling import Handling
from houston.notify.places.destinations import Destinations
from houston.notify.rules.rules import Rules
from houston.records.customers import Customers
from houston.records.notes import Notes
from houston.records.task_history import TaskHistory
from houston.reports.reading import Reading
from houston.reports.reports import Reports
from houston.team.channels import Channels
from houston.team.clients import Clients
from houston.watch.alerts.alerts import Alerts
from houston.watch.alerts.latest import LatestValues
from houston.watch.definitions import Definitions
from houston.watch.explaining import Explaining
from houston.watch.metrics import Metrics
from houston.watch.occurrences import Occurrences
from houston.watch.preview import Previews
from houston.watch.stretches import Stretches


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The services that tools call."""

    metrics: Metrics
    outliers: Occurrences
    notes: Notes
    customers: Customers
    clients: Clients
    reports: Reports
    alerts: Alerts
    definitions: Definitions
    previews: Previews
    rules: Rules
    channels: Channels
    handling: Handling
    stretches: Stretches
    explaining: Explaining
    reading: Reading
    task_history: TaskHistory
    going_on: GoingOn
    destinations: Destinations
    latest: LatestValues
