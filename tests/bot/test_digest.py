"""The daily digest in Slack: the command, the tab of the App Home, and the message itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.playground.blocks import validate
from bot.playground.state import View
from bot.views import digest as views
from bot.views.announcement import announced, plain
from bot.views.chart import draw
from houston.notify.digests import picture
from houston.notify.digests.digest import (
    Digest,
    FailedTask,
    Figure,
    Incident,
    Review,
    RuleSeldom,
    Section,
    Undelivered,
    Waiting,
)
from houston.notify.digests.settings import DigestSettings
from houston.notify.messenger import Announcement
from houston.notify.rules.rules import RuleDraft
from store.tables import Event, Metric, Note, Point
from tests.bot.conftest import House, shown
from tests.bot.samples import HOSTILE, NEW_YORK, NOW
from tests.recorded import recorded


async def add_rule(house: House) -> None:
    draft = RuleDraft(channels=(house.general.id,), event_type="daily_digest")
    await house.houston.rules.add(house.admin, draft)


async def write_notes(house: House) -> None:
    """One for each client, an hour ago."""
    at = datetime.now(UTC) - timedelta(hours=1)
    async with house.houston.store.begin() as uow:
        notes = [
            Note(
                id=house.houston.store.ids.next(), client_id=each.id, title="t", created_at=at, updated_at=at
            )
            for each in (house.acme, house.globex)
        ]
        await uow.notes.put(notes=notes)
        await uow.commit()


async def measure(house: House) -> None:
    """Two weeks of Acme's revenue, up to the end of yesterday."""
    async with house.houston.store.begin() as uow:
        metric = await uow.metrics.save(
            metric=Metric(client_id=house.acme.id or 0, name="revenue", unit="$", aggregate="sum", key=True)
        )
        now = datetime.now(UTC)
        points = [
            Point(metric_id=metric.id or 0, time=now - timedelta(hours=hour), value=10.0)
            for hour in range(24 * 15)
        ]
        await uow.points.put(points=points)
        await uow.commit()


async def due_soon(house: House) -> DigestSettings:
    """Switched on, for the next full minute but one."""
    now = datetime.now(UTC).astimezone((await house.houston.digest_setup.get(house.scope)).timezone)
    await house.houston.digest_setup.set_time(house.admin, f"{now + timedelta(minutes=2):%H:%M}")
    return await house.houston.digest_setup.switch(house.admin, on=True)


async def open_tab(house: House, text: str, person: Any = None) -> View:
    person = person or house.bob
    await person.open_home()
    view = await house.home(person, "Latest outliers")
    await person.click("home_digest", view=view)
    return await house.home(person, text)


@pytest.mark.slow
async def test_the_command_says_and_changes_when_it_comes(house: House) -> None:
    await house.ran(house.bob, "/houston digest", "The daily digest is *off*")
    await house.ran(house.bob, "/houston digest at 5:30 pm", "Its time is 5:30 PM")
    await house.ran(house.bob, "/houston digest on", "It goes nowhere yet")
    await add_rule(house)
    await house.ran(house.bob, "/houston digest", f"It goes to <#{house.general.id}>.")
    await house.ran(house.bob, "/houston digest at noonish", "is no time of day")
    await house.ran(house.bob, "/houston digest tomorrow", "Write `/houston digest`")
    await house.ran(house.bob, "/houston digest off", "is *off*")


@pytest.mark.slow
async def test_members_look_at_it_and_do_not_change_it(house: House) -> None:
    await house.ran(house.alice, "/houston digest", "Only admins change the daily digest. Ask Bob Best.")
    await house.ran(house.alice, "/houston digest on", "Only Houston's admins can change the daily digest")
    view = await open_tab(house, "Once a day", house.alice)
    assert "digest_preview" in str(view.blocks)
    assert "digest_on" not in str(view.blocks)
    assert "digest_at" not in str(view.blocks)


@pytest.mark.slow
async def test_now_shows_it_to_the_asker_alone_and_no_more_than_they_may_see(house: House) -> None:
    await write_notes(house)
    both = shown(await house.ran(house.bob, "/houston digest now", "Only you see this"))
    assert "*Acme*" in both
    assert "*Globex*" in both
    await house.limit_alice(house.acme)
    hers = shown(await house.ran(house.alice, "/houston digest now", "Only you see this"))
    assert "*Acme*" in hers
    assert "Globex" not in hers
    assert all(each.ephemeral_to for each in house.slack.posts(house.general))


