import asyncio
import io
import math
import struct
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import combinations, pairwise

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from bot.views.chart import draw, laid_out
from bot.views.charts import palette
from bot.views.charts.scales import Dates, Values
from bot.views.charts.strokes import days, pieces
from houston.watch.chart import Chart, Line
from tests.bot import samples
from tests.bot.views.charts import NEW_YORK, NOW, alert, backtest, outlier, series

pytestmark = pytest.mark.slow

PHONE = 390 / 1200
"""How large a phone shows what is drawn."""

HOUR = timedelta(hours=1)
TWO_DAYS = series(2)


def panels(count: int) -> Chart:
    panel = Chart(
        title="Acme Outdoor Goods · cost per click",
        unit="USD",
        timezone=NEW_YORK,
        lines=(Line(label="", points=series(14)),),
        marks=(series(14)[6], series(14)[-1]),
        alt="",
    )
    return Chart(title="Key", unit="", timezone=NEW_YORK, lines=(), panels=tuple([panel] * count), alt="Key.")


def kinds() -> dict[str, Chart]:
    broken = alert(12_000.0, 8750.0, None, 10_000.0, 12_345.0, condition="Revenue of the whole shop < 11000")
    assert broken
    return {
        "outlier of days": outlier(series(120, last=12.0), value=12.0),
        "outlier of hours": outlier(series(900, HOUR, last=400.0), value=400.0, channel="google-ads"),
        "outlier of minutes": outlier(series(3000, HOUR / 12, last=4.0), value=4.0, unit="sessions"),
        "outlier of weeks": outlier(series(200, timedelta(days=7)), value=100.0, unit="%"),
        "outlier of months": outlier(series(60, timedelta(days=30)), value=100.0),
        "backtest": backtest(left_out=((NOW - 9 * HOUR * 24, NOW - 7 * HOUR * 24),)),
        "alert": broken,
        "digest of two": panels(2),
        "digest of six": panels(6),
    }


@pytest.fixture(params=kinds(), scope="module")
def drawn(request: pytest.FixtureRequest) -> Figure:
    """A chart of each kind, laid out."""
    figure = laid_out(kinds()[request.param])
    figure.canvas.draw()
    return figure


def texts(figure: Figure) -> Iterator[Text]:
    for found in figure.findobj(Text):
        assert isinstance(found, Text)
        if found.get_visible() and found.get_text():
            yield found


def ticks(figure: Figure, axis: str) -> list[Text]:
    [axes, *_] = figure.axes
    low, high = sorted(getattr(axes, f"get_{axis}lim")())
    shown = [tick for tick in getattr(axes, f"{axis}axis").get_major_ticks() if low <= tick.get_loc() <= high]
    return [tick.label1 for tick in shown if tick.label1.get_visible()]


