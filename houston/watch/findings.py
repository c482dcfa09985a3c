"""What a check found, for those who ask: the command line, and tests."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from houston.watch.detection.looks import Look
from store.tables import Metric, Occurrence, OutlierDefinition


@dataclass(frozen=True, kw_only=True)
class Finding:
    """An outlier that a check found; `is_news` unless it goes on an incident that was told."""

    definition: OutlierDefinition
    metric: Metric
    occurrence: Occurrence
    is_news: bool

    def as_dict(self) -> dict[str, object]:
        found = self.occurrence.model_dump(
            include={"value", "expected", "lower", "upper", "severity", "reason"}
        )
        return {
            "definition": self.definition.name,
            "metric": self.metric.name,
            "channel": self.metric.channel,
            "time": self.occurrence.time.isoformat(),
            **found,
            "alerts": self.is_news,
        }

    def sentence(self) -> str:
        goes_on = "" if self.is_news else " (goes on)"
        found = self.occurrence
        return f"{found.time:%Y-%m-%d %H:%M} {found.severity}: {found.reason}{goes_on}"


def findings(looks: Sequence[Look], news: Collection[Look]) -> list[Finding]:
    """`news` are those that began an incident, or joined one."""
    told = {id(look) for look in news}
    return [
        Finding(
            definition=look.judged.definition,
            metric=look.judged.metric,
            occurrence=look.occurrence,
            is_news=id(look) in told,
        )
        for look in looks
        if look.verdict == "breach" and look.occurrence
    ]
