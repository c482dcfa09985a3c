"""The names that a question may use: read from the tools, never known beforehand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class MetricName:
    name: str
    channels: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    metrics: tuple[MetricName, ...] = ()
    clients: Mapping[str, str] | None = None
    """Names by slug."""
    segments: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, metrics: Mapping[str, Any], clients: Mapping[str, Any], segments: Iterable[str] = ()
    ) -> "Catalogue":
        return cls(
            metrics=tuple(
                MetricName(name=found["name"], channels=tuple(found["channels"]), unit=found["unit"])
                for found in metrics.get("metrics", ())
            ),
            clients={found["slug"]: found["name"] for found in clients.get("clients", ())},
            segments=tuple(segments),
        )

    @property
    def channels(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(channel for metric in self.metrics for channel in metric.channels))

    def unit(self, metric: str) -> str:
        return next((found.unit for found in self.metrics if found.name == metric), "")
