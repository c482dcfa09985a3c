import pytest

from bot.listeners.commands import SUBCOMMANDS
from houston.notify.rules.rules import RuleDraft
from tests.bot.conftest import House, shown

pytestmark = pytest.mark.slow


async def test_help_names_every_command_and_has_buttons(house: House) -> None:
    for line in ("/houston", "/houston help"):
        message = await house.ran(house.bob, line, "ask [--client SLUG] QUESTION")
        assert [each["action_id"] for each in message.blocks[2]["elements"]] == [
            "add_rule",
            "show_rules",
            "show_outliers",
        ]


async def test_the_help_and_the_table_of_commands_agree(house: House) -> None:
    message = await house.ran(house.bob, "/houston help", "Houston")
    unnamed = [
        word for word in SUBCOMMANDS if word not in ("", "help") and f"/houston {word}" not in shown(message)
    ]
    assert not unnamed


async def test_nothing_is_suggested_that_the_asker_may_not_use(house: House) -> None:
    message = await house.ran(house.bob, "/houston audti", "I do not know")
    assert "`/houston audit`?" in shown(message)
    message = await house.ran(house.alice, "/houston audti", "I do not know")
    assert "audit`" not in shown(message)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("/houston rulse", "Did you mean `/houston rules`?"),
        ("/houston statsu", "Did you mean `/houston status`?"),
        ("/houston how did revenue do?", "Did you mean `/houston ask how did revenue do?`?"),
        ("/houston xyzzy", "I do not know `xyzzy`"),
        ("/houston rules add pause now", "Add notification"),
    ],
)
async def test_nonsense_gets_the_nearest_command(house: House, line: str, hint: str) -> None:
    if "rules add" in line:
        await house.bob.run(house.general.id, line)
        await house.modal(house.bob)
    else:
        await house.ran(house.alice, line, hint)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "mend"),
    [
        ("/houston rules pause", "by its number"),
        ("/houston rules pause three", "by its number"),
        ("/houston rules delete 99", "no rule 99"),
        ("/houston rules shuffle", "Write `/houston rules`"),
        ("/houston note", "The note is empty"),
        ("/houston note --client nobody Hello", "no client called"),
        ("/houston ask", "Write your question"),
        ("/houston ask --client acme", "Write your question"),
        ("/houston timezone Middle/Earth", "not a time zone"),
    ],
)
async def test_a_mistake_says_what_to_write_instead(house: House, line: str, mend: str) -> None:
    message = await house.ran(house.bob, line, mend)
    assert "reference" not in shown(message)


async def test_a_note_is_kept_with_its_author_and_client(house: House) -> None:
    await house.ran(
        house.alice, "/houston note --client acme Budget <raised>\nUntil Christmas", "Noted for Acme"
    )
    (note,) = await house.houston.notes.search(house.scope, client_id=house.acme.id)
    assert (note.title, note.body, note.author) == ("Budget <raised>", "Until Christmas", "Alice Able")


async def test_clients_and_outliers_are_listed(house: House) -> None:
    await house.ran(house.alice, "/houston clients", "Globex")
    await house.ran(house.alice, "/houston outliers", "Nothing unusual")


async def test_the_status_says_how_things_stand(house: House) -> None:
    message = await house.ran(house.alice, "/houston status", "Houston in Northwind")
    assert "✅ Connected" in shown(message)
    assert "1 channel" in shown(message)


async def test_the_time_zone_is_changed(house: House) -> None:
    await house.ran(house.bob, "/houston timezone", "*UTC*")
    await house.ran(house.bob, "/houston timezone europe/zurich", "now *Europe/Zurich*")
    assert (await house.houston.workspaces.get(house.slack.workspace.id)).timezone == "Europe/Zurich"


async def test_asking_where_houston_is_answers_in_a_thread(house: House) -> None:
    await house.alice.run(house.general.id, "/houston ask How is revenue?")
    root = await house.seen(house.alice, house.general, "asked: How is revenue?")
    answer = await house.seen(house.alice, house.general, "That is low.", thread_ts=root.ts)
    assert answer.thread_ts == root.ts
    assert answer.ephemeral_to is None


async def test_asking_where_houston_is_not_answers_the_asker_alone(house: House) -> None:
    outside = house.slack.channel("outside", with_bot=False)
    message = await house.ran(house.alice, "/houston ask How is revenue?", "That is low.", channel=outside)
    assert "Revenue **fell again**." in shown(message)
    assert all(each.ephemeral_to == house.alice.user_id for each in house.slack.posts(outside))


async def test_rules_are_listed_paused_resumed_and_deleted(house: House) -> None:
    await house.ran(house.bob, "/houston rules", "No notifications yet")
    draft = RuleDraft(channels=(house.general.id,), event_type="outlier")
    await house.houston.rules.add(house.admin, draft)
    await house.ran(house.bob, "/houston rules", "1 notification rule")
    await house.ran(house.bob, "/houston rules pause 1", "Paused: *#1*")
    await house.ran(house.bob, "/houston rules resume #1", "Resumed: *#1*")
    await house.ran(house.bob, "/houston rules delete 1", "Deleted: *#1*")
    assert await house.houston.rules.all(house.scope) == []
