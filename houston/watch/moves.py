"""How a check moves a watched thing from state to state; what is told of it is not decided here."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from houston.watch.policy import Check, Policy
from houston.watch.snapshot import RANKS, SETTLED, TROUBLE, UNTOLD, Outcome, Snapshot
from houston.watch.standing import OPEN

Weight = Literal["good", "bad", "lingering", "keep", "no_data", "error"]


def weigh(before: Snapshot, check: Check, policy: Policy) -> Weight:
    """What a check counts as."""
    if check.verdict == "breach":
        return "bad"
    if check.verdict == "ok":
        return "good" if check.is_recovered or not before.has_fired else "lingering"
    if check.verdict == "error" and before.failures < policy.errors_in_row:
        return "keep"
    reaction = policy.error if check.verdict == "error" else policy.no_data
    if reaction == "tell":
        return check.verdict
    return "keep" if reaction == "keep" else "good" if reaction == "ok" else "bad"


def moved(before: Snapshot, check: Check, weight: Weight, policy: Policy) -> Outcome:
    """The next state, and what it means for the episode."""
    if weight == "keep":
        return Outcome(snapshot=before)
    after = replace(before, recent=_recent(before, weight, policy))
    state = _state(after, check.at, weight, policy)
    begins = state in OPEN and not before.is_open
    reopens = begins and _is_same(before, check.at, state, policy)
    closes = before.is_open and state not in OPEN
    after = replace(after, state=state, since=before.since if state == before.state else check.at)
    if weight == "bad":
        after = replace(after, breached_at=max(check.at, before.breached_at or check.at))
    if begins:
        after = _begun(after, is_new=not reopens)
    if closes:
        after = _closed(after, check.at, policy)
    if after.is_open and weight in ("bad", *TROUBLE):
        after = replace(after, severity=max(after.severity, check.severity, key=RANKS.__getitem__))
    return Outcome(
        snapshot=after,
        opens=begins and not reopens,
        reopens=reopens,
        closes=closes,
        shows=before.is_open or reopens,
        counts=weight == "bad",
    )


def _recent(before: Snapshot, weight: Weight, policy: Policy) -> tuple[bool, ...]:
    if weight in TROUBLE:
        return before.recent
    return (*before.recent, weight != "good")[-policy.remembered :]


def _state(snapshot: Snapshot, at: datetime, weight: Weight, policy: Policy) -> str:
    """`snapshot` is as before, but for what it remembers of its newest checks."""
    if weight in TROUBLE:
        return weight
    if weight == "good" and snapshot.has_fired:
        return "ok" if _is_over(snapshot, at, policy) else "recovering"
    breaches = sum(snapshot.recent[-policy.m :])
    if weight == "good":
        return "pending" if breaches and not snapshot.is_open else "ok"
    return "firing" if snapshot.has_fired or breaches >= policy.n else "pending"


def _is_over(snapshot: Snapshot, at: datetime, policy: Policy) -> bool:
    good = policy.keep_firing_for
    if isinstance(good, timedelta):
        return at - (snapshot.since if snapshot.state == "recovering" else at) >= good
    return not any(snapshot.recent[-max(good, 1) :]) and len(snapshot.recent) >= good


def _is_same(before: Snapshot, at: datetime, state: str, policy: Policy) -> bool:
    """Whether what begins is the last episode again. Of one whose end nobody was told, always."""
    if before.told not in SETTLED:
        return True
    if before.told and not before.told_severity:
        return False  # nobody was told of a fire in it
    if state in TROUBLE or before.resolved_at is None or policy.reopen_within is None:
        return False
    return at - before.resolved_at <= policy.reopen_within


def _begun(after: Snapshot, *, is_new: bool) -> Snapshot:
    return replace(after, resolved_at=None, **(UNTOLD if is_new else {}))


def _closed(after: Snapshot, at: datetime, policy: Policy) -> Snapshot:
    """Its checks are counted afresh from here."""
    is_settled = after.told in SETTLED or not policy.announces_resolved
    return replace(
        after,
        recent=() if after.state == "ok" else after.recent[-1:],
        resolved_at=at,
        told="resolved" if after.told and is_settled else after.told,
    )
