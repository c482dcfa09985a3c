"""Many series side by side are judged as each would be alone."""

from itertools import pairwise

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from houston.watch.outliers.bank import Bank
from houston.watch.outliers.detector import Detector
from houston.watch.outliers.series import Series
from houston.watch.outliers.settings import Settings
from houston.watch.outliers.verdicts import COLUMNS, Verdicts
from tests.unit.outliers.shapes import DAY, HOUR, busy_site, daily_orders, hourly_traffic, irregular, series

pytestmark = pytest.mark.slow

SETTINGS = [Settings(), Settings(sensitivity="high"), Settings(direction="up"), Settings(), Settings()]


def members() -> list[Series]:
    return [
        series(busy_site(4)[:700], step=300),
        irregular(),
        series(busy_site(3), step=300),
        series(hourly_traffic(3), step=HOUR),
        series(daily_orders(12), step=DAY),
    ]


def part(whole: Series, start: int, end: int) -> Series:
    return Series(times=whole.times[start:end], values=whole.values[start:end])


def assert_same(some: Verdicts, others: Verdicts) -> None:
    for name in COLUMNS:
        assert_array_equal(getattr(some, name), getattr(others, name))


@pytest.fixture(scope="module")
def alone() -> list[Verdicts]:
    return [Detector(settings).read(each) for settings, each in zip(SETTINGS, members(), strict=True)]


def test_many_get_what_each_gets_alone(alone: list[Verdicts]) -> None:
    for found, expected in zip(Bank(SETTINGS).read(members()), alone, strict=True):
        assert_same(found, expected)


def test_pieces_of_different_lengths_make_no_difference(alone: list[Verdicts]) -> None:
    bank, cuts = Bank(SETTINGS), np.random.default_rng(4)
    edges = [sorted({0, len(each), *cuts.integers(0, len(each), 3).tolist()}) for each in members()]
    pieces: list[list[Verdicts]] = [[] for _ in SETTINGS]
    for turn in range(max(map(len, edges)) - 1):
        some = [i for i, each in enumerate(edges) if turn < len(each) - 1]
        parts = [part(members()[i], *list(pairwise(edges[i]))[turn]) for i in some]
        for i, verdicts in zip(some, bank.read(parts, some), strict=True):
            pieces[i].append(verdicts)
    for found, expected in zip(pieces, alone, strict=True):
        assert_same(Verdicts.joined(found), expected)


def test_judging_one_leaves_all_as_they_are(alone: list[Verdicts]) -> None:
    bank = Bank(SETTINGS)
    bank.read([part(each, 0, 80) for each in members()])
    late = Series(times=members()[2].times[10:12], values=np.array([1.0, 9_000.0]))
    bank.judge(2, late)
    found = bank.read([part(each, 80, len(each)) for each in members()])
    for each, expected in zip(found, alone, strict=True):
        assert_same(each, expected.last(len(each)))


def test_a_series_too_short_to_know_its_spacing_gets_no_verdict() -> None:
    bank = Bank([Settings()])
    short = part(members()[0], 0, 8)
    assert np.isnan(bank.read([short])[0].expected).all()
    assert not bank.judge(0, short).is_outlier.any()
