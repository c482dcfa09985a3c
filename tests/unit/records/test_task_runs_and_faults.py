import asyncio
from collections.abc import Coroutine
from datetime import timedelta

import pytest

from houston.errors import InvalidFields, NotFound
from houston.records.faults import likeness
from houston.records.intake import Reported
from houston.records.redaction import redacted
from store.tables import Episode
from tests.store.agency import EVERYTHING
from tests.unit.records.conftest import Records

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("state", "severity"), [("failed", "warning"), ("dead_letter", "critical")])
async def test_a_failed_run_is_told_once(records: Records, state: str, severity: str) -> None:
    for _ in range(2):
        await records.task_runs.report(EVERYTHING, job="load_ads", run_id="7", state=state, error="timeout")
    [event] = await records.told()
    assert (event.type, event.severity, event.subject) == ("task_failure", severity, "load_ads")
    assert event.payload == {
        "job": "load_ads",
        "run_id": "7",
        "state": state,
        "attempt": 1,
        "error": "timeout",
        "url": "",
    }


async def test_what_goes_on_failing_is_one_episode_and_another_client_has_its_own(records: Records) -> None:
    report, agency = records.task_runs.report, records.agency
    await report(EVERYTHING, job="load", run_id="7", state="failed")
    await report(EVERYTHING, job="load", run_id="7", state="failed", attempt=2)
    await report(EVERYTHING, job="load", run_id="8", state="failed")
    await report(agency.acme_only, job="load", run_id="7", state="failed")
    await report(agency.globex_only, job="load", run_id="7", state="failed")
    assert [event.client_id for event in await records.told()] == [None, agency.acme, agency.globex]
    [mine] = await episodes(records, "task:0:load")
    assert (mine.count, mine.fired["run_id"], mine.current["run_id"]) == (3, "7", "8")


async def test_a_dead_letter_after_a_failure_is_told_at_once(records: Records) -> None:
    for state in ("failed", "dead_letter"):
        await records.task_runs.report(EVERYTHING, job="load", run_id="7", state=state)
    fired, worse = await records.told()
    assert (worse.phase, worse.severity, worse.payload["news"]) == ("repeated", "critical", "worse")
    assert worse.episode_id == fired.episode_id


async def test_a_later_success_resolves_a_failure(records: Records) -> None:
    for run, state in (("7", "failed"), ("8", "succeeded"), ("9", "succeeded")):
        await records.task_runs.report(EVERYTHING, job="load", run_id=run, state=state)
    fired, resolved = await records.told()
    assert (resolved.phase, resolved.severity, resolved.payload["run_id"]) == ("resolved", "warning", "8")
    [episode] = await episodes(records, "task:0:load")
    assert (episode.state, episode.id) == ("resolved", fired.episode_id)


async def test_the_same_report_again_changes_nothing(records: Records) -> None:
    report = records.task_runs.report
    first = await report(EVERYTHING, job="load", run_id="7", state="failed")
    await report(EVERYTHING, job="load", run_id="7", state="succeeded", attempt=2)
    records.clock.forward(minutes=1)
    again = await report(EVERYTHING, job="load", run_id="7", state="failed")
    assert (again.id, again.event_id) == (first.id, None)
    assert [event.phase for event in await records.told()] == ["fired", "resolved"]


async def test_a_late_failure_does_not_undo_a_success(records: Records) -> None:
    report, now = records.task_runs.report, records.clock()
    await report(EVERYTHING, job="load", run_id="8", state="succeeded")
    an_hour_ago = now - timedelta(hours=1)
    late = await report(EVERYTHING, job="load", run_id="7", state="failed", occurred_at=an_hour_ago)
    assert late.event_id is None
    assert await records.told() == []


async def test_a_clock_that_is_ahead_makes_nobody_else_late(records: Records) -> None:
    report, ahead = records.task_runs.report, records.clock() + timedelta(hours=20)
    await report(EVERYTHING, job="load", run_id="7", state="succeeded", occurred_at=ahead)
    records.clock.forward(minutes=1)
    await report(EVERYTHING, job="load", run_id="8", state="failed")
    assert [event.phase for event in await records.told()] == ["fired"]


async def episodes(records: Records, key: str) -> list[Episode]:
    async with records.store.read() as uow:
        found = await uow.episodes.all(scope=EVERYTHING)
    return [episode for episode in reversed(found) if episode.key == key]


async def test_a_run_that_succeeded_is_not_told(records: Records) -> None:
    reported = await records.task_runs.report(EVERYTHING, job="load", run_id="7", state="succeeded")
    assert reported.event_id is None
    assert await records.told() == []


async def test_a_bad_report_names_each_field(records: Records) -> None:
    tomorrow = records.clock() + timedelta(days=2)
    with pytest.raises(InvalidFields) as refused:
        await records.task_runs.report(
            EVERYTHING, job="", run_id="7", state="broken", url="javascript:alert(1)", occurred_at=tomorrow
        )
    assert refused.value.errors.keys() == {"job", "state", "url", "occurred_at"}


