"""A real ad exchange's costs, with labelled windows: imported, watched, replayed, told in a channel."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.playground.state import Message
from houston import access
from houston.notify.rules.rules import RuleDraft
from houston.watch.definition import DefinitionDraft
from tests.actors import agency_admin
from tests.e2e.commands import ROOT, app, bare
from tests.e2e.conftest import Running

DATA = ROOT.parent / "shared" / "data" / "adexchange"
FROM, TO = "2011-07-01", "2011-09-08"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason="no ../shared/data/adexchange beside this checkout"),
]

Windows = dict[str, list[tuple[datetime, datetime]]]


def windows() -> Windows:
    labelled = json.loads((DATA / "windows.json").read_text(encoding="utf-8"))
    return {
        name.removesuffix(".csv"): [(moment(start), moment(end)) for start, end in spans]
        for name, spans in labelled.items()
    }


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def test_alerts_arrive_in_the_rules_channel_inside_the_labelled_windows(
    on_air: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = bare(tmp_path)
    files = sorted(DATA.glob("*.csv"))
    await import_twice(files, environment)
    await watch(on_air, [file.stem for file in files])
    alerts = on_air.slack.channel("marketing-alerts")
    person = on_air.slack.person("mira")
    before = len(person.messages(alerts))

    await on_air.houston.checks.due(datetime.now(UTC))
    assert (
        await on_air.houston.occurrences.list(access.everything(), start=moment(FROM), end=moment(TO)) == []
    )

    found = []
    for file in files:
        arguments = ("replay", "--metric", file.stem, "--client", "exchange", "--from", FROM, "--to", TO)
        ended = await app(*arguments, "--deliver", "--json", environment=environment, seconds=300)
        assert ended.code == 0, ended.err
        found += [json.loads(line) for line in ended.out.splitlines()]
    told = [each for each in found if each["alerts"]]

    def posted() -> list[Message] | None:
        news = person.messages(alerts)[before:]
        words = json.dumps([message.blocks for message in news]).lower()
        return news if all(in_words(each["metric"]) in words for each in told) else None

    news = await person.wait_for(posted, timeout=120)
    assert len(news) <= len(told), "one message an incident at the most, or fewer where several came at once"
    assert await fired(on_air) == sorted((each["metric"], each["time"]) for each in told)
    labelled = windows()
    hit = {
        (name, start)
        for name, spans in labelled.items()
        for start, end in spans
        for each in told
        if each["metric"] == name and start <= datetime.fromisoformat(each["time"]) <= end
    }
    outside = [each for each in told if not is_inside(each, labelled)]
    total = sum(map(len, labelled.values()))
    with capsys.disabled():
        print(f"\nad exchange: {len(hit)} of {total} labelled windows alerted, {len(outside)} alerts outside")
    assert len(hit) >= 4
    assert len(outside) <= 30


async def import_twice(files: list[Path], environment: dict[str, str]) -> None:
    """Both times the same exact count: the two duplicate times are refused with their lines."""
    for _ in range(2):
        ended = await app(
            "import", "metrics", *files, "--client", "exchange", "--json", environment=environment
        )
        assert ended.code == 0, ended.err
        report = json.loads(ended.out)
        rows = sum(len(file.read_text().splitlines()) - 1 for file in files)
        assert report["taken"] + len(report["refused"]) == rows
        assert [(each["file"], each["line"]) for each in report["refused"]] == [
            ("exchange-2_cpc_results.csv", 1306),
            ("exchange-2_cpm_results.csv", 1306),
        ]


async def watch(on_air: Running, metrics: list[str]) -> None:
    houston = on_air.houston
    admin = agency_admin(on_air.slack.workspace.id)
    client = await houston.clients.find(admin.scope, "exchange")
    assert client.id is not None
    for metric in metrics:
        draft = DefinitionDraft(name=metric, metrics=metric, client_id=client.id, schedule="1h")
        await houston.definitions.add(admin, draft)
    channel = on_air.slack.channel("marketing-alerts")
    await houston.rules.add(admin, RuleDraft(channels=(channel,), event_type="outlier"))


def is_inside(alert: dict[str, str], labelled: Windows) -> bool:
    at = datetime.fromisoformat(alert["time"])
    return any(start <= at <= end for start, end in labelled[alert["metric"]])


async def fired(on_air: Running) -> list[tuple[str, str]]:
    """What began an incident: metric and time."""
    async with on_air.houston.store.read() as uow:
        events = await uow.events.all(scope=access.everything(), type="outlier", limit=1000)
    return sorted(
        (event.payload["metric"], event.payload["time"]) for event in events if event.phase == "fired"
    )


def in_words(metric: str) -> str:
    return metric.replace("_", " ")
