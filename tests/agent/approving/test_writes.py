"""Each write says all that it will do, checks it first, and then does just that."""

import inspect
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from houston.agent.tool import Change, Tool, ToolContext, ToolError
from houston.errors import Conflict, HoustonError, InvalidFields, NotFound
from houston.notify.rules.rules import RuleDraft
from store.tables import Episode, Lifecycle
from tests.agent.approving.office import TOOLS, Office, open_office
from tests.store.agency import EVERYTHING
from tests.store.databases import fresh_url
from tests.store.messages import episode, keep

pytestmark = pytest.mark.slow

RULE: dict[str, Any] = {"event_type": "outlier", "channel": "general"}
ALERT: dict[str, Any] = {"report": "daily sales", "conditions": ["revenue < 10000"]}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    office = await open_office(fresh_url("sqlite", tmp_path), tmp_path)
    yield office
    await office.close()


def lines(change: Change) -> dict[str, str]:
    return {name: after for name, _, after in change.lines}


async def refused(office: Office, ctx: ToolContext, tool: str, **arguments: Any) -> str:
    """What a person would be told, in words; nothing is proposed."""
    with pytest.raises((ToolError, HoustonError)) as error:
        await office.preview(ctx, tool, **arguments)
    return error.value.message if isinstance(error.value, HoustonError) else str(error.value)


async def burning(office: Office, client_id: int | None, **more: Any) -> int:
    """An episode that is going on."""
    found = episode(office.store, office.clock(), client_id, **more)
    lifecycle = Lifecycle(
        key=found.key, client_id=client_id, state=found.state, since=office.clock(), episode_id=found.id
    )
    await keep(office.houston.outbox, found, lifecycle)
    return found.id


async def now(office: Office, id: int) -> tuple[Episode, Lifecycle | None]:
    async with office.store.read() as uow:
        return (await uow.posts.episodes(scope=EVERYTHING, ids=[id]))[id]


@pytest.mark.parametrize("write", TOOLS.values(), ids=lambda write: write.name)
def test_each_write_is_approved_first_and_its_preview_takes_the_same_arguments(write: Tool) -> None:
    assert write.needs_approval
    assert write.preview is not None
    wanted, tried = (inspect.signature(each).parameters for each in (write.function, write.preview))
    assert [*map(str, wanted.values())] == [*map(str, tried.values())]
    for name, schema in write.parameters["properties"].items():
        assert schema.get("description"), f"{write.name}.{name} is not described"


async def test_every_argument_of_a_write_is_seen_in_what_is_approved(office: Office) -> None:
    await office.report()
    await office.metric()
    id = await burning(office, office.agency.acme)
    until = (office.clock() + timedelta(days=2)).isoformat()
    note = await office.houston.notes.write(EVERYTHING, title="Old", author="Bob")
    calls: list[tuple[str, dict[str, Any], list[str]]] = [
        (
            "create_note",
            {"title": "T1", "body": "B1", "status": "done", "private": True},
            ["T1", "B1", "done", "yes"],
        ),
        (
            "edit_note",
            {"note": str(note.id), "title": "T2", "body": "B2", "status": "done"},
            ["Old", "T2", "B2", "done"],
        ),
        (
            "create_rule",
            RULE | {"client": "globex", "minimum_severity": "critical", "subject": "cost_*"},
            ["Outlier Alerts", "#general", "Globex", "critical", "cost_*"],
        ),
        (
            "create_alert",
            ALERT
            | {
                "conditions": ["revenue < 10000", "no data for 3h"],
                "name": "Low",
                "severity": "critical",
                "match": "all",
                "schedule": "every 2 hours",
                "channels": ["general", "me"],
            },
            [
                "Daily Sales",
                "revenue < 10000",
                "no data for 3h",
                "Low",
                "critical",
                "all of these",
                "every 2 hours",
                "#general, a direct message to Ann",
            ],
        ),
        (
            "create_outlier_definition",
            {
                "metric": "revenue",
                "channel": "google-ads",
                "sensitivity": "high",
                "direction": "down",
                "schedule": "every 2 hours",
                "minimum_change_percent": 7,
                "name": "Dips",
            },
            ["revenue/google-ads", "high", "down only", "every 2 hours", "7 %", "Dips"],
        ),
        ("acknowledge", {"episode": str(id)}, ["spend", "Ann"]),
        ("snooze", {"episode": str(id), "length": "1w"}, ["spend", "For 1 week from when"]),
        ("snooze", {"episode": str(id), "until": until}, ["spend", "Mon 16 Nov 2026, 13:00 (Europe/Berlin)"]),
    ]
    ctx = await office.context()
    for tool, arguments, shown in calls:
        change = await office.preview(ctx, tool, **arguments)
        told = change.title + str(change.lines)
        assert [each for each in shown if each not in told] == [], tool
        assert {*arguments} <= {*TOOLS[tool].arguments.model_fields}
    assert {tool for tool, _, _ in calls} == TOOLS.keys()
    assert await office.houston.rules.all(EVERYTHING) == []
    assert await office.houston.alerts.all(EVERYTHING) == []
    assert await office.houston.definitions.all(EVERYTHING) == []
    assert [each.title for each in await office.notes()] == ["Old"]


