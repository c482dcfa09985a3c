"""Reads a tool result into cells, names, dates and links."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from houston.agent.grounding import keys
from houston.agent.grounding.cell import Name
from houston.agent.grounding.counts import counts
from houston.agent.grounding.figures import figures
from houston.agent.grounding.labels import ISO, day_of, dimension_of, end_of, is_label
from houston.agent.grounding.measuring import calculated, cell_of
from houston.agent.grounding.place import Harvest, Place, Span, Stamp
from houston.agent.grounding.text import name_of

TITLES = ("title", "what")
"""Texts of which what stands beside them is."""


def harvest(data: Mapping[str, Any], zone: ZoneInfo, *, ref: str = "") -> Harvest:
    found = Harvest()
    _Reader(found, zone).mapping(data, Place(path=ref))
    return found


class _Reader:
    def __init__(self, found: Harvest, zone: ZoneInfo) -> None:
        self._found = found
        self._zone = zone

    def mapping(self, data: Mapping[str, Any], place: Place) -> None:
        here = self._described(data, place)
        for key, value in data.items():
            if key == "value" and "expression" in data:
                self._found.cells.append(calculated(data, here.at("value")))
            elif key != "operands":
                self._value(str(key), value, here.at(str(key)))
        self._found.spans |= {span for span in (here.span, here.other_span) if span}

    def _described(self, data: Mapping[str, Any], place: Place) -> Place:
        """The place with what this mapping says of everything in it."""
        names = dict(place.names)
        for key, value in data.items():
            if isinstance(value, str) and value and (is_label(key, value) or key in TITLES):
                names[dimension_of(key, place.kind)] = name_of(value)
        source = data.get("source")
        if isinstance(source, Mapping) and source.get("client"):
            names.setdefault("client", name_of(str(source["client"])))
        if isinstance(client := data.get("client"), Mapping) and client.get("name"):
            names["client"] = name_of(str(client["name"]))
        if data.get("slug") and data.get("name"):
            self._found.aliases.append((str(data["slug"]), str(data["name"])))
        unit = data.get("unit")
        span = self._span(data) or place.span
        compared = data.get("compared_to")
        other = self._span(compared) if isinstance(compared, Mapping) else place.other_span
        if place.path.endswith("compared_to"):
            other = place.span
        nouns = tuple(name_of(key) for key, value in data.items() if isinstance(value, list)) or place.nouns
        told = _told(data) if data.get("left_out") else place.told
        unit = place.unit if unit is None else keys.unit_of(str(unit))
        clock = self._clock(data) or place.clock
        return replace(
            place, names=names, unit=unit, span=span, other_span=other, nouns=nouns, told=told, clock=clock
        )

    def _clock(self, data: Mapping[str, Any]) -> str:
        """Of one point of an hourly series, in the asker's zone."""
        value = data.get("time") or data.get("hour")
        if not isinstance(value, str):
            return ""
        if len(value) == 5 and value[2] == ":":
            return value
        if len(value) < 16 or not ISO.match(value):
            return ""
        at = datetime.fromisoformat(value.replace("Z", "+00:00"))
        return f"{at.astimezone(self._zone) if at.tzinfo else at:%H:%M}"

    def _span(self, data: Mapping[str, Any]) -> Span | None:
        for holder in (data, data.get("period"), data.get("source")):
            if isinstance(holder, Mapping) and day_of(holder.get("start"), self._zone) and holder.get("end"):
                first, last = day_of(holder["start"], self._zone), day_of(holder["end"], self._zone)
                return (first, last) if first and last else None
        for key in keys.DATES:
            if day := day_of(data.get(key), self._zone):
                return day, end_of(key, day)
        return None

    def _value(self, key: str, value: Any, place: Place) -> None:
        if isinstance(value, bool) or value is None:
            return
        if isinstance(value, int | float):
            self._number(key, float(value), place)
        elif isinstance(value, str):
            self._text(key, value, place)
        elif isinstance(value, Mapping):
            self.mapping(value, place)
        elif isinstance(value, list | tuple):
            self._list(key, value, place)

    def _number(self, key: str, value: float, place: Place) -> None:
        self._found.cells.append(cell_of(key, value, place))
        if key not in keys.GENERIC:
            self._found.labels.append(("field", key))

    def _list(self, key: str, values: "list[Any] | tuple[Any, ...]", place: Place) -> None:
        for cell, nouns in counts(key, values, place.path, place.names):
            self._found.nouns |= nouns
            if not place.told & nouns:
                self._found.cells.append(replace(cell, span=place.span))
        for index, value in enumerate(values):
            self._value(key, value, replace(place, path=f"{place.path}[{index}]", kind=key))

    def _text(self, key: str, value: str, place: Place) -> None:
        """A name, a text, a link or a time."""
        if key in keys.LINKS:
            self._found.links.add(value)
        elif ISO.match(value):
            self._time(value, place)
            return
        elif key not in keys.FREE and (told := figures(value)) and told[0].text == value.strip():
            self._found.texts.append((place.path, value, True))
        elif key in keys.FREE_TRUSTED or key in keys.FREE or len(value) > keys.LONGEST_LABEL:
            self._found.texts.append((place.path, value, key in keys.FREE_TRUSTED))
        if key not in keys.NO_LABELS and key not in keys.LINKS and len(value) <= 2 * keys.LONGEST_LABEL:
            self._found.labels.append((dimension_of(key, place.kind), value))

    def _time(self, value: str, place: Place) -> None:
        if day := day_of(value, self._zone):
            self._found.spans.add((day, day))
        if len(value) > 10:
            at = datetime.fromisoformat(value.replace("Z", "+00:00"))
            local = at.astimezone(self._zone) if at.tzinfo else at
            self._found.stamps += [
                Stamp(clock=f"{one:%H:%M}", day=one.date(), names=place.names) for one in (at, local)
            ]
            self._found.spans.add((local.date(), local.date()))


def _told(data: Mapping[str, Any]) -> frozenset[Name]:
    """Kinds that are counted in whole, beside a list that is not."""
    counts = [value for value in data.values() if isinstance(value, Mapping)]
    return frozenset(
        name_of(kind) for each in counts for kind, number in each.items() if isinstance(number, int)
    )
