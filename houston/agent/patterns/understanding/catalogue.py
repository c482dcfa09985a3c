"""The names that a question may use: read from the tools, never known beforehand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from houston.agent.patterns.understanding.kinds import channel_nouns
from houston.agent.patterns.understanding.likeness import spelt_out
from houston.agent.patterns.understanding.synonyms import SYNONYMS
from houston.agent.patterns.understanding.trades import TRADE_WORDS
from houston.agent.patterns.understanding.vocabulary import STOP_WORDS, TARGETS, VOCABULARY
from houston.agent.patterns.understanding.words import plain_form, words_of


@dataclass(frozen=True, kw_only=True)
class MetricName:
    name: str
    channels: tuple[str, ...] = ()
    unit: str = ""
    totalled_by: str = ""
    ratio_of: tuple[str, ...] = ()
    good_direction: str = ""
    clients: tuple[str, ...] = ()
    """The names of those that have it, where no client is chosen."""


@dataclass(frozen=True, kw_only=True)
class ClientOption:
    slug: str
    name: str


@dataclass(frozen=True)
class Catalogue:
    metrics: tuple[MetricName, ...] = ()
    clients: tuple[ClientOption, ...] = ()
    segments: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, metrics: Mapping[str, Any], clients: Mapping[str, Any], segments: Iterable[str] = ()
    ) -> "Catalogue":
        return cls(
            metrics=tuple(_metric(found) for found in metrics.get("metrics", ())),
            clients=tuple(
                ClientOption(slug=found["slug"], name=found["name"]) for found in clients.get("clients", ())
            ),
            segments=tuple(segments),
        )

    @cached_property
    def channels(self) -> tuple[str, ...]:
        names = (channel for metric in self.metrics for channel in metric.channels if channel)
        return tuple(dict.fromkeys(names))

    @cached_property
    def kinds(self) -> Mapping[str, tuple[str, ...]]:
        """What find_names looks for, by kind; a slug that says the same as its name is left out."""
        slugs = [one.slug for one in self.clients if plain_form(one.slug) != plain_form(one.name)]
        return {
            "metric": tuple(metric.name for metric in self.metrics),
            "channel": self.channels,
            "client": (*(one.name for one in self.clients), *slugs),
            "segment": self.segments,
        }

    @cached_property
    def targets(self) -> frozenset[str]:
        """What slips of the pen are mended to."""
        return self.words - STOP_WORDS - (TRADE_WORDS - self.own_words) | TARGETS

    @cached_property
    def words(self) -> frozenset[str]:
        """All words that are known here."""
        return VOCABULARY | TRADE_WORDS | KNOWN_SYNONYMS | self.own_words

    @cached_property
    def own_words(self) -> frozenset[str]:
        """The words of its names."""
        names = [plain_form(name) for listed in self.kinds.values() for name in listed]
        return frozenset(word.text for name in names for word in words_of(spelt_out(name)))

    @cached_property
    def channel_nouns(self) -> frozenset[str]:
        """What channels are called here beside `channel`."""
        return channel_nouns((metric.channels for metric in self.metrics), self.own_words)

    def metric(self, name: str) -> MetricName:
        return next((found for found in self.metrics if found.name == name), MetricName(name=name))

    def owner(self, metrics: Iterable[str]) -> ClientOption | None:
        """The only client that has all of these."""
        owners = [set(self.metric(name).clients) for name in metrics]
        shared = set.intersection(*owners) if owners else set()
        return self.client(shared.pop()) if len(shared) == 1 else None

    def client(self, said: str) -> ClientOption | None:
        return next((one for one in self.clients if said in (one.slug, one.name)), None)


def _metric(found: Mapping[str, Any]) -> MetricName:
    ratio = found.get("ratio_of") or ()
    sides = tuple(ratio.values()) if isinstance(ratio, Mapping) else tuple(ratio)
    return MetricName(
        name=found["name"],
        channels=tuple(found.get("channels", ())),
        unit=found.get("unit") or "",
        totalled_by=found.get("totalled_by") or "",
        ratio_of=tuple(map(str, sides)),
        good_direction=found.get("good_direction") or "",
        clients=tuple(found.get("clients") or ()),
    )


KNOWN_SYNONYMS = frozenset(
    word.text for usual, others in SYNONYMS.items() for name in (usual, *others) for word in words_of(name)
)
