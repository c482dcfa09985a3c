"""Mission Control, “Daily digest”: a summary to configured channels at a set time each day."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.playground.state import Channel
from houston import access
from tests.bot.conftest import House
from tests.e2e.originals.happenings import FAR, rule, watched
from tests.e2e.originals.screen import becomes, nothing_else, posted, read, said

pytestmark = pytest.mark.slow


async def notes(house: House) -> None:
    for title, status in (("One", "open"), ("Two", "open"), ("Three", "done")):
        await house.houston.notes.write(
            access.everything(), title=title, author="Alice", status=status, client_id=house.acme.id
        )
    await house.houston.notes.write(
        access.everything(), title="Salaries", author="Alice", private=True, client_id=house.acme.id
    )


async def comes(house: House) -> None:
    """At the minute for which it was set."""
    settings = await house.houston.digest_setup.get(house.scope)
    assert settings.next_at
    await house.houston.digests.due(settings.next_at)


async def switched_on(house: House) -> None:
    """On the App Home, for some two hours from now."""
    local = datetime.now(UTC).astimezone((await house.houston.digest_setup.get(house.scope)).timezone)
    soon = local + timedelta(hours=2, minutes=30 - local.minute % 30)
    await house.bob.open_home()
    await house.bob.click("home_digest", view=await house.home(house.bob, "Latest outliers"))
    await house.bob.click("digest_on", view=await house.home(house.bob, "Switch on"))
    await house.bob.click("digest_at", view=await house.home(house.bob, "Switch off"), choose=f"{soon:%H:%M}")
    await house.home(house.bob, f"comes at *{soon.hour % 12 or 12}:{soon:%M %p}*")


async def digest(house: House, channel: Channel) -> str:
    return said(house, await posted(house, channel, "☀️ Daily digest · "))


async def test_daily_digest_scheduled_summary_of_notes_outliers_and_key_metrics(house: House) -> None:
    await rule(house, "outlier")
    await rule(house, "daily_digest")
    await notes(house)
    await (await watched(house, house.acme, "spend", "google-ads")).goes_on(FAR)
    outlier = await posted(house, house.general, "📈 Outlier: Spend · google-ads")
    await switched_on(house)
    await comes(house)
    message = await posted(house, house.general, "☀️ Daily digest · ")
    text = said(house, message)
    assert "📝 New notes: 2 open, 1 done" in text
    assert "🚨 Outliers and alerts: 1 critical" in text
    assert "🔴 Spend · google-ads $400, usually $" in text
    assert outlier.ts.replace(".", "") in str(message.blocks), "it is linked to its thread"
    assert "Spend · google-ads $" in text.partition("📊")[2] or "Spend $" in text.partition("📊")[2]
    assert "Salaries" not in text
    assert "[Ask Houston]" in read(house, message)[-1]


async def test_toggle_daily_digest_on_select_the_send_time_and_save(house: House) -> None:
    await rule(house, "daily_digest")
    await comes_not(house)
    await switched_on(house)
    await comes(house)
    await posted(house, house.general, "☀️ Daily digest · ")
    await comes_not(house)
    await nothing_else(house, house.general, 1)


async def comes_not(house: House) -> None:
    await house.houston.digests.due(datetime.now(UTC) + timedelta(hours=2, minutes=31))


async def test_the_digest_goes_to_configured_channels_each_with_its_own_client(house: House) -> None:
    other = house.slack.channel("globex", with_bot=False)
    await house.alice.invite(other.id)
    await house.seen(house.alice, other, "Houston here")
    await rule(house, "daily_digest")
    await rule(house, "daily_digest", other, client_id=house.globex.id)
    await notes(house)
    await switched_on(house)
    await comes(house)
    assert "Acme" in await digest(house, house.general)
    assert "Acme" not in await digest(house, other)


async def test_a_day_on_which_nothing_happened_is_one_line(house: House) -> None:
    await rule(house, "daily_digest")
    await switched_on(house)
    await comes(house)
    message = await posted(house, house.general, "☀️ Daily digest · ")
    await becomes(house, message, "A quiet day: nothing to report.")
    assert len(read(house, message)) == 3


async def test_houston_digest_now_previews_it_to_the_asker_alone(house: House) -> None:
    await notes(house)
    message = await house.ran(house.bob, "/houston digest now", "☀️ Daily digest")
    assert "📝 New notes: 2 open, 1 done" in said(house, message)
