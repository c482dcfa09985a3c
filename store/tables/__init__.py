"""Every persisted noun, in the glossary's words."""

from sqlmodel import SQLModel

from store.tables.agent import Approval, Conversation, TokenUse, Turn
from store.tables.audit import AuditClient, AuditEntry, AuditHead
from store.tables.notify import (
    Delivery,
    Destination,
    Escalation,
    Event,
    Post,
    Preference,
    Rule,
    RuleDestination,
)
from store.tables.records import Customer, Fault, Note, TaskRun
from store.tables.reports import Alert, DataSource, MetricFeed, Report, ReportRun
from store.tables.secrets import Secret
from store.tables.team import (
    ApiKey,
    ApiRequest,
    Channel,
    Client,
    InstallState,
    Invitation,
    Member,
    MemberClient,
    Workspace,
)
from store.tables.watch import Episode, Lifecycle, Metric, Occurrence, OutlierDefinition, Point, Review

metadata = SQLModel.metadata

__all__ = [
    "Alert",
    "ApiKey",
    "ApiRequest",
    "Approval",
    "AuditClient",
    "AuditEntry",
    "AuditHead",
    "Channel",
    "Client",
    "Conversation",
    "Customer",
    "DataSource",
    "Delivery",
    "Destination",
    "Episode",
    "Escalation",
    "Event",
    "Fault",
    "InstallState",
    "Invitation",
    "Lifecycle",
    "Member",
    "MemberClient",
    "Metric",
    "MetricFeed",
    "Note",
    "Occurrence",
    "OutlierDefinition",
    "Point",
    "Post",
    "Preference",
    "Report",
    "ReportRun",
    "Review",
    "Rule",
    "RuleDestination",
    "Secret",
    "TaskRun",
    "TokenUse",
    "Turn",
    "Workspace",
    "metadata",
]
