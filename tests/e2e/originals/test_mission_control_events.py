"""Mission Control, “Choose the notification type”: a test for each row of the table, and what people read."""

import pytest

from houston import access
from houston.watch.occurrences import Occurrences
from tests.bot.conftest import House
from tests.e2e.originals.happenings import FAR, USUAL, rule, watched
from tests.e2e.originals.screen import becomes, buttons, nothing_else, posted, read, said
from tests.recorded import recorded

pytestmark = pytest.mark.slow


async def fails(house: House, run_id: str, state: str, attempt: int = 1) -> None:
    await house.houston.task_runs.report(
        access.everything(),
        job="load_google_ads",
        run_id=run_id,
        state=state,
        attempt=attempt,
        error="" if state == "succeeded" else "Timeout after 30 s",
        url="https://pipelines.example/runs/1",
        client_id=house.acme.id,
    )


async def write(house: House, title: str, *, private: bool = False) -> int:
    note = await house.houston.notes.write(
        access.everything(), title=title, author="Alice", private=private, client_id=house.acme.id
    )
    return note.id


async def test_system_errors_any_unhandled_exception_in_the_platform(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same one again is a count in the message, never a second message."""

    async def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("no such column: severity")

    monkeypatch.setattr(Occurrences, "list", breaks)
    await rule(house, "system_error")
    for _ in range(3):
        await house.bob.run(house.general.id, "/houston outliers")
    message = await posted(house, house.general, "🚨 System error: RuntimeError")
    now = await becomes(house, message, "🔁 Seen: 3 times, last ")
    assert "no such column: severity" in now
    assert "🔧 Service: Houston" in now
    assert "🔴 Severity: Critical" in now
    assert message.text.startswith("🚨 System error: RuntimeError: ")
    await nothing_else(house, house.general, 1)


async def test_outlier_alerts_when_an_outlier_definition_detects_a_metric_deviation(house: House) -> None:
    await rule(house, "outlier")
    spend = await watched(house, house.acme, "spend", "google-ads")
    await spend.goes_on(USUAL, FAR)
    message = await posted(house, house.general, "📈 Outlier: Spend · google-ads")
    lines = read(house, message)
    assert "🔢 Value: $400" in lines
    assert any(line.startswith("📏 Expected: $") for line in lines)
    assert "👤 Client: Acme" in lines
    assert any(line.startswith("(") and "google-ads" in line for line in lines), "its chart"
    assert lines[-1].startswith("[Ask Houston] [Acknowledge] [Snooze]")
    await spend.goes_on(*[USUAL, USUAL + 1] * 4)
    assert "✅ Resolved: " in await becomes(house, message, "✅ Resolved: Spend · google-ads")
    await posted(house, house.general, "✅ Back to normal", thread_ts=message.ts)
    await nothing_else(house, house.general, 2)


async def test_task_failures_when_a_data_pipeline_job_fails_or_enters_dead_letter(house: House) -> None:
    await rule(house, "task_failure")
    await fails(house, "r-1", "failed")
    message = await posted(house, house.general, "⚠️ Task failed: load_google_ads")
    assert read(house, message)[1:3] == ["Timeout after 30 s", "🔧 Run: r-1"]
    assert buttons(message)["View run"] == "https://pipelines.example/runs/1"
    await fails(house, "r-1", "dead_letter", attempt=3)
    await becomes(house, message, "☠️ Task in dead letter: load_google_ads")
    await posted(house, house.general, "⬆️ Now critical: dead letter, attempt 3", thread_ts=message.ts)
    await fails(house, "r-2", "succeeded")
    await becomes(house, message, "✅ Task succeeded: load_google_ads")
    await posted(house, house.general, "✅ Succeeded again", thread_ts=message.ts)
    await nothing_else(house, house.general, 3)


async def test_note_created_when_a_new_note_is_created_excludes_private_notes(house: House) -> None:
    await rule(house, "note_created")
    await write(house, "Salaries", private=True)
    await house.ran(house.alice, "/houston note --client acme Budget raised\nUntil Christmas.", "Budget")
    message = await posted(house, house.general, "📝 Note: Budget raised")
    lines = read(house, message)
    assert lines[1].startswith("Until Christmas.")
    assert "🟡 Open" in lines[-1]
    assert "👤 Acme" in lines[-1]
    await nothing_else(house, house.general, 1)


async def test_note_updated_when_an_existing_note_is_modified(house: House) -> None:
    await rule(house, "note_updated")
    id = await write(house, "Budget raised")
    secret = await write(house, "Salaries", private=True)
    await house.houston.notes.update(access.everything(), secret, body="More")
    await house.houston.notes.update(access.everything(), id, status="done", title="Budget raised again")
    message = await posted(house, house.general, "✏️ Note updated: Budget raised again")
    assert "Title: Budget raised → Budget raised again" in said(house, message)
    assert "Status: 🟡 Open → ✅ Done" in said(house, message)
    await nothing_else(house, house.general, 1)


async def test_ask_houston_starts_a_threaded_conversation_under_the_alert(house: House) -> None:
    await rule(house, "outlier")
    spend = await watched(house, house.acme, "spend", "google-ads")
    await spend.goes_on(FAR)
    message = await recorded(house.houston, await posted(house, house.general, "📈 Outlier: Spend"))
    await house.alice.click("ask_houston", message=message)
    await posted(house, house.general, "Spend rose overnight.", thread_ts=message.ts)
