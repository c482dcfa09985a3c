"""The state machine of everything that is watched: pure functions of a snapshot, a check and the time.

A snooze holds what is said, never what is seen. What is owed to people is nowhere noted: it is the
difference between `told` and the state, so it outlives restarts and snoozes, and is paid once.
"""

from dataclasses import replace
from datetime import datetime

from houston.watch.moves import moved, weigh
from houston.watch.policy import Check, Policy
from houston.watch.snapshot import AWAKE, RANKS, SETTLED, TROUBLE, Outcome, Snapshot


def step(snapshot: Snapshot, check: Check, now: datetime, policy: Policy) -> Outcome:
    """What a check changes, and what is to be announced of it. A late or repeated one changes nothing."""
    if _is_late(snapshot, check, policy):
        return Outcome(snapshot=snapshot, is_accepted=False)
    before = snapshot if snapshot.is_snoozed(now) else replace(snapshot, **AWAKE)
    before = _seeing(before, check)
    weight = weigh(before, check, policy)
    forgets = weight == "bad" and _is_forgotten(before, check, policy)
    if forgets:
        settled = "resolved" if before.told else ""
        before = replace(before, state="ok", recent=(), resolved_at=None, told=settled)
    outcome = replace(moved(before, check, weight, policy), forgets=forgets)
    if before.snoozed_until_change and _is_change(before, outcome):
        outcome = replace(outcome, snapshot=replace(outcome.snapshot, **AWAKE))
    return _telling(outcome, now, policy, is_news=check.is_news)


def wake(snapshot: Snapshot, now: datetime, policy: Policy) -> Outcome:
    """What is still owed once a snooze is over; nothing while it lasts."""
    awake = replace(snapshot, **AWAKE)
    if snapshot == awake or snapshot.is_snoozed(now):
        return Outcome(snapshot=snapshot, is_accepted=False)
    return _telling(Outcome(snapshot=awake, shows=True), now, policy)


def owed(snapshot: Snapshot, policy: Policy) -> tuple[str, str]:
    """The phase that people should have been told of and were not, and what kind of news it is."""
    if not snapshot.is_open:
        is_owed = policy.announces_resolved and snapshot.told not in SETTLED
        return ("resolved", "") if is_owed else ("", "")
    if snapshot.state in TROUBLE:
        return (snapshot.state, "") if snapshot.told not in TROUBLE else ("", "")
    if snapshot.state == "recovering":
        return ("", "")
    if snapshot.told != "resolved" and not snapshot.told_severity:
        return ("fired", "")
    if snapshot.told == "resolved":
        return ("repeated", "reopened")
    if RANKS[snapshot.severity] > RANKS[snapshot.told_severity]:
        return ("repeated", "worse")
    return ("repeated", "again") if snapshot.told in TROUBLE else ("", "")


def _is_late(snapshot: Snapshot, check: Check, policy: Policy) -> bool:
    if snapshot.seen_at is None or policy.takes == "any":
        return False
    return check.at < snapshot.seen_at or (check.at == snapshot.seen_at and policy.takes == "later")


def _seeing(snapshot: Snapshot, check: Check) -> Snapshot:
    seen_at = max(check.at, snapshot.seen_at or check.at)
    return replace(
        snapshot, seen_at=seen_at, failures=snapshot.failures + 1 if check.verdict == "error" else 0
    )


def _is_forgotten(before: Snapshot, check: Check, policy: Policy) -> bool:
    if not before.is_open or policy.forget_after is None or before.breached_at is None:
        return False
    return check.at - before.breached_at > policy.forget_after


def _is_change(before: Snapshot, outcome: Outcome) -> bool:
    """What ends a snooze until something changes."""
    after = outcome.snapshot
    if outcome.opens or outcome.reopens or outcome.closes or outcome.forgets:
        return True
    got_worse = after.is_open and RANKS[after.severity] > RANKS[before.severity]
    return got_worse or (before.state in TROUBLE and after.state == "firing")


def _telling(outcome: Outcome, now: datetime, policy: Policy, *, is_news: bool = False) -> Outcome:
    """With what is to be announced now, unless it is snoozed."""
    snapshot = outcome.snapshot
    if snapshot.is_snoozed(now):
        return outcome
    phase, news = owed(snapshot, policy)
    if not phase and outcome.counts and snapshot.state == "firing" and is_news:
        phase, news = "repeated", "more"
    if not phase and outcome.counts and _is_time_to_repeat(snapshot, now, policy):
        phase, news = "repeated", "again"
    if not phase:
        return outcome
    severity = snapshot.severity if phase in ("fired", "repeated") else snapshot.told_severity
    told = replace(snapshot, told=phase, told_at=now, told_severity=severity)
    return replace(outcome, snapshot=told, tells=phase, news=news)


def _is_time_to_repeat(snapshot: Snapshot, now: datetime, policy: Policy) -> bool:
    if snapshot.state != "firing" or policy.repeat_after is None or snapshot.told_at is None:
        return False
    return now - snapshot.told_at >= policy.repeat_after
