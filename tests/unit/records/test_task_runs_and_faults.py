from datetime import timedelta

import pytest

from houston.errors import InvalidFields, NotFound
from houston.records.faults import likeness
from houston.records.redaction import redacted
from tests.store.agency import EVERYTHING
from tests.unit.records.conftest import Records


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


async def test_the_next_attempt_another_run_and_another_client_are_told_again(records: Records) -> None:
    report, agency = records.task_runs.report, records.agency
    await report(EVERYTHING, job="load", run_id="7", state="failed")
    await report(EVERYTHING, job="load", run_id="7", state="failed", attempt=2)
    await report(EVERYTHING, job="load", run_id="8", state="failed")
    await report(agency.acme_only, job="load", run_id="7", state="failed")
    await report(agency.globex_only, job="load", run_id="7", state="failed")
    assert len(await records.told()) == 5


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


async def test_a_fault_is_counted_always_and_told_once_a_day(records: Records) -> None:
    report = records.faults.report
    first = await report(EVERYTHING, title="Timeout on order 1001", message="a", service="shop")
    again = await report(EVERYTHING, title="Timeout on order 2002", message="b", service="shop")
    assert again == first
    records.clock.forward(days=1)
    assert (await report(EVERYTHING, title="Timeout on order 3", service="shop")).id == first.id
    assert len(await records.told()) == 2
    other = await report(EVERYTHING, title="Timeout on order 1001", service="warehouse")
    assert other.id != first.id
    async with records.store.read() as uow:
        events = await uow.events.all(scope=EVERYTHING)
        fault = await uow.faults.find(scope=EVERYTHING, fingerprint=events[1].dedupe_key.rpartition(":")[0])
    assert fault is not None
    assert (fault.count, fault.title) == (3, "Timeout on order 3")


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
