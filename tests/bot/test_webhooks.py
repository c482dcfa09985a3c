"""Slack's incoming webhooks, over a real connection to the local Slack."""

import pytest

from bot.playground.faults import Fault
from bot.posting.webhooks import WebhookMessenger
from houston.errors import Gone, NotDelivered, PermanentFailure, TemporaryFailure, Unsuitable
from houston.notify.messenger import Posted
from tests.bot.samples import NOW, announcement
from tests.bot.slack import Slack


class Hook:
    """A webhook into #general."""

    def __init__(self, slack: Slack) -> None:
        self.slack = slack
        self.url = slack.playground.add_webhook(slack.app, slack.general.id)
        self.messenger = WebhookMessenger(self.url_of, slack.http)

    async def url_of(self, workspace_id: str, address: str) -> str:
        assert address == "webhook:abc"
        return self.url

    async def post(self) -> Posted:
        return await self.messenger.post(
            workspace_id=self.slack.workspace.id,
            address="webhook:abc",
            announcement=announcement("outlier"),
            delivery_ids=[1],
        )

    async def fails(self) -> NotDelivered:
        with pytest.raises(NotDelivered) as failed:
            await self.post()
        assert self.url.rpartition("/")[2] not in failed.value.message
        return failed.value


@pytest.fixture
def hook(local: Slack) -> Hook:
    return Hook(local)


async def test_a_message_has_links_but_no_buttons_that_nobody_would_answer(hook: Hook) -> None:
    assert await hook.post() == Posted()
    [message] = hook.slack.playground.messages[hook.slack.general.id].values()
    elements = [each for block in message.blocks for each in block.get("elements", ())]
    assert not [each for each in elements if each["type"] in ("static_select", "overflow")]
    assert not [each for each in elements if each["type"] == "button" and "url" not in each]
    assert message.text


async def test_a_deleted_webhook_is_to_be_made_anew(hook: Hook) -> None:
    for each in hook.slack.playground.webhooks.values():
        each.is_active = False
    failure = await hook.fails()
    assert type(failure) is PermanentFailure
    assert "Make a new one" in failure.message


async def test_http_403_channel_is_archived_says_to_unarchive_it(hook: Hook) -> None:
    hook.slack.playground.channels[hook.slack.general.id].is_archived = True
    failure = await hook.fails()
    assert type(failure) is PermanentFailure
    assert "Unarchive" in failure.message


async def test_http_429_is_temporary_and_says_how_long(hook: Hook) -> None:
    hook.slack.playground.faults.rate_limit("webhook", retry_after=7)
    failure = await hook.fails()
    assert isinstance(failure, TemporaryFailure)
    assert (failure.retry_after, failure.uncertain) == (7.0, False)
    assert await hook.post() == Posted()


@pytest.mark.parametrize("status", [500, 503])
async def test_slacks_own_trouble_is_temporary(hook: Hook, status: int) -> None:
    hook.slack.playground.faults.fail("webhook", status=status)
    failure = await hook.fails()
    assert isinstance(failure, TemporaryFailure)
    assert failure.uncertain


@pytest.mark.parametrize("kind", ["reset", "drop_answer"])
async def test_a_broken_connection_is_repeated_by_the_outbox_alone(hook: Hook, kind: str) -> None:
    hook.slack.playground.faults.add(Fault(kind=kind, method="webhook"))  # type: ignore[arg-type]
    failure = await hook.fails()
    assert isinstance(failure, TemporaryFailure)
    assert failure.uncertain
    arrived = 1 if kind == "drop_answer" else 0
    assert len(hook.slack.playground.messages[hook.slack.general.id]) == arrived


async def test_http_400_invalid_payload_is_the_messages_fault(
    hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.playground.hooks._problem", lambda *_: "invalid_payload")
    assert type(await hook.fails()) is Unsuitable


async def test_what_a_webhook_posted_can_neither_be_changed_nor_looked_up(hook: Hook) -> None:
    where = {"workspace_id": hook.slack.workspace.id}
    with pytest.raises(Gone):
        await hook.messenger.update(**where, posted=Posted(), announcement=announcement("outlier"))
    assert await hook.messenger.find(**where, address="webhook:abc", delivery_ids=[1], since=NOW) == {}
    assert await hook.messenger.permalink(**where, channel="", ts="") is None