async def test_a_note_of_no_client_is_the_agencys_only_where_everything_is_seen(office: Office) -> None:
    approval = await office.propose("create_note", of=None, title="For us")
    assert approval.title == "Create a note"
    assert (await office.approve(approval)).state == "done"
    assert [each.client_id for each in await office.notes()] == [None]
    held = await office.context("Ann", None, "C2")
    assert "Create a note" in (await office.preview(held, "create_note", title="x")).title


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"title": " "}, "title is empty"),
        ({"title": "x", "body": "y" * 2_501}, "Shorten it to 2,500"),
        ({"title": "safe \u202e eliF"}, "characters that nobody can see"),
        ({"title": "a", "body": "b\u2028*Status*: done"}, "characters that nobody can see"),
    ],
)
async def test_a_note_that_cannot_be_shown_as_it_is_is_refused(
    office: Office, arguments: dict[str, Any], words: str
) -> None:
    assert words in await refused(office, await office.context(), "create_note", **arguments)


async def test_a_note_is_found_by_its_title_and_marked_done(office: Office) -> None:
    await office.houston.notes.write(EVERYTHING, title="Fix it", author="Bob", client_id=office.agency.acme)
    approval = await office.propose("edit_note", note="fix IT", status="done")
    assert approval.lines == [["Status", "open", "done"]]
    assert (await office.approve(approval)).outcome == "The note “Fix it” is changed."
    assert [each.status for each in await office.notes()] == ["done"]
    assert "changes nothing" in await refused(
        office, await office.context(), "edit_note", note="Fix it", status="done"
    )


async def test_notes_that_may_not_be_seen_are_not_there(office: Office) -> None:
    secret = await office.houston.notes.write(
        EVERYTHING, title="Secret", author="Bob", client_id=office.agency.acme, private=True
    )
    other = await office.houston.notes.write(
        EVERYTHING, title="Acme's", author="Bob", client_id=office.agency.acme
    )
    cleo = await office.context("Cleo", "globex")
    words = [await refused(office, cleo, "edit_note", note=str(id), title="x") for id in (other.id, 99)]
    assert words == [f"There is no note {other.id}.", "There is no note 99."]
    assert "No note has the title" in await refused(office, cleo, "edit_note", note="Acme's", title="x")
    ann = await office.context()
    assert "There is no note" in await refused(office, ann, "edit_note", note=str(secret.id), title="x")


@pytest.mark.parametrize("tool", ["create_rule", "create_alert", "create_outlier_definition"])
async def test_only_admins_have_configuration_proposed(office: Office, tool: str) -> None:
    await office.report()
    arguments = {
        "create_rule": RULE,
        "create_alert": ALERT,
        "create_outlier_definition": {"metric": "revenue"},
    }
    bob = await office.context("Bob")
    assert "Only Houston's admins can" in await refused(office, bob, tool, **arguments[tool])


async def test_people_of_another_company_have_nothing_changed(office: Office) -> None:
    await office.report()
    id = await burning(office, office.agency.acme)
    await office.change_member("Cleo", team_id="TOTHER")
    cleo = await office.context("Cleo", "acme", "C2")
    arguments: dict[str, dict[str, Any]] = {
        "create_note": {"title": "x"},
        "edit_note": {"note": "1", "title": "x"},
        "create_rule": RULE,
        "create_alert": ALERT,
        "create_outlier_definition": {"metric": "revenue"},
        "acknowledge": {"episode": str(id)},
        "snooze": {"episode": str(id), "length": "1h"},
    }
    for tool in TOOLS:
        assert "Only people of this workspace" in await refused(office, cleo, tool, **arguments[tool])


async def test_a_rule_is_added_for_the_current_client(office: Office) -> None:
    approval = await office.propose("create_rule", **RULE, minimum_severity="warning")
    assert (await office.approve(approval)).outcome == "It is rule 1."
    [rule] = await office.houston.rules.all(EVERYTHING)
    assert rule.as_draft() == RuleDraft(
        channels=("C1",),
        event_type="outlier",
        client_id=office.agency.acme,
        minimum_severity="warning",
    )
    again = await refused(office, await office.context(), "create_rule", **RULE, minimum_severity="warning")
    assert again == "Rule 1 does just that already."


