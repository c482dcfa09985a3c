"""The state machine, case by case. What holds for every sequence: test_lifecycle_properties.py."""

from datetime import timedelta

import pytest

from houston.watch.policy import Check, Policy
from tests.store.databases import NOON
from tests.unit.watch.incidents import Thing

HOUR = timedelta(hours=1)
USUAL = Policy()


def played(policy: Policy, *verdicts: str) -> Thing:
    thing = Thing(policy)
    for verdict in verdicts:
        thing.look(verdict)
    return thing


def test_a_breach_fires_and_a_good_check_resolves() -> None:
    thing = played(USUAL, "ok", "breach", "breach", "ok", "ok")
    assert thing.phases == ["fired", "resolved"]
    [episode] = thing.episodes.values()
    assert (episode.state, episode.count) == ("resolved", 2)
    assert (episode.opened_at, episode.resolved_at) == (NOON + 2 * HOUR, NOON + 4 * HOUR)
    assert episode.fired == {"at": str(NOON + 2 * HOUR)}
    assert episode.current == {"at": str(NOON + 4 * HOUR)}


def test_what_was_never_wrong_tells_nothing() -> None:
    assert played(USUAL, "ok", "no_data", "error", "ok").episodes == {}


def test_it_is_pending_until_two_of_the_newest_three_checks_breach() -> None:
    policy = Policy(n=2, m=3)
    assert played(policy, "breach", "ok", "ok", "breach", "ok", "ok").told == []
    assert played(policy, "breach").lifecycle.state == "pending"
    assert played(policy, "breach", "ok", "breach").phases == ["fired"]


def test_after_the_end_the_checks_are_counted_afresh() -> None:
    thing = played(Policy(n=2, m=3), "breach", "breach", "ok", "breach")
    assert (thing.phases, thing.lifecycle.state) == (["fired", "resolved"], "pending")


def test_it_recovers_for_so_many_good_checks_in_a_row() -> None:
    policy = Policy(keep_firing_for=3)
    thing = played(policy, "breach", "ok", "ok", "breach", "ok", "ok")
    assert (thing.phases, thing.lifecycle.state) == (["fired"], "recovering")
    thing.look("ok")
    assert (thing.phases, thing.lifecycle.state) == (["fired", "resolved"], "ok")


def test_it_recovers_for_so_long() -> None:
    policy = Policy(keep_firing_for=2 * HOUR)
    assert played(policy, "breach", "ok", "ok").phases == ["fired"]
    assert played(policy, "breach", "ok", "ok", "ok").phases == ["fired", "resolved"]


def test_what_has_not_recovered_goes_on_and_fires_nothing() -> None:
    thing = played(Policy(keep_firing_for=2), "lingering", "breach", "lingering", "ok", "lingering", "ok")
    assert (thing.phases, thing.lifecycle.state) == (["fired"], "recovering")
    assert [each.count for each in thing.episodes.values()] == [1]


@pytest.mark.parametrize("trouble", ["no_data", "error"])
@pytest.mark.parametrize(
    ("reaction", "phases", "state"),
    [
        ("keep", ["fired"], "firing"),
        ("ok", ["fired", "resolved"], "ok"),
        ("fire", ["fired"], "firing"),
        ("tell", ["fired", "TROUBLE"], "TROUBLE"),
    ],
)
def test_no_data_and_errors_are_taken_as_the_policy_says(
    trouble: str, reaction: str, phases: list[str], state: str
) -> None:
    policy = Policy(no_data=reaction, error=reaction)  # type: ignore[arg-type]
    thing = played(policy, "breach", trouble, trouble)
    assert thing.phases == [each.replace("TROUBLE", trouble) for each in phases]
    assert thing.lifecycle.state == state.replace("TROUBLE", trouble)


def test_no_data_is_told_once_and_resolved_when_there_is_some() -> None:
    policy = Policy(no_data="tell", error="tell", n=2, m=2)
    thing = played(policy, "no_data", "error", "no_data", "ok", "breach", "breach")
    assert thing.phases == ["no_data", "resolved", "fired"]
    assert len(thing.episodes) == 2


def test_what_has_no_data_and_then_breaches_fires_in_the_same_episode() -> None:
    thing = played(Policy(no_data="tell"), "no_data", "breach", "no_data", "breach", "ok")
    assert thing.phases == ["no_data", "fired", "no_data", "repeated", "resolved"]
    [episode] = thing.episodes.values()
    assert episode.fired == {"at": str(NOON + 2 * HOUR)}


def test_a_single_error_is_no_trouble_where_three_in_a_row_are() -> None:
    policy = Policy(error="tell", errors_in_row=3)
    assert played(policy, "error", "error", "ok", "error", "error").told == []
    assert played(policy, "error", "error", "error").phases == ["error"]


def test_it_is_repeated_at_most_once_in_so_long() -> None:
    policy = Policy(repeat_after=3 * HOUR)
    thing = played(policy, *["breach"] * 9)
    assert thing.phases == ["fired", "repeated", "repeated"]
    assert [event.payload["news"] for event in thing.told[1:]] == ["again", "again"]
    assert thing.episode is not None
    assert thing.episode.count == 9


