"""Every persisted noun, in the glossary's words."""

from sqlmodel import SQLModel

from store.tables.agent import Conversation, Turn
from store.tables.notify import Delivery, Destination, Event, Rule, RuleDestination
from store.tables.records import Customer, Fault, Note, TaskRun
from store.tables.team import ApiKey, ApiRequest, Channel, Client, Member, Workspace
from store.tables.watch import Metric, Occurrence, OutlierDefinition, Point

metadata = SQLModel.metadata

__all__ = [
    "ApiKey",
    "ApiRequest",
    "Channel",
    "Client",
    "Conversation",
    "Customer",
    "Delivery",
    "Destination",
    "Event",
    "Fault",
    "Member",
    "Metric",
    "Note",
    "Occurrence",
    "OutlierDefinition",
    "Point",
    "Rule",
    "RuleDestination",
    "TaskRun",
    "Turn",
    "Workspace",
    "metadata",
]
