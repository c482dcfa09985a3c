"""The picture of a digest: its key metrics over two weeks, each in a panel of its own."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from textwrap import shorten
from zoneinfo import ZoneInfo

from houston.notify.digests.digest import Digest, Figure, Section
from houston.watch.chart import Chart, Line
from store.tables import Event

CLIENT = 18
"""Characters of its name that a panel's title has room for."""

MOST = 6
"""Panels that can be read on a phone."""


async def drawn(event: Event, zone: ZoneInfo) -> Chart | None:
    """For an announcement: None where there is nothing to draw."""
    return chart(Digest.from_dict(event.payload), zone)


def chart(digest: Digest, zone: ZoneInfo) -> Chart | None:
    """None on a quiet day, and where no metric has two days to draw a line between."""
    if digest.is_quiet:
        return None
    panels = [_panel(section, figure, digest, zone) for section, figure in _shown(digest)]
    if not panels:
        return None
    return Chart(
        title="Key metrics, last 14 days",
        unit="",
        timezone=zone,
        lines=(),
        panels=tuple(panels[:MOST]),
        alt="Key metrics of the last 14 days. " + " ".join(panel.alt for panel in panels[:MOST]),
    )


def _shown(digest: Digest) -> Iterator[tuple[Section, Figure]]:
    """The first metric of every client, then the second ones."""
    sections = [*digest.sections, *digest.quiet]
    most = max((len(each.figures) for each in sections), default=0)
    for place in range(most):
        for section in sections:
            for figure in section.figures[place : place + 1]:
                if sum(value is not None for value in figure.days) > 1:
                    yield section, figure


def _panel(section: Section, figure: Figure, digest: Digest, zone: ZoneInfo) -> Chart:
    is_one_of_many = digest.has_clients and bool(section.name)
    name = figure.name.replace("_", " ")
    client = shorten(section.name, CLIENT, placeholder="…")
    title = f"{client} · {name}" if is_one_of_many else name[:1].upper() + name[1:]
    points = tuple(_points(figure, digest, zone))[::-1]
    compared = {_noon(digest, 7, zone), points[-1][0]}
    return Chart(
        title=title,
        unit=figure.unit,
        timezone=zone,
        lines=(Line(label=title, points=points),),
        marks=tuple(each for each in points if each[0] in compared),
        alt=f"{title}: {points[-1][1]:g}.",
    )


def _points(figure: Figure, digest: Digest, zone: ZoneInfo) -> Iterator[tuple[datetime, float]]:
    """Each day at its noon."""
    for before, value in enumerate(reversed(figure.days)):
        if value is not None:
            yield _noon(digest, before, zone), value


def _noon(digest: Digest, days_before: int, zone: ZoneInfo) -> datetime:
    day = digest.day - timedelta(days=days_before)
    return datetime.combine(day, time(12), zone).astimezone(UTC)