def test_what_gets_worse_is_repeated_at_once_and_keeps_its_worst_severity() -> None:
    thing = Thing(USUAL)
    for severity in ("warning", "critical", "critical", "info"):
        thing.look("breach", severity=severity)
    thing.look("ok", severity="info")
    assert thing.phases == ["fired", "repeated", "resolved"]
    assert thing.told[1].payload["news"] == "worse"
    assert [event.severity for event in thing.told] == ["warning", "critical", "critical"]


def test_what_comes_back_soon_is_the_same_episode() -> None:
    thing = played(Policy(reopen_within=2 * HOUR), "breach", "ok", "ok", "breach", "ok")
    assert thing.phases == ["fired", "resolved", "repeated", "resolved"]
    assert thing.told[2].payload["news"] == "reopened"
    [episode] = thing.episodes.values()
    assert episode.resolved_at == NOON + 5 * HOUR


def test_what_comes_back_later_is_another_one() -> None:
    thing = played(Policy(reopen_within=2 * HOUR), "breach", "ok", "ok", "ok", "breach")
    assert thing.phases == ["fired", "resolved", "fired"]
    assert len(thing.episodes) == 2


def test_what_was_not_seen_for_long_fires_anew_and_its_end_is_not_told() -> None:
    thing = Thing(Policy(forget_after=5 * HOUR, announces_resolved=False, takes="any"))
    for hours in (1, 5, 5, 6):
        thing.look("breach", after=hours * HOUR)
    assert thing.phases == ["fired", "fired"]
    old, new = thing.episodes.values()
    assert (old.state, old.count, old.resolved_at) == ("resolved", 3, NOON + 11 * HOUR)
    assert (new.state, new.count) == ("firing", 1)


@pytest.mark.parametrize(
    ("takes", "earlier", "same"), [("later", False, False), ("same", False, True), ("any", True, True)]
)
def test_late_and_repeated_checks_change_nothing_where_they_do_not_count(
    takes: str, earlier: bool, same: bool
) -> None:
    thing = played(Policy(takes=takes), "breach")  # type: ignore[arg-type]
    stood = thing.lifecycle.model_dump()
    assert thing.see(Check(at=thing.now - HOUR, verdict="ok")).is_accepted is earlier
    if not earlier:
        assert thing.lifecycle.model_dump() == stood
    assert thing.see(Check(at=thing.now, verdict="ok")).is_accepted is same
    assert thing.lifecycle.seen_at == thing.now


def test_what_fires_in_a_snooze_is_told_at_its_end() -> None:
    thing = Thing(USUAL)
    thing.snooze(NOON + 3 * HOUR)
    for _ in range(2):
        thing.look("breach")
    assert not thing.wake().is_accepted
    assert thing.told == []
    thing.now = NOON + 3 * HOUR
    assert thing.wake().tells == "fired"
    assert not thing.wake().is_accepted
    assert thing.phases == ["fired"]
    assert thing.lifecycle.snoozed_by == ""


def test_what_fires_and_ends_in_a_snooze_is_never_told() -> None:
    thing = Thing(USUAL)
    thing.snooze(NOON + 9 * HOUR)
    for verdict in ("breach", "ok"):
        thing.look(verdict)
    thing.wake(is_cut_short=True)
    assert thing.told == []


def test_what_was_told_and_ends_in_a_snooze_is_resolved_at_its_end() -> None:
    thing = played(USUAL, "breach")
    thing.snooze(NOON + 9 * HOUR)
    thing.look("ok")
    assert thing.phases == ["fired"]
    thing.now = NOON + 9 * HOUR
    thing.wake()
    assert thing.phases == ["fired", "resolved"]
    assert thing.told[-1].occurred_at == NOON + 2 * HOUR


def test_what_ends_and_fires_again_in_a_snooze_is_one_story() -> None:
    thing = played(USUAL, "breach")
    thing.snooze(NOON + 9 * HOUR)
    for verdict in ("ok", "breach", "ok", "breach"):
        thing.look(verdict)
    thing.wake(is_cut_short=True)
    thing.look("ok")
    assert thing.phases == ["fired", "resolved"]
    assert len(thing.episodes) == 1


def test_the_check_after_a_snooze_pays_what_is_owed_before_the_tick_does() -> None:
    thing = played(USUAL, "breach")
    thing.snooze(NOON + 2 * HOUR + timedelta(minutes=30))
    thing.look("ok")
    thing.look("ok")
    assert thing.phases == ["fired", "resolved"]
    assert not thing.wake().is_accepted


@pytest.mark.parametrize(
    ("verdict", "severity", "phase"), [("ok", "info", "resolved"), ("breach", "critical", "repeated")]
)
def test_a_snooze_until_it_changes_ends_with_it(verdict: str, severity: str, phase: str) -> None:
    thing = Thing(Policy(repeat_after=HOUR))
    thing.look("breach")
    thing.snooze(None)
    for _ in range(5):
        thing.look("breach")
    assert thing.phases == ["fired"]
    thing.look(verdict, severity=severity)
    assert thing.phases == ["fired", phase]
    assert not thing.lifecycle.snoozed_until_change


def test_a_policy_that_cannot_be_met_is_refused() -> None:
    with pytest.raises(ValueError, match="3 of 2"):
        Policy(n=3, m=2)
