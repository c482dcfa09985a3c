"""Charts in the thread of an answer."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient

from bot.answers.charts import Charts
from bot.posting.pictures import upload
from houston.agent.turn import ChartDrawn
from houston.watch.chart import Chart, Line
from tests.bot.answers.conftest import Thread, kinds

START = datetime(2026, 11, 1, tzinfo=UTC)
CHART = Chart(
    title="Revenue",
    unit="USD",
    timezone=ZoneInfo("UTC"),
    lines=(Line(label="Acme", points=tuple((START + timedelta(days=day), 100.0 + day) for day in range(9))),),
    alt="Revenue of Acme rose from 100 to 108.",
)
DRAWN = ChartDrawn(chart=CHART, caption="Revenue of Acme, 1–9 Nov")


async def test_a_chart_comes_into_the_thread_once_slack_shows_it(thread: Thread) -> None:
    charts = Charts(thread.place)
    charts.draw(DRAWN)
    assert await charts.settle() == 0
    assert kinds(thread.answer) == ["image"]
    assert thread.answer.blocks[0]["alt_text"] == DRAWN.caption
    assert charts.messages == (thread.answer.ts,)
    (file,) = thread.slack.playground.files.values()
    assert file.channels == []


async def test_a_chart_that_slack_does_not_take_is_counted_as_missing(thread: Thread) -> None:
    thread.slack.workspace.refuses["files.getUploadURLExternal"] = "file_uploads_disabled"
    charts = Charts(thread.place)
    charts.draw(DRAWN)
    assert await charts.settle() == 1
    assert thread.answers() == []


async def test_a_chart_that_cannot_be_posted_is_counted_as_missing(thread: Thread) -> None:
    async def uploaded(client: AsyncWebClient, chart: Chart) -> str | None:
        return await upload(client, chart, drawn=lambda _: b"\x89PNG not drawn here")

    thread.slack.playground.faults.refuse("chat.postMessage", error="restricted_action")
    charts = Charts(thread.place, uploaded=uploaded)
    charts.draw(DRAWN)
    charts.draw(DRAWN)
    assert await charts.settle() == 1
    assert len(charts.messages) == 1