@pytest.mark.slow
async def test_in_a_channel_held_to_a_client_now_shows_that_client(house: House) -> None:
    await write_notes(house)
    await house.houston.bindings.bind(house.admin, house.general.id, house.globex.id)
    message = shown(await house.ran(house.bob, "/houston digest now", "Only you see this"))
    assert "*Globex*" in message
    assert "Acme" not in message


@pytest.mark.slow
async def test_who_sees_no_client_is_told_so(house: House) -> None:
    await house.limit_alice()
    await house.ran(house.alice, "/houston digest now", "There is no client that you may see here")


@pytest.mark.slow
async def test_the_tab_switches_it_sets_its_time_and_previews(house: House) -> None:
    await write_notes(house)
    view = await open_tab(house, "Switch on")
    await house.bob.click("digest_on", view=view)
    view = await house.home(house.bob, "Switch off")
    await house.bob.click("digest_at", view=view, choose="17:30")
    view = await house.home(house.bob, "comes at *5:30 PM*")
    await house.bob.click("digest_preview", view=view)
    assert "New notes" in str((await house.modal(house.bob)).blocks)
    await house.bob.click("digest_off", view=view)
    await house.home(house.bob, "is *off*")


@pytest.mark.slow
async def test_it_is_posted_with_its_picture_and_may_be_asked_about(house: House) -> None:
    await add_rule(house)
    await write_notes(house)
    await measure(house)
    settings = await due_soon(house)
    assert settings.next_at
    await house.houston.digests.due(settings.next_at)
    message = await house.seen(house.alice, house.general, "☀️ Daily digest · ")
    await recorded(house.houston, message)
    assert "*Revenue* $2" in shown(message)
    assert [block["type"] for block in message.blocks if block["type"] == "image"] == ["image"]
    await house.alice.click("ask_houston", message=message)
    await house.seen(house.alice, house.general, "fell again", thread_ts=message.ts)


@pytest.mark.slow
async def test_a_new_time_zone_moves_it(house: House) -> None:
    before = await house.houston.digest_setup.switch(house.admin, on=True)
    await house.houston.workspaces.set_timezone(house.admin, "Pacific/Kiritimati")
    after = await house.houston.digest_setup.get(house.scope)
    assert before.next_at
    assert after.next_at
    assert after.next_at != before.next_at
    assert after.next_at.astimezone(after.timezone).hour == 9


def incident(**values: Any) -> Incident:
    kept: dict[str, Any] = {"type": "outlier", "severity": "critical", "name": "spend", "opened_at": NOW}
    return Incident(**({"is_open": True} | kept | values))


def day(*sections: Section, **values: Any) -> Digest:
    kept: dict[str, Any] = {"has_clients": True, "start": NOW - timedelta(days=1), "end": NOW}
    return Digest(today=date(2024, 12, 15), day=date(2024, 12, 14), sections=sections, **(kept | values))


def announcement(digest: Digest) -> Announcement:
    event = Event(
        id=42,
        type="daily_digest",
        occurred_at=NOW,
        recorded_at=NOW,
        dedupe_key="k",
        payload=digest.as_dict(),
    )
    return Announcement(event=event, client_name=None, timezone=NEW_YORK, delivery_id=7)


def busiest(text: str) -> Section:
    """As much as a section can say, in these words."""
    named = tuple(incident(name=text, taken_by=text, unit=text, value=1.0, expected=2.0) for _ in range(5))
    return Section(
        name=text,
        slug="s",
        notes={"open": 3, text: 1},
        incidents={"critical": 50, "warning": 20},
        worst=named,
        tasks=tuple(FailedTask(job=text, failures=2, dead=1, is_mended=False) for _ in range(9)),
        waiting=Waiting(untaken=4, snoozed=2, named=named),
        figures=tuple(
            Figure(name=text, unit=text, direction="", value=1, before=2, percent=-50) for _ in range(6)
        ),
    )


