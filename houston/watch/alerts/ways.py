"""Where the rules of a workspace send alerts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from glob import escape

from store import Scope, UnitOfWork
from store.tables import Alert, Destination, Rule

DATA_ALERT = "data_alert"


@dataclass(frozen=True, kw_only=True)
class Ways:
    """Where the rules of a workspace send an alert; `own` are the destinations of its own rule."""

    own: tuple[Destination, ...] = ()
    places: tuple[str, ...] = ()


async def ways(uow: UnitOfWork, scope: Scope, alerts: Sequence[Alert]) -> Mapping[int, Ways]:
    """By the alert's id, as people of the scope's workspace may know it."""
    rules = [each for each in await uow.rules.all(scope=scope) if each.event_type == DATA_ALERT]
    sent = await uow.rules.destinations(scope=scope) if rules else {}
    return {alert.id or 0: _ways(alert, rules, sent) for alert in alerts}


def _ways(alert: Alert, rules: Sequence[Rule], sent: Mapping[int, tuple[Destination, ...]]) -> Ways:
    fitting = [rule for rule in rules if rule.client_id in (None, alert.client_id)]
    own = [rule for rule in fitting if rule.subject.casefold() == escape(alert.name).casefold()]
    told = [rule for rule in fitting if rule.active and _names(rule, alert)]
    aliases = [each.alias for rule in told for each in sent.get(rule.id or 0, ())]
    return Ways(
        own=tuple(each for rule in own[:1] for each in sent.get(rule.id or 0, ())),
        places=tuple(dict.fromkeys(aliases)),
    )


def _names(rule: Rule, alert: Alert) -> bool:
    return not rule.subject or fnmatchcase(alert.name.lower(), rule.subject.lower())
