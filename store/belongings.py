"""Where each table keeps what belongs to one client.

Every table has its place: a test fails for one that is in neither `Belongings.rows` nor KEPT.
"""

from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, literal, or_, union_all
from sqlmodel import SQLModel, col, select

from store import tables as t

KEPT = {
    "client": "goes last, by Erasure.erase",
    "audit_entry": "keeps its hashes only, by Audit.clear",
    "audit_client": "goes with the content of its entry, by Audit.clear",
    "audit_head": "says nothing of anybody",
}
Row = tuple[type[SQLModel], ColumnElement[bool]]


class Belongings:
    """The rows of one client, of its own workspaces, and of the channels that are bound to it."""

    def __init__(self, client_id: int) -> None:
        self._client_id = client_id
        self.workspaces = select(t.Workspace.id).where(self._of(t.Workspace))
        self.events = select(t.Event.id).where(or_(self._of(t.Event), self._at_home(t.Event)))
        self.episodes = select(t.Episode.id).where(self._of(t.Episode))
        self.destinations = select(t.Destination.id).where(
            or_(col(t.Destination.workspace_id).in_(self.workspaces), self._is_into_its_channel())
        )

    def rows(self) -> list[Row]:
        """Table and condition, in an order that leaves no reference hanging."""
        return [
            (t.Review, or_(self._of(t.Review), col(t.Review.episode_id).in_(self.episodes))),
            *self._agent(),
            *self._notify(),
            *self._reports(),
            *self._watch(),
            *self._records(),
            *self._team(),
        ]

    def _of(self, table: Any) -> ColumnElement[bool]:
        condition: ColumnElement[bool] = col(table.client_id) == self._client_id
        return condition

    def _at_home(self, table: Any) -> ColumnElement[bool]:
        """Rows of the client's own workspaces."""
        return col(table.workspace_id).in_(self.workspaces)

    def _is_into_its_channel(self) -> ColumnElement[bool]:
        bound = select(t.Channel.id).where(
            col(t.Channel.workspace_id) == col(t.Destination.workspace_id), self._of(t.Channel)
        )
        return and_(col(t.Destination.kind) == "channel", col(t.Destination.address).in_(bound))

    def _agent(self) -> list[Row]:
        conversation = or_(
            self._of(t.Conversation),
            self._at_home(t.Conversation),
            col(t.Conversation.event_id).in_(self.events),
        )
        inside = col(t.Turn.conversation_id).in_(select(t.Conversation.id).where(conversation))
        turn = or_(self._of(t.Turn), inside)
        proposed = col(t.Approval.turn_id).in_(select(t.Turn.id).where(turn))
        return [
            (t.Approval, or_(self._of(t.Approval), self._at_home(t.Approval), proposed)),
            (t.Turn, turn),
            (t.Conversation, conversation),
            (t.TokenUse, self._at_home(t.TokenUse)),
        ]

    def _notify(self) -> list[Row]:
        rule = or_(self._of(t.Rule), self._at_home(t.Rule))
        delivery = or_(
            self._of(t.Delivery),
            self._at_home(t.Delivery),
            col(t.Delivery.event_id).in_(self.events),
            col(t.Delivery.destination_id).in_(self.destinations),
        )
        link = or_(
            col(t.RuleDestination.rule_id).in_(select(t.Rule.id).where(rule)),
            col(t.RuleDestination.destination_id).in_(self.destinations),
        )
        gone = select(t.Delivery.id).where(delivery)
        post = or_(col(t.Post.episode_id).in_(self.episodes), col(t.Post.delivery_id).in_(gone))
        escalation = or_(
            col(t.Escalation.episode_id).in_(self.episodes),
            self._at_home(t.Escalation),
            col(t.Escalation.destination_id).in_(self.destinations),
        )
        preference = or_(self._at_home(t.Preference), col(t.Preference.destination_id).in_(self.destinations))
        return [
            (t.Escalation, escalation),
            (t.Post, post),
            (t.Delivery, delivery),
            (t.RuleDestination, link),
            (t.Rule, rule),
            (t.Preference, preference),
            (t.Secret, col(t.Secret.owner).in_(self._owners())),
            (t.Destination, col(t.Destination.id).in_(self.destinations)),
            (t.Event, or_(self._of(t.Event), self._at_home(t.Event))),
            (t.Lifecycle, self._of(t.Lifecycle)),
            (t.Episode, self._of(t.Episode)),
        ]

    def _owners(self) -> Any:
        """As Secret names whom it belongs to."""
        workspaces = self.workspaces.with_only_columns(literal("workspace/").concat(t.Workspace.id))
        numbers = cast(t.Destination.id, String)
        sources = select(literal("data_source/").concat(cast(t.DataSource.id, String)))
        return union_all(
            workspaces,
            self.destinations.with_only_columns(literal("destination/").concat(numbers)),
            sources.where(self._of_either(t.DataSource)),
        )

    def _of_either(self, table: Any) -> ColumnElement[bool]:
        """Rows of the client, or of its own workspaces."""
        return or_(self._of(table), self._at_home(table))

    def _reports(self) -> list[Row]:
        sources = select(t.DataSource.id).where(self._of_either(t.DataSource))
        report = or_(self._of_either(t.Report), col(t.Report.source_id).in_(sources))
        reports = select(t.Report.id).where(report)
        feed = or_(self._of_either(t.MetricFeed), col(t.MetricFeed.source_id).in_(sources))
        return [
            (t.Alert, or_(self._of_either(t.Alert), col(t.Alert.report_id).in_(reports))),
            (t.ReportRun, or_(self._of(t.ReportRun), col(t.ReportRun.report_id).in_(reports))),
            (t.Report, report),
            (t.MetricFeed, feed),
            (t.DataSource, self._of_either(t.DataSource)),
        ]

    def _watch(self) -> list[Row]:
        definition = self._of_either(t.OutlierDefinition)
        definitions = select(t.OutlierDefinition.id).where(definition)
        found = or_(self._of(t.Occurrence), col(t.Occurrence.definition_id).in_(definitions))
        metrics = select(t.Metric.id).where(self._of(t.Metric))
        return [
            (t.Occurrence, found),
            (t.OutlierDefinition, definition),
            (t.Point, col(t.Point.metric_id).in_(metrics)),
            (t.Metric, self._of(t.Metric)),
        ]

    def _records(self) -> list[Row]:
        return [(table, self._of(table)) for table in (t.Note, t.TaskRun, t.Fault, t.Customer)]

    def _team(self) -> list[Row]:
        invitations = select(t.Invitation.id).where(self._of(t.Invitation))
        keys = select(t.ApiKey.id).where(self._of(t.ApiKey))
        return [
            (t.InstallState, col(t.InstallState.invitation_id).in_(invitations)),
            (t.Invitation, self._of(t.Invitation)),
            (t.ApiRequest, col(t.ApiRequest.api_key_id).in_(keys)),
            (t.ApiKey, self._of(t.ApiKey)),
            (t.MemberClient, or_(self._of(t.MemberClient), self._at_home(t.MemberClient))),
            (t.Member, self._at_home(t.Member)),
            (t.Channel, self._at_home(t.Channel)),
            (t.Workspace, self._of(t.Workspace)),
        ]