@pytest.mark.parametrize("text", [HOSTILE, "x" * 5000, "🙂" * 3000, "<!channel> | <@U1>\n" * 400])
def test_whatever_it_says_fits_slack_and_pings_nobody(text: str) -> None:
    place = Undelivered(where=text, count=2, why=text)
    rule = RuleSeldom(number=1, event_type="outlier", client=text, messages=9)
    full = day(
        *[busiest(text)] * 10,
        quiet=(busiest(text),) * 20,
        more=4,
        undelivered=(place,) * 9,
        review=Review(unheeded=(rule,) * 10, silent=(rule,) * 10, failing=(place,) * 10),
    )
    for message in (announced(announcement(full)), views.previewed(full, NEW_YORK)):
        validate(message.blocks, "message")
        for ping in ("<!", "<@"):
            assert ping not in str(message.blocks)
            assert ping not in message.text


def test_a_quiet_day_is_one_line() -> None:
    blocks = announced(announcement(day(quiet=(Section(name="Acme"), Section(name="Globex"))))).blocks
    assert [block["type"] for block in blocks] == ["header", "section", "actions"]
    assert blocks[1]["text"]["text"] == "A quiet day: nothing to report."


def test_what_is_bad_is_linked_and_what_is_over_says_so() -> None:
    link = "https://northwind.slack.com/archives/C1/p1"
    section = Section(
        name="Acme",
        incidents={"critical": 1, "warning": 1},
        over=1,
        worst=(
            incident(name="cost_per_click · ads", link=link, value=2.31, expected=1.05, unit="$"),
            incident(name="clicks", severity="warning", is_open=False),
        ),
    )
    text = str(announced(announcement(day(section))).blocks)
    assert f"🔴 <{link}|Cost per click · ads> $2.31, usually $1.05" in text
    assert "✅ Clicks · over again" in text
    assert "1 critical, 1 warning · 1 of them over already" in text


def test_the_picture_has_a_panel_for_each_metric() -> None:
    figures = tuple(
        Figure(name=f"m{n}", unit="$", direction="", value=1, before=1, percent=0, days=(1.0, None, 2.0) * 4)
        for n in range(4)
    )
    chart = picture.chart(day(Section(name="Acme", notes={"open": 1}, figures=figures)), NEW_YORK)
    assert chart
    assert [panel.title for panel in chart.panels] == [f"Acme · m{n}" for n in range(4)]
    assert "Acme · m3: 2" in chart.alt
    assert draw(chart).startswith(b"\x89PNG")


@pytest.mark.parametrize("held", ["", "quiet", "pause", "paused"])
def test_several_that_come_together_are_a_list(held: str) -> None:
    first = announcement(day(Section(name="Acme", notes={"open": 1})))
    both = replace(
        first, others=(replace(first, event=first.event.model_copy(update={"id": 43})),), held=held
    )
    message = announced(both)
    validate(message.blocks, "message")
    assert "Daily digest · Sun, Dec 15" in str(message.blocks)


def test_a_clients_own_digest_names_no_client() -> None:
    message = announced(announcement(day(Section(name="Acme", notes={"open": 1}), has_clients=False)))
    assert "Acme" not in message.text + str(message.blocks)


def test_an_e_mail_says_the_same_without_buttons() -> None:
    title, body = plain(announcement(day(Section(name="Acme", notes={"open": 1}))))
    assert title == "☀️ Daily digest · Sun, Dec 15"
    assert "New notes: 1 open" in body
    assert "Ask Houston" not in body


@pytest.mark.parametrize(
    ("value", "before", "percent", "said"),
    [
        (121.0, 110.0, 10.0, "*Revenue* $121 ▲ 10%"),
        (99.5, 100.0, -0.5, "*Revenue* $99.50 ▼ 0.5%"),
        (100.0, 100.0, 0.0, "*Revenue* $100 · as a week before"),
        (5.0, 0.0, None, "*Revenue* $5 (a week before $0)"),
        (5.0, None, None, "*Revenue* $5"),
        (None, 5.0, None, "*Revenue* no figures yet, $5 a week before"),
    ],
)
def test_a_figure_reads_against_the_week_before(
    value: float | None, before: float | None, percent: float | None, said: str
) -> None:
    figure = Figure(name="revenue", unit="$", direction="up", value=value, before=before, percent=percent)
    assert said in str(announced(announcement(day(Section(notes={"open": 1}, figures=(figure,))))).blocks)
