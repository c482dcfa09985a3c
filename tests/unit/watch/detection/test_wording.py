import pytest

from houston.watch.detection.wording import unit_of
from houston.watch.figures import number
from store.tables import Metric


@pytest.mark.parametrize(
    ("aggregate", "value", "usual", "shown"),
    [
        ("ratio", 0.0405, 0.04, "4.05%"),
        ("ratio", 3.0, 0.9, "300%"),
        ("ratio", 14.91, 15.2, "14.91%"),
        ("mean", 14.91, 15.2, "14.91%"),
        ("mean", 0.4, 0.5, "0.4%"),
    ],
)
def test_a_percentage_is_read_as_whoever_sent_it_counts(
    aggregate: str, value: float, usual: float, shown: str
) -> None:
    metric = Metric(client_id=1, name="rate", aggregate=aggregate, unit="%")
    assert number(value, unit_of(metric, usual)) == shown
