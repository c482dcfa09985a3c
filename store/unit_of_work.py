from functools import cached_property

from sqlmodel.ext.asyncio.session import AsyncSession

from store.alerts import Alerts
from store.api_keys import ApiKeys
from store.approvals import Approvals
from store.audit import Audit
from store.channels import Channels
from store.clients import Clients
from store.conversations import Conversations
from store.crypto import Keyring
from store.customers import Customers
from store.data_sources import DataSources
from store.deliveries import Deliveries
from store.destinations import Destinations
from store.digests import Digests
from store.episodes import Episodes
from store.erasure import Erasure
from store.escalations import Escalations
from store.events import Events
from store.failed_tasks import FailedTasks
from store.faults import Faults
from store.ids import Ids
from store.installs import Installs
from store.lifecycles import Lifecycles
from store.members import Members
from store.metric_feeds import MetricFeeds
from store.metrics import Metrics
from store.notes import Notes
from store.occurrences import Occurrences
from store.outlier_definitions import OutlierDefinitions
from store.points import Points
from store.posts import Posts
from store.preferences import Preferences
from store.report_runs import ReportRuns
from store.reports import Reports
from store.reviews import Reviews
from store.rule_reviews import RuleReviews
from store.rules import Rules
from store.secrets import Secrets
from store.surroundings import Surroundings
from store.task_history import TaskHistory
from store.token_uses import TokenUses
from store.turns import Turns
from store.workspaces import Workspaces


class UnitOfWork:
    """One transaction and the repositories that speak in it; nothing is kept without `commit`."""

    def __init__(self, session: AsyncSession, ids: Ids, keyring: Keyring) -> None:
        self._session = session
        self._keyring = keyring
        self.ids = ids

    async def commit(self) -> None:
        """Keep it all."""
        await self._session.commit()

    @cached_property
    def workspaces(self) -> Workspaces:
        return Workspaces(self._session)

    @cached_property
    def clients(self) -> Clients:
        return Clients(self._session)

    @cached_property
    def members(self) -> Members:
        return Members(self._session)

    @cached_property
    def channels(self) -> Channels:
        return Channels(self._session)

    @cached_property
    def secrets(self) -> Secrets:
        return Secrets(self._session, self._keyring)

    @cached_property
    def audit(self) -> Audit:
        return Audit(self._session, self._keyring)

    @cached_property
    def erasure(self) -> Erasure:
        return Erasure(self._session)

    @cached_property
    def installs(self) -> Installs:
        return Installs(self._session)

    @cached_property
    def api_keys(self) -> ApiKeys:
        return ApiKeys(self._session)

    @cached_property
    def rules(self) -> Rules:
        return Rules(self._session)

    @cached_property
    def destinations(self) -> Destinations:
        return Destinations(self._session)

    @cached_property
    def events(self) -> Events:
        return Events(self._session)

    @cached_property
    def deliveries(self) -> Deliveries:
        return Deliveries(self._session)

    @cached_property
    def episodes(self) -> Episodes:
        return Episodes(self._session)

    @cached_property
    def lifecycles(self) -> Lifecycles:
        return Lifecycles(self._session)

    @cached_property
    def surroundings(self) -> Surroundings:
        return Surroundings(self._session)

    @cached_property
    def posts(self) -> Posts:
        return Posts(self._session)

    @cached_property
    def escalations(self) -> Escalations:
        return Escalations(self._session)

    @cached_property
    def preferences(self) -> Preferences:
        return Preferences(self._session)

    @cached_property
    def digests(self) -> Digests:
        return Digests(self._session)

    @cached_property
    def failed_tasks(self) -> FailedTasks:
        return FailedTasks(self._session)

    @cached_property
    def task_history(self) -> TaskHistory:
        return TaskHistory(self._session)

    @cached_property
    def rule_reviews(self) -> RuleReviews:
        return RuleReviews(self._session)

    @cached_property
    def metrics(self) -> Metrics:
        return Metrics(self._session)

    @cached_property
    def points(self) -> Points:
        return Points(self._session)

    @cached_property
    def definitions(self) -> OutlierDefinitions:
        return OutlierDefinitions(self._session)

    @cached_property
    def occurrences(self) -> Occurrences:
        return Occurrences(self._session)

    @cached_property
    def data_sources(self) -> DataSources:
        return DataSources(self._session)

    @cached_property
    def reports(self) -> Reports:
        return Reports(self._session)

    @cached_property
    def report_runs(self) -> ReportRuns:
        return ReportRuns(self._session)

    @cached_property
    def alerts(self) -> Alerts:
        return Alerts(self._session)

    @cached_property
    def metric_feeds(self) -> MetricFeeds:
        return MetricFeeds(self._session)

    @cached_property
    def reviews(self) -> Reviews:
        return Reviews(self._session)

    @cached_property
    def notes(self) -> Notes:
        return Notes(self._session)

    @cached_property
    def faults(self) -> Faults:
        return Faults(self._session)

    @cached_property
    def customers(self) -> Customers:
        return Customers(self._session)

    @cached_property
    def conversations(self) -> Conversations:
        return Conversations(self._session)

    @cached_property
    def turns(self) -> Turns:
        return Turns(self._session)

    @cached_property
    def token_uses(self) -> TokenUses:
        return TokenUses(self._session)

    @cached_property
    def approvals(self) -> Approvals:
        return Approvals(self._session)
