"""The review that comes once a month: rules nobody reacts to, rules that never fire, dead destinations."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from houston.notify.digests.digest import Review, RuleSeldom, Undelivered
from houston.notify.vocabulary import EPISODE_TYPES
from store import Scope, UnitOfWork
from store.tables import Client, Rule

FEWEST = 5
"""Messages that must have gone unheeded."""

HEEDED_WITHIN, SILENT_FOR = timedelta(days=30), timedelta(days=60)

NAMED = 10
"""Of each kind."""


async def reviewed(uow: UnitOfWork, scope: Scope, now: datetime) -> Review:
    """Of the scope's workspace."""
    rules = [rule for rule in await uow.rules.all(scope=scope) if rule.active and rule.id]
    clients = {each.id: each for each in await uow.clients.all(scope=scope)}
    sent = await uow.rule_reviews.sent(scope=scope, types=EPISODE_TYPES, since=now - HEEDED_WITHIN)
    messages, heeded = Counter[int](), Counter[int]()
    for rule_ids, count, reactions in sent:
        messages.update(dict.fromkeys(rule_ids, count))
        heeded.update(dict.fromkeys(rule_ids, reactions))
    fired = await uow.rule_reviews.fired(scope=scope, since=now - SILENT_FOR)
    unheeded = [rule for rule in rules if rule.id and messages[rule.id] >= FEWEST and not heeded[rule.id]]
    silent = [rule for rule in rules if rule.id not in fired and rule.created_at <= now - SILENT_FOR]
    return Review(
        unheeded=tuple(_told(rule, clients, messages[rule.id or 0]) for rule in unheeded[:NAMED]),
        silent=_all_told(silent, clients),
        failing=await _failing(uow, scope),
    )


def _all_told(rules: Sequence[Rule], clients: dict[int | None, Client]) -> tuple[RuleSeldom, ...]:
    return tuple(_told(rule, clients, 0) for rule in rules[:NAMED])


def _told(rule: Rule, clients: dict[int | None, Client], messages: int) -> RuleSeldom:
    client = clients.get(rule.client_id) if rule.client_id else None
    return RuleSeldom(
        number=rule.number,
        event_type=rule.event_type,
        client=client.name if client else "",
        messages=messages,
    )


async def _failing(uow: UnitOfWork, scope: Scope) -> tuple[Undelivered, ...]:
    found = await uow.rule_reviews.failing(scope=scope)
    return tuple(Undelivered(where=each.alias, count=each.failures, why=each.error) for each in found[:NAMED])