async def test_a_rule_for_all_clients_is_not_made_where_one_only_is_seen(office: Office) -> None:
    everywhere = await office.preview(await office.context(), "create_rule", **RULE, client="all")
    assert lines(everywhere)["Of"] == "every client"
    held = await office.context("Ann", "acme", "C2")
    assert "cannot be made from here" in await refused(office, held, "create_rule", **RULE, client="all")
    assert "no client called" in await refused(office, held, "create_rule", **RULE, client="globex")
    assert "Say which client" in await refused(
        office, await office.context("Ann", None), "create_rule", **RULE
    )


@pytest.mark.parametrize("channel", ["#GENERAL", "C1", "<#C1|general>", "general"])
async def test_channels_are_named_as_people_name_them(office: Office, channel: str) -> None:
    change = await office.preview(await office.context(), "create_rule", **(RULE | {"channel": channel}))
    assert lines(change)["Posts to"] == "#general"


async def test_a_private_channel_is_chosen_only_from_within(office: Office) -> None:
    private = RULE | {"channel": "board"}
    words = [
        await refused(office, await office.context(), "create_rule", **(RULE | {"channel": each}))
        for each in ("board", "nosuch")
    ]
    assert words[0].replace("board", "nosuch") == words[1]
    within = await office.context("Ann", "acme", "G1")
    assert lines(await office.preview(within, "create_rule", **private))["Posts to"] == "#board"
    to_me = await office.preview(within, "create_rule", **(RULE | {"channel": "me"}))
    assert lines(to_me)["Posts to"] == "a direct message to Ann"


async def test_a_channel_of_another_client_is_refused_as_in_the_form(office: Office) -> None:
    ctx = await office.context("Ann", "globex")
    with pytest.raises(InvalidFields, match="bound to another client"):
        await office.preview(ctx, "create_rule", **(RULE | {"channel": "acme"}))


async def test_an_alert_is_added_with_its_own_rule(office: Office) -> None:
    await office.report()
    change = await office.preview(await office.context(), "create_alert", **ALERT, channels=["general"])
    [remark] = change.remarks
    assert "Now: 12,000" in remark
    approval = await office.propose("create_alert", **ALERT, channels=["general"])
    done = await office.approve(approval)
    assert done.outcome == "The alert “Daily Sales: revenue < 10000” is added."
    [alert] = await office.houston.alerts.all(EVERYTHING)
    assert alert.places == ("#general",)
    assert alert.alert.client_id == office.agency.acme
    again = await refused(office, await office.context(), "create_alert", **ALERT)
    assert again == "Another alert has this name. Choose another."


async def test_an_alert_that_could_not_be_checked_is_not_proposed(office: Office) -> None:
    await office.report()
    ctx = await office.context()
    wrong = ALERT | {"conditions": ["Revenu < 1"]}
    assert "did you mean revenue" in await refused(office, ctx, "create_alert", **wrong)
    assert "I know no report" in await refused(office, ctx, "create_alert", **(ALERT | {"report": "x"}))
    there = await refused(office, ctx, "create_alert", **ALERT, channels=["nosuch"])
    assert "I know no channel #nosuch" in there
    late = await refused(office, ctx, "create_alert", **ALERT, schedule="sometimes")
    assert "sometimes" in late
    globex = await office.context("Ann", None, "C1")
    await office.houston.bindings.bind(globex.actor, "C1", office.agency.globex)
    held = await office.context("Ann", None, "C1")
    assert "I know no report" in await refused(office, held, "create_alert", **ALERT)


async def test_a_definition_says_how_often_it_would_have_fired_and_that_may_move_on(office: Office) -> None:
    await office.metric()
    approval = await office.propose("create_outlier_definition", metric="revenue")
    assert approval.remarks == ["It watches 1 series. Would have fired once in the last 90 days."]
    office.clock.forward(minutes=29)
    done = await office.approve(approval)
    assert (done.state, done.outcome) == ("done", "“revenue” is watched from now on.")
    [definition] = await office.houston.definitions.all(EVERYTHING)
    assert definition.definition.metrics == "revenue"
    again = await refused(office, await office.context(), "create_outlier_definition", metric="Revenue")
    assert again == "“revenue” watches Revenue already."


async def test_a_definition_needs_a_client_and_a_metric_of_theirs(office: Office) -> None:
    await office.metric()
    nobody, globex = await office.context("Ann", None), await office.context("Ann", "globex")
    assert "No client is chosen" in await refused(
        office, nobody, "create_outlier_definition", metric="revenue"
    )
    assert "Globex has no metric called revenue" in await refused(
        office, globex, "create_outlier_definition", metric="revenue"
    )


