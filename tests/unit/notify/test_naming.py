from typing import Any

import pytest

from houston.notify.naming import name


@pytest.mark.parametrize(
    ("type", "payload", "called"),
    [
        ("outlier", {"metric": "spend", "channel": "google-ads"}, "spend · google-ads"),
        ("outlier", {}, "the subject"),
        ("task_failure", {"job": "nightly"}, "nightly"),
        ("system_error", {"title": "Boom\n  twice"}, "Boom twice"),
        ("data_alert", {"alert": "Daily Sales Alert"}, "Daily Sales Alert"),
        ("notice", {"text": "for somebody alone"}, "the subject"),
    ],
)
def test_each_type_is_called_by_what_people_know_it_by(
    type: str, payload: dict[str, Any], called: str
) -> None:
    assert name(type, payload, "the subject") == called


def test_a_long_name_is_cut() -> None:
    assert len(name("system_error", {"title": "x" * 5000})) == 200
