"""Everything paused for maintenance, as an admin does it."""

import pytest

from houston.notify.rules.rules import RuleDraft
from store.tables.notify import HELD
from tests.bot.conftest import House, shown

pytestmark = pytest.mark.slow


async def test_an_admin_pauses_and_resumes_by_commands(house: House) -> None:
    message = await house.ran(house.bob, "/houston pause 2h", f"⏸️ Paused by <@{house.bob.user_id}> until ")
    assert "resume_everything" in shown(message)
    await house.ran(house.bob, "/houston resume", "what waited is on its way")
    await house.ran(house.bob, "/houston resume", "Nothing is paused")


async def test_the_button_ends_the_pause(house: House) -> None:
    message = await house.ran(house.bob, "/houston pause", "⏸️ Paused by")
    await house.bob.click("resume_everything", message=message)
    await house.seen(house.bob, house.general, "what waited is on its way")
    assert await house.houston.pausing.state(house.scope) is None


async def test_the_home_says_it_and_ends_it(house: House) -> None:
    await house.houston.pausing.pause(house.admin)
    await house.bob.open_home()
    view = await house.home(house.bob, "⏸️ Paused by")
    await house.bob.click("resume_everything", view=view)

    def is_over() -> bool:
        home = house.bob.home()
        return home is not None and "Paused by" not in str(home.blocks)

    await house.bob.wait_for(is_over)
    assert await house.houston.pausing.state(house.scope) is None


async def test_the_status_says_it_to_everybody_and_lets_admins_end_it(house: House) -> None:
    await house.houston.pausing.pause(house.admin)
    told = await house.ran(house.alice, "/houston status", "⏸️ Paused by")
    assert "resume_everything" not in shown(told)
    assert "resume_everything" in shown(await house.ran(house.bob, "/houston status", "⏸️ Paused by"))


@pytest.mark.parametrize("line", ["/houston pause", "/houston pause nonsense", "/houston resume"])
async def test_a_members_command_is_refused_and_names_who_can(house: House, line: str) -> None:
    message = await house.ran(house.alice, line, "Only Houston's admins can pause or resume all messages")
    assert "Ask Bob Best." in shown(message)


async def test_a_pause_without_end_is_refused(house: House) -> None:
    await house.ran(house.bob, "/houston pause 3w", "at most 14 days")
    await house.ran(house.bob, "/houston pause forever", "Write how long, like 30m, 1h or 2d")
    assert await house.houston.pausing.state(house.scope) is None


async def test_what_happens_meanwhile_waits_and_comes_when_it_ends(house: House) -> None:
    draft = RuleDraft(channels=(house.general.id,), event_type="task_failure")
    await house.houston.rules.add(house.admin, draft)
    await house.houston.pausing.pause(house.admin)
    for job in ("load_ads", "load_shop"):
        await house.houston.task_runs.report(house.scope, job=job, run_id="1", state="failed")
    assert not [each for each in house.bob.messages(house.general.id) if "load_" in shown(each)]
    async with house.houston.store.read() as uow:
        held = await uow.deliveries.all(scope=house.scope, state=HELD)
    assert [each.bundle.partition(":")[0] for each in held] == ["pause", "pause"]
    await house.houston.pausing.resume(house.admin)
    message = await house.seen(house.bob, house.general, "load_ads")
    assert "load_shop" in shown(message)