async def test_a_fault_is_counted_always_and_told_once(records: Records) -> None:
    report = records.faults.report
    first = await report(EVERYTHING, title="Timeout on order 1001", message="a", service="shop")
    again = await report(EVERYTHING, title="Timeout on order 2002", message="b", service="shop")
    assert again == first
    other = await report(EVERYTHING, title="Timeout on order 1001", service="warehouse")
    assert other.id != first.id
    mine, _ = await records.told()
    async with records.store.read() as uow:
        episode = await uow.episodes.get(scope=EVERYTHING, id=mine.episode_id or 0)
        assert episode is not None
        fault = await uow.faults.find(scope=EVERYTHING, fingerprint=episode.key)
    assert fault is not None
    assert (fault.count, fault.title) == (2, "Timeout on order 2002")
    assert (episode.count, episode.fired["message"], episode.current["message"]) == (2, "a", "b")


async def test_a_fault_that_goes_on_is_repeated_once_an_hour_at_most(records: Records) -> None:
    for _ in range(31):
        await records.faults.report(EVERYTHING, title="Boom")
        records.clock.forward(minutes=5)
    assert [event.phase for event in await records.told()] == ["fired", "repeated", "repeated"]


async def test_a_fault_is_news_after_a_day_without_it(records: Records) -> None:
    first = await records.faults.report(EVERYTHING, title="Boom")
    records.clock.forward(hours=24, minutes=1)
    anew = await records.faults.report(EVERYTHING, title="Boom")
    assert (anew.id, anew.event_id != first.event_id) == (first.id, True)
    one, two = await records.told()
    assert (one.phase, two.phase, one.episode_id != two.episode_id) == ("fired", "fired", True)
    async with records.store.read() as uow:
        old = await uow.episodes.get(scope=EVERYTHING, id=one.episode_id or 0)
    assert old is not None
    assert old.state == "resolved"


@pytest.mark.slow
async def test_a_thousand_reports_of_one_fault_are_one_message(records: Records) -> None:
    def once() -> Coroutine[None, None, Reported]:
        return records.faults.report(EVERYTHING, title="Boom")

    reports = await asyncio.gather(*(once() for _ in range(1000)))
    assert len(set(reports)) == 1
    [event] = await records.told()
    async with records.store.read() as uow:
        episode = await uow.episodes.get(scope=EVERYTHING, id=event.episode_id or 0)
    assert episode is not None
    assert episode.count == 1000


async def test_the_same_fault_of_two_clients_is_two_faults(records: Records) -> None:
    mine = await records.faults.report(records.agency.acme_only, title="Boom", fingerprint="f")
    theirs = await records.faults.report(records.agency.globex_only, title="Boom", fingerprint="f")
    assert mine.id != theirs.id
    assert len(await records.told()) == 2
    with pytest.raises(NotFound):
        await records.faults.report(records.agency.acme_only, title="Boom", client_id=records.agency.globex)


def test_errors_are_alike_whatever_their_numbers_and_ids() -> None:
    assert likeness("", "Order 17 failed") == likeness("", "order 1234 failed")
    assert likeness("", "id 3f2a-99 gone") == likeness("", "id 77bb-10 gone")
    assert likeness("", "disk full") != likeness("", "disk slow")
    assert likeness("a", "b") != likeness("b", "a")


async def test_an_unhandled_error_is_told_with_its_reference_and_without_secrets(
    records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    error = RuntimeError("cannot reach https://u:hunter2@db/x with xoxb-12-34-abc\n[parameters: 'a@b.c']")
    reference = await records.faults.unhandled(error, "POST /api/v1/notes")
    assert len(reference) == 8
    [event] = await records.told()
    assert (event.type, event.severity, event.client_id) == ("system_error", "critical", None)
    assert event.payload["title"] == "RuntimeError"
    assert reference in event.payload["message"]
    for secret in ("hunter2", "xoxb", "a@b.c"):
        assert secret not in str(event.payload)
    assert reference in caplog.text


async def test_unhandled_never_raises(records: Records, caplog: pytest.LogCaptureFixture) -> None:
    class Unprintable(Exception):
        def __str__(self) -> str:
            raise ValueError

    assert len(await records.faults.unhandled(Unprintable(), "x")) == 8
    assert "could not be recorded" in caplog.text
    assert await records.faults.unhandled(RuntimeError(), "x" * 50_000)
    assert len(await records.told()) == 1


@pytest.mark.parametrize(
    "text",
    [
        "token=abc123",
        "xapp-1-A1-2-abc",
        "Authorization: Bearer abc.def",
        "hk_0123456789abcdef",
        "postgres://houston:abc123@db/x",
        "https://hooks.slack.com/services/T1/B1/abc123",
        '{"api_key": "abc123"}',
        "Ab3" * 12,
    ],
)
def test_what_looks_like_a_secret_is_taken_out(text: str) -> None:
    assert "[secret]" in redacted(text)
    assert not any(part in redacted(text) for part in ("abc", "0123456789", "Ab3"))


def test_plain_words_stay() -> None:
    said = "3 rows of acme-outdoor could not be read: column 'revenue' is missing"
    assert redacted(said) == said
