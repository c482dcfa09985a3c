"""What holds for every sequence of checks, snoozes and restarts: nothing lost, nothing told twice."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from houston.watch.policy import Check, Policy, Reaction
from houston.watch.snapshot import RANKS
from houston.watch.standing import OPEN
from tests.unit.watch.incidents import Thing

pytestmark = pytest.mark.slow

HOUR = timedelta(hours=1)
Act = Callable[[Thing], None]

spans = st.integers(1, 12).map(lambda hours: hours * HOUR)
reactions: st.SearchStrategy[Reaction] = st.sampled_from(["keep", "ok", "fire", "tell"])
counts = st.sampled_from([(1, 1), (1, 3), (2, 3), (3, 3), (2, 5)])


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    n, m = draw(counts)
    return Policy(
        n=n,
        m=m,
        keep_firing_for=draw(st.one_of(st.integers(0, 3), spans)),
        no_data=draw(reactions),
        error=draw(reactions),
        errors_in_row=draw(st.integers(1, 2)),
        repeat_after=draw(st.none() | spans),
        reopen_within=draw(st.none() | spans),
        forget_after=draw(st.none() | spans),
        announces_resolved=draw(st.booleans()),
    )


def looks(verdict: str, severity: str, hours: int, *, is_twice: bool) -> Act:
    def act(thing: Thing) -> None:
        thing.look(verdict, after=hours * HOUR, severity=severity)
        if is_twice and thing.lifecycle.seen_at:
            again = Check(at=thing.lifecycle.seen_at, verdict="breach", severity="critical")
            assert not thing.see(again).is_accepted

    return act


def snoozes(hours: int | None) -> Act:
    return lambda thing: thing.snooze(thing.now + hours * HOUR if hours else None)


def ticks(thing: Thing) -> None:
    thing.wake()


def is_unsnoozed(thing: Thing) -> None:
    thing.wake(is_cut_short=True)


acts = st.one_of(
    st.builds(
        looks,
        st.sampled_from(["ok", "ok", "breach", "breach", "lingering", "no_data", "error"]),
        st.sampled_from(["info", "warning", "critical"]),
        st.integers(1, 4),
        is_twice=st.booleans(),
    ),
    st.builds(snoozes, st.none() | st.integers(1, 9)),
    st.sampled_from([ticks, is_unsnoozed]),
)


@settings(max_examples=120)
@given(policies(), st.lists(acts, min_size=4, max_size=30))
def test_every_story_that_is_told_has_one_beginning_and_one_end(policy: Policy, story: list[Act]) -> None:
    thing = Thing(policy)
    for act in story:
        told = len(thing.told)
        was_snoozed = is_snoozed(thing)
        act(thing)
        assert len(thing.told) - told <= 1
        assert not (was_snoozed and is_snoozed(thing) and len(thing.told) > told), "told in a snooze"
    is_unsnoozed(thing)
    for id in thing.episodes:
        follows_the_grammar(thing, id)
    nothing_is_owed(thing)
    assert len({event.dedupe_key for event in thing.told}) == len(thing.told)


def is_snoozed(thing: Thing) -> bool:
    stands = thing.lifecycle
    return stands.snoozed_until_change or (
        stands.snoozed_until is not None and stands.snoozed_until > thing.now
    )


def follows_the_grammar(thing: Thing, id: int) -> None:
    phases = [event.phase for event in thing.told if event.episode_id == id]
    assert phases.count("fired") <= 1, phases
    assert not phases or phases[0] in {"fired", "no_data", "error"}, phases
    for one, next_ in pairwise(phases):
        assert next_ != "resolved" or one != "resolved", phases
        assert one != "resolved" or next_ == "repeated", phases
        assert next_ not in {"no_data", "error"} or one not in {"no_data", "error"}, phases
    if "repeated" in phases:
        assert "fired" in phases[: phases.index("repeated")], phases
    if not thing.policy.announces_resolved:
        assert "resolved" not in phases


def nothing_is_owed(thing: Thing) -> None:
    """With no snooze: whoever knows of a beginning knows of the end, and of what goes on somebody knows."""
    for episode in thing.episodes.values():
        events = [event for event in thing.told if event.episode_id == episode.id]
        last = events[-1].phase if events else ""
        if episode.state not in OPEN:
            is_silent = episode.id in thing.forgotten or not thing.policy.announces_resolved
            assert is_silent or last in {"", "resolved"}, (episode.state, last)
        elif episode.state == "firing":
            assert last in {"fired", "repeated"}
            worst = max(RANKS[event.severity] for event in events if event.phase in {"fired", "repeated"})
            assert worst == RANKS[episode.severity]
        elif episode.state in {"no_data", "error"}:
            assert last in {"no_data", "error"}


@settings(max_examples=60)
@given(counts, st.integers(1, 3), st.lists(st.booleans(), max_size=40))
def test_it_fires_on_n_of_m_and_ends_after_so_many_good_checks(
    count: tuple[int, int], good: int, breaches: list[bool]
) -> None:
    thing = Thing(Policy(n=count[0], m=count[1], keep_firing_for=good))
    since_the_end: list[bool] = []
    fires = False
    for breach in breaches:
        outcome = thing.look("breach" if breach else "ok")
        since_the_end.append(breach)
        if not fires:
            fires = sum(since_the_end[-count[1] :]) >= count[0]
            assert outcome.opens is fires
        elif not any(since_the_end[-good:]):
            fires, since_the_end = False, []
            assert outcome.closes
        assert (thing.lifecycle.state in OPEN) is fires


@settings(max_examples=40)
@given(spans, st.lists(st.sampled_from(["breach", "breach", "ok"]), max_size=40))
def test_the_same_again_is_never_repeated_sooner_than_the_policy_says(
    cap: timedelta, story: list[str]
) -> None:
    thing = Thing(Policy(repeat_after=cap, keep_firing_for=2))
    for verdict in story:
        thing.look(verdict)
    told = [event for event in thing.told if event.phase != "resolved"]
    for one, next_ in pairwise(told):
        assert one.episode_id != next_.episode_id or next_.recorded_at - one.recorded_at >= cap
