"""What the list of deliveries and of episodes says, state by state."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.playground.blocks import validate, validate_view
from bot.views import deliveries, going_on, handling
from bot.views.blocks import Message
from houston.notify.handling.going_on import EpisodeSeen
from houston.notify.handling.muting import Cause, Why
from houston.notify.receipts import Receipt
from houston.watch.standing import Who
from store.tables import Delivery, Destination
from store.tables.notify import DEAD, DUE, HELD, SENT
from tests.bot.samples import ACME, ADMIN, CLIENT_MEMBER, HOSTILE, MEMBER, NOW, event, post, standing

LINK = "https://slack.example/archives/C1/p1"
FAR = datetime(9999, 1, 1, tzinfo=UTC)


def receipt(state: int, *, address: str = "channel:C1", alias: str = "#alerts", **more: Any) -> Receipt:
    given: dict[str, Any] = {"due_at": NOW, "tries": 1}
    return Receipt(
        delivery=Delivery(
            id=99,
            event_id=42,
            workspace_id="T1",
            client_id=7,
            destination_id=3,
            address=address,
            state=state,
            **{**given, **more},
        ),
        event=event("outlier"),
        destination=Destination(
            id=3, workspace_id="T1", alias=alias, address="C1", error="No such channel.", created_at=NOW
        ),
        client=ACME,
        link=LINK if state == SENT else None,
    )


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (receipt(SENT, sent_at=NOW), "✅ sent Dec 15, 2024 2:14 PM, 1 try · <" + LINK + "|Open>"),
        (receipt(DEAD, tries=12, error="Archived."), "☠️ not delivered, 12 tries: Archived."),
        (receipt(DUE, tries=0), "⏳ on its way"),
        (receipt(DUE, owner="me", due_at=NOW + timedelta(minutes=1)), "⏳ on its way"),
        (
            receipt(DUE, tries=2, error="Slack is slow.", due_at=NOW + timedelta(minutes=5)),
            "⏳ next try Dec 15, 2024 2:19 PM, 2 tries so far: Slack is slow.",
        ),
        (
            receipt(HELD, bundle="quiet:x", due_at=NOW + timedelta(hours=5)),
            "⏸️ held until Dec 15, 2024 7:14 PM (quiet hours)",
        ),
        (
            receipt(HELD, bundle="pause:x", due_at=NOW + timedelta(hours=5)),
            "⏸️ held until Dec 15, 2024 7:14 PM (everything is paused)",
        ),
        (
            receipt(HELD, bundle="paused:", due_at=FAR),
            "⏸️ held until messages arrive there again: No such channel.",
        ),
    ],
)
def test_each_state_is_said_in_plain_words(shown: Receipt, words: str) -> None:
    line = deliveries.line(shown, ADMIN, NOW)
    assert line == (
        "*Outlier Alerts* · cost_per_click · google-ads · Acme Outdoor → <#C1>\n"
        f"Dec 15, 2024 2:14 PM · {words}"
    )


def test_a_person_and_a_webhook_are_named_as_people_know_them() -> None:
    assert "→ <@U1>" in deliveries.line(receipt(SENT, address="dm:U1"), ADMIN, NOW)
    webhook = receipt(SENT, address="webhook:x9", alias="<!channel> hook")
    assert "→ &lt;!channel&gt; hook" in deliveries.line(webhook, ADMIN, NOW)
    assert "Acme" not in deliveries.line(webhook, CLIENT_MEMBER, NOW)


def action_ids(message: Message) -> list[str]:
    elements = [each for block in message.blocks for each in block.get("elements", ())]
    elements += [block["accessory"] for block in message.blocks if "accessory" in block]
    return [each["action_id"] for each in elements if "action_id" in each]


def test_dead_letters_can_be_replayed_by_admins_one_by_one_and_together() -> None:
    several = [receipt(DEAD, error=HOSTILE), receipt(SENT, sent_at=NOW), receipt(DEAD)]
    page = deliveries.page(several, ADMIN, NOW, only_dead=False, has_newer=True, has_older=True)
    assert action_ids(page) == [
        "replay_all",
        "show_dead",
        "deliveries_newer",
        "deliveries_older",
        "replay_delivery",
        "replay_delivery",
    ]
    assert "<!channel>" not in str(page.blocks)
    assert validate(page.blocks, "message") == []
    page = deliveries.page(several, MEMBER, NOW, only_dead=True, has_newer=False, has_older=True)
    assert action_ids(page) == ["show_deliveries", "dead_older"]


def seen(**changes: Any) -> EpisodeSeen:
    return EpisodeSeen(standing=standing(post("outlier"), **changes), client=ACME, link=LINK)


def test_an_episode_that_goes_on_says_who_has_it_and_where_it_is() -> None:
    assert going_on.line(seen(), ADMIN) == (
        "🟠 *cost_per_click · google-ads* · Outlier Alerts · Acme Outdoor\n"
        f"Since Dec 15, 2024 2:14 PM · *nobody has it yet* · <{LINK}|Open>"
    )
    ann, bob = Who(name="Ann", user_id="UANN"), Who(name="<Bob>", user_id=None)
    line = going_on.line(seen(assigned=bob, acknowledged=ann), ADMIN)
    assert "🙋 &lt;Bob&gt; · 👀 <@UANN>" in line
    line = going_on.line(seen(snoozed=ann, snoozed_until_change=True), CLIENT_MEMBER)
    assert "💤 until it changes" in line
    assert "Acme" not in line


def test_more_than_is_shown_is_said_and_nothing_is_good_news() -> None:
    blocks = going_on.blocks([seen()] * (going_on.SHOWN + 1), ADMIN)
    assert len(blocks) == going_on.SHOWN + 2
    assert "The first 5 are shown." in str(blocks[-1])
    assert "all is as it should be" in str(going_on.blocks((), ADMIN))


@pytest.mark.parametrize("cause", list(Cause))
def test_why_says_what_brought_it_and_counts_what_is_gone(cause: Cause) -> None:
    message = handling.why(Why(cause=cause, gone=2), has_clients=True)
    assert validate(message.blocks, "message") == []
    assert handling.BECAUSE[cause] in message.blocks[0]["text"]["text"]
    assert "2 rules that you may not see" in str(message.blocks[-1])


def test_the_form_in_which_somebody_is_chosen_is_one_that_slack_takes() -> None:
    form = handling.assign_form(99)
    assert validate_view(form, "modal") == []
    assert form["private_metadata"] == "99"
