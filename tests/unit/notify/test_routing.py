import pytest

from houston.notify.routing import matches, targets
from store.dispatch import Route
from store.tables import Event
from tests.store.databases import NOON

ACME, GLOBEX = 1, 2


def event(type: str = "outlier", client: int | None = ACME, severity: str = "warning") -> Event:
    return Event(
        id=1,
        type=type,
        client_id=client,
        severity=severity,
        subject="Spend/google-ads",
        occurred_at=NOON,
        recorded_at=NOON,
        dedupe_key="k",
    )


def route(
    rule: int = 1,
    *,
    client: int | None = None,
    bound: int | None = None,
    channel_bound: int | None = None,
    is_open: bool = True,
    severity: str = "info",
    subject: str = "",
    address: str = "channel:C1",
    type: str = "outlier",
) -> Route:
    return Route(
        rule_id=rule,
        workspace_id="T1",
        workspace_client_id=bound,
        channel_client_id=channel_bound,
        is_open=is_open,
        event_types=frozenset({type}),
        subject=subject,
        client_id=client,
        minimum_severity=severity,
        destination_id=rule,
        address=address,
    )


@pytest.mark.parametrize(
    ("the_event", "the_route", "matched"),
    [
        (event(), route(), True),
        (event(), route(type="task_failure"), False),
        (event(), route(client=ACME), True),
        (event(), route(client=GLOBEX), False),
        (event(client=None), route(client=ACME), False),
        (event(client=None), route(), True),
        (event(severity="info"), route(severity="warning"), False),
        (event(severity="critical"), route(severity="warning"), True),
        (event(), route(subject="spend/*"), True),
        (event(), route(subject="clicks/*"), False),
    ],
)
def test_a_rule_matches_by_type_client_severity_and_subject(
    the_event: Event, the_route: Route, matched: bool
) -> None:
    assert matches(the_event, the_route) is matched


def test_a_clients_workspace_gets_its_own_clients_events_only_even_with_a_rule_for_all() -> None:
    assert matches(event(client=ACME), route(bound=ACME))
    assert not matches(event(client=GLOBEX), route(bound=ACME))


def test_what_belongs_to_no_client_never_reaches_a_clients_workspace() -> None:
    assert not matches(event(type="system_error", client=None), route(bound=ACME, type="system_error"))


def test_a_channel_bound_to_a_client_gets_that_clients_events_only_even_with_a_rule_for_all() -> None:
    assert matches(event(client=ACME), route(channel_bound=ACME))
    assert not matches(event(client=GLOBEX), route(channel_bound=ACME))
    assert not matches(
        event(type="system_error", client=None), route(channel_bound=ACME, type="system_error")
    )
    assert not matches(event(client=ACME), route(bound=ACME, channel_bound=GLOBEX))


def test_a_slack_connect_channel_gets_nothing_before_an_admin_approved_it() -> None:
    assert not matches(event(), route(is_open=False))


def test_two_rules_for_one_channel_make_one_message_that_knows_both() -> None:
    [target] = targets(event(), [route(1), route(2)], NOON)
    assert target.rule_ids == [1, 2]


def test_each_address_gets_its_own_message() -> None:
    found = targets(event(), [route(1), route(2, address="channel:C2")], NOON)
    assert [target.address for target in found] == ["channel:C1", "channel:C2"]
