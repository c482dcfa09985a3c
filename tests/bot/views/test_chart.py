import asyncio
import struct
from dataclasses import replace

import pytest

from bot.views.chart import draw
from houston.watch.chart import Chart, Line
from tests.bot.samples import NEW_YORK, NOW, chart

pytestmark = pytest.mark.slow


def size(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def test_a_chart_is_a_picture_of_a_size_that_reads_on_a_phone() -> None:
    assert size(draw(chart())) == (1200, 660)


@pytest.mark.parametrize("title", ["$ and $ again $x^2$", "漢字 🚀 مرحبا", "a\nb", "x" * 500, "", "\\frac{"])
def test_any_title_can_be_drawn(title: str) -> None:
    assert size(draw(chart(title, points=10)))


def test_one_point_or_none_can_be_drawn() -> None:
    one = Chart(
        title="One", unit="%", timezone=NEW_YORK, lines=(Line(label="One", points=((NOW, 1.0),)),), alt=""
    )
    assert size(draw(one))
    assert size(draw(replace(one, lines=())))


def test_a_flat_line_and_huge_values_can_be_drawn() -> None:
    points = tuple((time, 1e12) for time, _ in chart().lines[0].points)
    assert size(draw(replace(chart(), lines=(Line(label="Flat", points=points),), band=None)))


async def test_threads_draw_the_same_picture() -> None:
    pictures = await asyncio.gather(*(asyncio.to_thread(draw, chart(points=20)) for _ in range(4)))
    assert len(set(pictures)) == 1