def contrast(one: str, other: str) -> float:
    """As the WCAG define it: 4.5 is enough for text, 3 for what is drawn."""

    def luminance(colour: str) -> float:
        parts = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)
        )
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))

    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def size(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def test_every_word_is_large_enough_on_a_phone(drawn: Figure) -> None:
    assert min(float(text.get_fontsize()) * palette.DPI / 72 * PHONE for text in texts(drawn)) >= 11


def test_every_word_stands_out_from_the_card(drawn: Figure) -> None:
    assert min(contrast(to_hex(text.get_color()), palette.CARD) for text in texts(drawn)) >= 4.5


def test_no_word_is_cut_off_or_lies_upon_another(drawn: Figure) -> None:
    shown = [*ticks(drawn, "x"), *ticks(drawn, "y"), *drawn.texts]
    boxes = [text.get_window_extent() for text in shown if text.get_visible() and text.get_text()]
    width, height = FigureCanvasAgg(drawn).get_width_height()
    assert all(box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height for box in boxes)
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


def test_there_are_few_ticks_and_each_says_something_else(drawn: Figure) -> None:
    for axis in "xy":
        said = [label.get_text() for label in ticks(drawn, axis) if label.get_text()]
        assert len(said) == len(set(said)) <= 6


def test_the_card_is_solid_so_that_it_reads_in_dark_mode_too() -> None:
    picture = Image.open(io.BytesIO(draw(backtest()))).convert("RGBA")
    corners = {picture.getpixel((x, y)) for x in (0, picture.width - 1) for y in (0, picture.height - 1)}
    assert corners == {tuple(round(255 * part) for part in (*to_rgb(palette.CARD), 1.0))}
    assert contrast(palette.CARD, "#1a1d21") > 10


def test_what_is_drawn_stands_out_from_the_card_and_the_band() -> None:
    for colour in (*palette.LINES, palette.MARK, palette.LIMIT, palette.GONE):
        assert contrast(colour, palette.CARD) >= 4.5
        assert contrast(colour, palette.BAND) >= 3
    assert contrast(palette.COMPARED, palette.CARD) >= 3


@pytest.mark.parametrize(("chart", "height"), [(backtest(), 780), (panels(2), 780), (panels(6), 1080)])
def test_a_picture_has_room_for_what_it_shows(chart: Chart, height: int) -> None:
    assert size(draw(chart)) == (1200, height)


@pytest.mark.parametrize("title", ["$ and $ again $x^2$", "漢字 🚀 مرحبا", "a\nb", "x" * 500, "", "\\frac{"])
def test_any_title_can_be_drawn(title: str) -> None:
    assert size(draw(samples.chart(title, points=10))) == (1200, 780)


@pytest.mark.parametrize(
    "points",
    [
        (),
        ((NOW, 1.0),),
        ((NOW, math.nan), *TWO_DAYS[1:]),
        tuple((time, math.nan) for time, _ in TWO_DAYS),
        tuple((time, 1e12) for time, _ in series(30)),
        tuple((time, 0.0) for time, _ in series(30)),
        tuple((time, -(10.0**place)) for place, (time, _) in enumerate(series(30))),
        ((NOW, 1e-9), (NOW + HOUR, 2e-9)),
        ((NOW, 1e100), (NOW + HOUR, -1e100)),
    ],
)
def test_any_values_can_be_drawn(points: tuple[()]) -> None:
    line = Line(label="x", points=points)
    chart = replace(outlier(TWO_DAYS, value=1.0), lines=(line,), compared=line, marks=points[-1:], band=None)
    assert size(draw(chart)) == (1200, 780)


async def test_threads_draw_the_same_picture() -> None:
    pictures = await asyncio.gather(*(asyncio.to_thread(draw, samples.chart(points=20)) for _ in range(4)))
    assert len(set(pictures)) == 1


@pytest.mark.parametrize(
    ("unit", "values", "said"),
    [
        ("USD", [0.8, 1.2, 2.0], ["$0.80", "$1.20", "$2.00"]),
        ("USD", [0, 10_000, 20_000], ["$0", "$10,000", "$20,000"]),
        ("EUR", [0, 250_000, 500_000], ["€0", "€250 k", "€500 k"]),
        ("%", [0.01, 0.02], ["0.01%", "0.02%"]),
        ("clicks", [-1500, 0, 1500], ["−1,500", "0", "1,500"]),
        ("", [0, 1_500_000, 3_000_000], ["0", "1.5 M", "3.0 M"]),
        ("", [2e-9, 4e-9], ["2e-09", "4e-09"]),
        ("", [0, 5e99], ["0", "5e+90 G"]),
    ],
)
def test_ticks_of_one_scale_are_written_alike(unit: str, values: list[float], said: list[str]) -> None:
    assert [each.replace("\\", "") for each in Values(unit).format_ticks(values)] == said


def test_hours_are_named_with_the_day_at_midnight() -> None:
    times = [days(NOW + 6 * HOUR * n) for n in range(5)]
    assert Dates(NEW_YORK).format_ticks(times) == ["Nov 3", "6 AM", "12 PM", "6 PM", "Nov 4"]


def test_days_are_ticked_at_equal_distances_back_from_the_last() -> None:
    figure = laid_out(outlier(series(120), value=1.0))
    figure.canvas.draw()
    assert [label.get_text() for label in ticks(figure, "x")] == ["Oct 13", "Oct 20", "Oct 27", "Nov 3"]
    at = list(figure.axes[0].get_xticks())
    assert all(6.9 < later - earlier < 7.1 for earlier, later in pairwise(at))


def test_no_line_bridges_a_gap() -> None:
    points = series(30)
    assert [len(piece) for piece in pieces((*points[:10], *points[20:]))] == [10, 10]
    assert [len(piece) for piece in pieces((*points[:10], (points[10][0], math.nan), *points[11:]))] == [
        10,
        19,
    ]


def test_the_value_of_the_last_mark_stands_beside_it() -> None:
    [callout] = laid_out(outlier(series(120, last=12.0), value=12.0)).axes[0].texts
    assert callout.get_text() == r"\$12"
    assert callout.get_horizontalalignment() == "right"
