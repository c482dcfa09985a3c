"""What Houston knows before it looks anything up, as evidence."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from houston.agent.facts import Facts, ThreadAlert, ThreadEvent
from houston.agent.grounding.evidence import Evidence


def learn_facts(evidence: Evidence, facts: Facts) -> None:
    """The current client, the alerts of the thread, what others said there, and today's calendar."""
    if facts.client:
        evidence.vocabulary.alias(facts.client.slug, facts.client.name)
    for event in facts.events:
        evidence.learn({"ref": "alert", "event": _event(event)})
    if facts.alert and not any(event.outlier for event in facts.events):
        evidence.learn({"ref": "alert", "event": _alert(facts.alert)})
    if facts.thread:
        evidence.learn(
            {
                "ref": "thread",
                "thread": [{"message": said.text, "at": said.at.isoformat()} for said in facts.thread],
            }
        )
    today = facts.today
    evidence.spans |= {(today - timedelta(days=1), today), (today - timedelta(days=6), today)}
    evidence.clocks.add(f"{facts.now.astimezone(facts.zone):%H:%M}")


def _event(event: ThreadEvent) -> Mapping[str, Any]:
    told: dict[str, Any] = {
        "time": event.time.isoformat(),
        "client": event.client.name if event.client else None,
        "severity": event.severity,
        "what": event.title,
        "reason": event.reason,
        "state_now": {"text": event.state},
        "figures": [{"name": one.name, "value": one.value, "unit": one.unit} for one in event.figures],
        "words": [{"name": name, "text": text} for name, text in event.facts],
        "series": [_reading(one.time.isoformat(), one.value, one.lower, one.upper) for one in event.series],
    }
    return {**told, **(_alert(event.outlier) if event.outlier else {})}


def _reading(time: str, value: float, lower: float | None, upper: float | None) -> Mapping[str, Any]:
    return {"time": time, "value": value, "usual": [lower, upper]}


def _alert(alert: ThreadAlert) -> Mapping[str, Any]:
    difference = alert.value - alert.expected
    return {
        "metric": alert.metric,
        "channel": alert.channel,
        "client": alert.client.name,
        "unit": alert.unit,
        "time": alert.time.isoformat(),
        "value": alert.value,
        "expected": alert.expected,
        "usual": [alert.lower, alert.upper],
        "difference": difference,
        "percent": difference / abs(alert.expected) * 100 if alert.expected else None,
        "severity": alert.severity,
        "reason": alert.reason,
    }