async def test_a_ratio_is_refused_with_the_metrics_that_can_be_watched_instead(office: Office) -> None:
    await office.metric()
    await office.declared("visits")
    await office.declared("yield", aggregate="ratio", numerator="revenue", denominator="visits")
    ctx = await office.context()
    expected = (
        "yield is worked out from revenue and visits and has no points of its own, so it cannot be watched "
        "for outliers. Watch revenue instead."
    )
    assert await refused(office, ctx, "create_outlier_definition", metric="Yield") == expected
    assert await refused(office, ctx, "create_outlier_definition", metric="yield", channel="x") == expected
    visits = await refused(office, ctx, "create_outlier_definition", metric="visits")
    assert visits == "visits has no points yet: it can be watched once there are some."
    nosuch = await refused(office, ctx, "create_outlier_definition", metric="revenue", channel="nosuch")
    assert nosuch == "Acme has no metric called revenue/nosuch. list_metrics lists them."


async def test_a_ratio_that_comes_with_points_of_its_own_is_watched(office: Office) -> None:
    await office.metric(name="yield", aggregate="ratio", numerator="revenue", denominator="visits")
    approval = await office.propose("create_outlier_definition", metric="yield")
    assert approval.remarks == ["It watches 1 series. Would have fired once in the last 90 days."]


async def test_an_alert_that_is_going_on_is_acknowledged_by_its_asker(office: Office) -> None:
    id = await burning(office, office.agency.globex)
    approval = await office.propose("acknowledge", by="Cleo", of="globex", episode=str(id))
    done = await office.approve(approval, by="Cleo")
    assert (done.state, done.outcome) == ("done", "spend is acknowledged.")
    assert (await now(office, id))[0].acknowledged_name == "Cleo"
    taken = await refused(office, await office.context(), "acknowledge", episode=str(id))
    assert taken == "It is acknowledged already, by Cleo."


async def test_somebody_faster_is_named(office: Office) -> None:
    id = await burning(office, office.agency.acme)
    approval = await office.propose("acknowledge", episode=str(id))
    await office.houston.handling.acknowledge_one(await office.actor("Bob"), id)
    late = await office.approve(approval)
    assert (late.state, late.outcome) == ("failed", "It is acknowledged already, by Bob.")


async def test_an_alert_out_of_sight_is_none(office: Office) -> None:
    id = await burning(office, office.agency.acme)
    cleo = await office.context("Cleo", "globex")
    words = {await refused(office, cleo, "acknowledge", episode=each) for each in (str(id), "99")}
    assert words == {"I know no such alert here."}
    over = await burning(office, office.agency.acme, state="resolved")
    with pytest.raises(Conflict, match="over already"):
        await office.preview(await office.context(), "snooze", episode=str(over), length="1h")


async def test_a_snooze_of_an_hour_begins_when_it_is_approved(office: Office) -> None:
    id = await burning(office, office.agency.acme)
    approval = await office.propose("snooze", episode=str(id), length="1h")
    office.clock.forward(minutes=20)
    assert (await office.approve(approval)).state == "done"
    _, lifecycle = await now(office, id)
    assert lifecycle is not None
    assert lifecycle.snoozed_until == office.clock() + timedelta(hours=1)
    asleep = await refused(office, await office.context(), "snooze", episode=str(id), length="1w")
    assert asleep == "It is snoozed already, by Ann."


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({}, "either length or until"),
        ({"length": "1h", "until": "2026-11-15T10:00"}, "either length or until"),
        ({"length": "9w"}, "more than a month away"),
        ({"length": "for ever"}, "length: String should match pattern"),
        ({"until": "2026-11-14T10:00"}, "over already"),
        ({"until": "2027-11-14T10:00"}, "more than a month away"),
    ],
)
async def test_a_snooze_ends_within_a_month(office: Office, arguments: dict[str, str], words: str) -> None:
    id = await burning(office, office.agency.acme)
    assert words in await refused(office, await office.context(), "snooze", episode=str(id), **arguments)


@pytest.mark.parametrize(
    ("length", "quiet"),
    [
        ("2h", "For 2 hours from when this is approved"),
        ("1d", "For 1 day from when this is approved"),
        ("tomorrow", "Until Sun 15 Nov 2026, 09:00 (Europe/Berlin)"),
        ("change", "Until it gets worse or is over"),
    ],
)
async def test_a_snooze_says_for_how_long(office: Office, length: str, quiet: str) -> None:
    id = await burning(office, office.agency.acme)
    change = await office.preview(await office.context(), "snooze", episode=str(id), length=length)
    assert lines(change)["Quiet"] == quiet


async def test_a_moment_that_passed_before_the_click_snoozes_nothing(office: Office) -> None:
    id = await burning(office, office.agency.acme)
    approval = await office.propose("snooze", episode=str(id), until="2026-11-14T13:10")
    office.clock.forward(minutes=15)
    assert (await office.approve(approval)).state == "failed"


async def test_what_is_not_there_reads_like_what_may_not_be_seen(office: Office) -> None:
    cleo = await office.context("Cleo", "globex")
    with pytest.raises(NotFound, match="I know no such alert here"):
        await office.preview(cleo, "acknowledge", episode="x")
