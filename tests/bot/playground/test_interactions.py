from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.person import NotAllowed, Unanswered
from bot.playground.state import View
from tests.bot.playground.conftest import HASTY, Ack, Recorder, Slack
from tests.patience import PATIENCE

pytestmark = pytest.mark.slow

Json = dict[str, Any]


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def _option(value: str) -> Json:
    return {"text": _plain(value.title()), "value": value}


BUTTONS: list[Json] = [
    {"type": "section", "block_id": "intro", "text": {"type": "mrkdwn", "text": "Pick"}},
    {
        "type": "actions",
        "block_id": "picks",
        "elements": [
            {"type": "button", "action_id": "yes", "text": _plain("Yes"), "value": "17", "style": "primary"},
            {"type": "static_select", "action_id": "fruit", "options": [_option("apple"), _option("pear")]},
            {"type": "overflow", "action_id": "more", "options": [_option("hide"), _option("drop")]},
            {"type": "checkboxes", "action_id": "ticks", "options": [_option("a"), _option("b")]},
            {"type": "datepicker", "action_id": "day"},
        ],
    },
    {
        "type": "context_actions",
        "block_id": "feedback",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "helpful",
                "positive_button": {"text": _plain("Good"), "value": "good"},
                "negative_button": {"text": _plain("Bad"), "value": "bad"},
            }
        ],
    },
]


def _acting(bolt: AsyncApp, *action_ids: str) -> Recorder:
    recorder = Recorder()

    async def listen(ack: Ack, body: Json) -> None:
        await ack()
        await recorder(body)

    for action_id in action_ids:
        bolt.action(action_id)(listen)
    return recorder


async def _posted(slack: Slack) -> Any:
    answer = await slack.client.chat_postMessage(channel=slack.general.id, text="Pick", blocks=BUTTONS)
    return slack.playground.message(slack.general.id, answer["ts"])


async def test_each_element_reports_what_was_done_in_slacks_shape(slack: Slack) -> None:
    bolt = slack.bolt()
    acted = _acting(bolt, "yes", "fruit", "more", "ticks", "day", "helpful")
    async with slack.connected(bolt):
        message = await _posted(slack)

        assert (await slack.alice.click("yes", message=message)).ok
        pressed = await acted.next()
        await slack.alice.click("fruit", message=message, choose="pear")
        chosen = await acted.next()
        await slack.alice.click("more", message=message, choose="drop")
        menu = await acted.next()
        await slack.alice.click("ticks", message=message, choose=["a", "b"])
        ticked = await acted.next()
        await slack.alice.click("day", message=message, value="2026-11-22")
        dated = await acted.next()
        await slack.alice.click("helpful", message=message, choose="good")
        rated = await acted.next()

    assert pressed["actions"][0] | {"action_ts": ""} == {
        "type": "button",
        "action_id": "yes",
        "block_id": "picks",
        "text": _plain("Yes"),
        "value": "17",
        "style": "primary",
        "action_ts": "",
    }
    assert pressed["container"]["message_ts"] == message.ts
    assert pressed["message"]["ts"] == message.ts
    assert pressed["user"]["id"] == slack.alice.user_id
    assert chosen["actions"][0]["selected_option"] == _option("pear")
    assert menu["actions"][0]["selected_option"]["value"] == "drop"
    assert [each["value"] for each in ticked["actions"][0]["selected_options"]] == ["a", "b"]
    assert dated["actions"][0]["selected_date"] == "2026-11-22"
    assert dated["state"]["values"]["picks"]["fruit"]["selected_option"]["value"] == "pear"
    assert rated["actions"][0]["value"] == "good"


async def test_an_element_that_is_not_there_cannot_be_used(slack: Slack) -> None:
    message = await _posted(slack)
    with pytest.raises(NotAllowed, match="'no'"):
        await slack.alice.click("no", message=message)
    with pytest.raises(NotAllowed, match="plum"):
        await slack.alice.click("fruit", message=message, choose="plum")


async def test_a_click_without_a_connected_app_fails_at_once(slack: Slack) -> None:
    result = await slack.alice.click("yes", message=await _posted(slack))
    assert (result.ok, result.error) == (False, "dispatch_failed")


@pytest.mark.parametrize("timings", [HASTY], ids=["hasty"])
async def test_a_click_that_nobody_acknowledges_times_out_and_is_not_repeated(slack: Slack) -> None:
    bolt = slack.bolt()
    seen = Recorder()

    @bolt.action("yes")
    async def listen(body: Json) -> None:
        await seen(body)

    async with slack.connected(bolt):
        result = await slack.alice.click("yes", message=await _posted(slack))
        await seen.next()
    assert (result.ok, result.error) == (False, "operation_timeout")
    assert seen.is_empty


async def test_a_response_url_replaces_the_message_and_runs_out(slack: Slack) -> None:
    bolt = slack.bolt()
    acted = _acting(bolt, "yes")
    async with slack.connected(bolt):
        message = await _posted(slack)
        await slack.alice.click("yes", message=message)
        url = (await acted.next())["response_url"]

    from slack_sdk.webhook.async_client import AsyncWebhookClient

    webhook = AsyncWebhookClient(url)
    assert (await webhook.send(text="Chosen", replace_original=True)).status_code == 200
    assert (message.text, message.blocks) == ("Chosen", [])
    assert (await webhook.send(text="psst")).body == "ok"
    assert slack.alice.messages(slack.general.id)[-1].ephemeral_to == slack.alice.user_id
    assert slack.bob.messages(slack.general.id)[-1].text == "Chosen"
    await webhook.send(text="all hear this", response_type="in_channel")
    assert slack.bob.messages(slack.general.id)[-1].text == "all hear this"
    refused = await webhook.send(blocks=[{"type": "nonsense"}])
    assert (refused.status_code, "invalid_blocks" in refused.body) == (404, True)
    assert (await webhook.send(text="", delete_original=True)).status_code == 200
    assert slack.playground.message(slack.general.id, message.ts) is None
    used_up = await webhook.send(text="sixth")
    assert (used_up.status_code, "used_url" in used_up.body) == (404, True)


async def test_a_command_arrives_complete_and_its_answer_is_for_its_author(slack: Slack) -> None:
    bolt = slack.bolt()
    commanded = Recorder()

    @bolt.command("/robin")
    async def listen(ack: Ack, body: Json) -> None:
        await ack("On it")
        await commanded(body)

    async with slack.connected(bolt):
        result = await slack.alice.run(slack.general.id, "/robin rules add @bob")
        body = await commanded.next()
    assert (result.ok, result.text) == (True, "On it")
    assert (body["command"], body["text"]) == ("/robin", "rules add @bob")
    assert (body["channel_name"], body["user_name"]) == ("general", "alice")
    assert slack.alice.messages(slack.general.id)[-1].text == "On it"
    assert slack.bob.messages(slack.general.id) == []


async def test_a_command_may_be_answered_where_the_bot_is_not_a_member(slack: Slack) -> None:
    other = slack.channel("other", with_bot=False)
    bolt = slack.bolt()

    @bolt.command("/robin")
    async def listen(ack: Ack, respond: Ack) -> None:
        await ack()
        await respond("I am not in here, but I can whisper")

    async with slack.connected(bolt):
        await slack.alice.run(other.id, "/robin help")
        found = await slack.alice.wait_for(lambda: slack.alice.messages(other.id))
    assert found[-1].ephemeral_to == slack.alice.user_id


@pytest.mark.parametrize(
    ("line", "error", "text"),
    [
        ("/robin help", "dispatch_failed", '/robin failed with the error "dispatch_failed"'),
        ("/wren help", "invalid_command", "/wren is not a valid command."),
    ],
)
async def test_a_failing_command_tells_its_author_why(slack: Slack, line: str, error: str, text: str) -> None:
    result = await slack.alice.run(slack.general.id, line)
    assert (result.ok, result.error, result.text) == (False, error, text)
    assert slack.alice.messages(slack.general.id)[-1].text == text


async def test_a_message_shortcut_carries_its_message(slack: Slack) -> None:
    bolt = slack.bolt()
    used = Recorder()

    @bolt.shortcut("save_message")
    async def listen(ack: Ack, body: Json) -> None:
        await ack()
        await used(body)

    async with slack.connected(bolt):
        said = await slack.alice.say(slack.general.id, "worth keeping")
        assert (await slack.alice.shortcut("save_message", message=said)).ok
        body = await used.next()
    assert body["message"]["text"] == "worth keeping"


FORM: Json = {
    "type": "modal",
    "callback_id": "form",
    "title": _plain("Form"),
    "submit": _plain("Save"),
    "private_metadata": "42",
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "name",
            "label": _plain("Name"),
            "element": {"type": "plain_text_input", "action_id": "name_input", "max_length": 10},
        },
        {
            "type": "input",
            "block_id": "channel",
            "label": _plain("Channel"),
            "optional": True,
            "element": {
                "type": "multi_external_select",
                "action_id": "channel_input",
                "min_query_length": 0,
            },
        },
        {
            "type": "input",
            "block_id": "active",
            "label": _plain("Active"),
            "optional": True,
            "element": {
                "type": "checkboxes",
                "action_id": "active_input",
                "options": [_option("on")],
                "initial_options": [_option("on")],
            },
        },
    ],
}


class FormApp:
    """A Bolt app that opens FORM on /robin and answers its submission as told."""

    def __init__(self, slack: Slack) -> None:
        self.bolt = slack.bolt()
        self.answer: Json = {}
        self.names: tuple[str, ...] = ("general", "random")
        self.submitted, self.closed, self.queries = Recorder(), Recorder(), Recorder()
        self.bolt.command("/robin")(self._open)
        self.bolt.view("form")(self._submit)
        self.bolt.view_closed("form")(self._close)
        self.bolt.options("channel_input")(self._suggest)

    async def _open(self, ack: Ack, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    async def _submit(self, ack: Ack, body: Json) -> None:
        await ack(**self.answer)
        await self.submitted(body)

    async def _close(self, ack: Ack, body: Json) -> None:
        await ack()
        await self.closed(body)

    async def _suggest(self, ack: Ack, body: Json) -> None:
        await self.queries(body)
        await ack(options=[_option(name) for name in self.names if body["value"].lower() in name])


async def _opened(slack: Slack) -> View:
    await slack.alice.run(slack.general.id, "/robin form")
    return await slack.alice.wait_for(slack.alice.open_modal)


async def test_a_submitted_modal_reports_its_values_and_closes(slack: Slack) -> None:
    form = FormApp(slack)
    async with slack.connected(form.bolt):
        view = await _opened(slack)
        result = await slack.alice.submit(view, {"name": "Ann", "channel_input": ["General"]})
        body = await form.submitted.next()
    assert result.ok
    assert result.open_view is None
    values = body["view"]["state"]["values"]
    assert values["name"]["name_input"] == {"type": "plain_text_input", "value": "Ann"}
    assert values["channel"]["channel_input"]["selected_options"] == [_option("general")]
    assert values["active"]["active_input"]["selected_options"] == [_option("on")]
    assert body["view"]["private_metadata"] == "42"


async def test_the_client_itself_refuses_an_incomplete_form(slack: Slack) -> None:
    form = FormApp(slack)
    async with slack.connected(form.bolt):
        view = await _opened(slack)
        empty = await slack.alice.submit(view, {})
        long = await slack.alice.submit(view, {"name": "far too long a name"})
    assert empty.errors == {"name": "Please complete this required field."}
    assert long.errors == {"name": "Please enter at most 10 characters."}
    assert form.submitted.is_empty
    assert slack.alice.open_modal() is view


async def test_errors_of_the_app_are_shown_below_the_fields(slack: Slack) -> None:
    form = FormApp(slack)
    form.answer = {"response_action": "errors", "errors": {"name": "Taken"}}
    async with slack.connected(form.bolt):
        view = await _opened(slack)
        result = await slack.alice.submit(view, {"name": "Ann"})
        form.answer = {"response_action": "errors", "errors": {"nowhere": "Taken"}}
        wrong = await slack.alice.submit(view, {"name": "Ann"})
    assert result.errors == {"name": "Taken"}
    assert slack.alice.open_modal() is view
    assert wrong.error == "We had some trouble connecting. Try again?"


async def test_a_submission_can_update_push_and_clear(slack: Slack) -> None:
    form = FormApp(slack)
    titled = {**FORM, "title": _plain("Again")}
    async with slack.connected(form.bolt):
        view = await _opened(slack)
        form.answer = {"response_action": "update", "view": titled}
        updated = await slack.alice.submit(view, {"name": "Ann"})
        form.answer = {"response_action": "push", "view": {**FORM, "title": _plain("Second")}}
        pushed = await slack.alice.submit(view, {})
        form.answer = {"response_action": "clear"}
        second = pushed.open_view
        assert second is not None
        cleared = await slack.alice.submit(second, {"name": "Bo"})
    assert updated.open_view is view
    assert view.title == _plain("Again")
    assert view.state["name"]["name_input"]["value"] == "Ann"  # kept, since the input is still there
    assert (second.previous_view_id, second.root_view_id) == (view.id, view.id)
    assert cleared.open_view is None


async def test_an_unanswered_submission_leaves_the_modal_open(slack: Slack) -> None:
    form = FormApp(slack)
    async with slack.connected(form.bolt):
        view = await _opened(slack)
    result = await slack.alice.submit(view, {"name": "Ann"})
    assert result.error == "We had some trouble connecting. Try again?"
    assert slack.alice.open_modal() is view


async def test_closing_tells_an_app_that_asked_for_it(slack: Slack) -> None:
    form = FormApp(slack)
    async with slack.connected(form.bolt):
        view = await _opened(slack)
        await slack.alice.close(view)
        body = await form.closed.next()
    assert body["is_cleared"] is False
    assert slack.alice.open_modal() is None


async def test_suggestions_come_from_the_app(slack: Slack) -> None:
    form = FormApp(slack)
    async with slack.connected(form.bolt):
        view = await _opened(slack)
        found = await slack.alice.suggestions(view, "channel_input", "ran")
        body = await form.queries.next()
    assert found == [_option("random")]
    assert (body["value"], body["action_id"], body["block_id"]) == ("ran", "channel_input", "channel")
    with pytest.raises(Unanswered):
        await slack.alice.suggestions(view, "channel_input", "ran")


async def test_a_trigger_is_good_for_one_view_and_three_seconds(slack: Slack) -> None:
    bolt = slack.bolt()
    commanded = Recorder()

    @bolt.command("/robin")
    async def listen(ack: Ack, body: Json) -> None:
        await ack()
        await commanded(body)

    async with slack.connected(bolt):
        await slack.alice.run(slack.general.id, "/robin")
        used = (await commanded.next())["trigger_id"]
        await slack.alice.run(slack.general.id, "/robin")
        late = (await commanded.next())["trigger_id"]
    await slack.client.views_open(trigger_id=used, view=FORM)
    slack.clock.advance(PATIENCE + 1)
    for trigger, error in ((used, "exchanged"), (late, "expired"), ("1.2.3", "invalid")):
        with pytest.raises(SlackApiError, match=f"{error}_trigger_id"):
            await slack.client.views_open(trigger_id=trigger, view=FORM)


async def test_views_are_pushed_three_deep_and_updated_by_hash(slack: Slack) -> None:
    form = FormApp(slack)
    refusals = Recorder()

    @form.bolt.action("deeper")
    async def push(ack: Ack, body: Json, client: AsyncWebClient) -> None:
        await ack()
        try:
            await client.views_push(trigger_id=body["trigger_id"], view=FORM)
        except SlackApiError as refused:
            await refusals(dict(refused.response.data))

    deeper = {"type": "button", "action_id": "deeper", "text": _plain("Deeper")}
    view_with_button = {**FORM, "blocks": [*FORM["blocks"], {"type": "actions", "elements": [deeper]}]}
    async with slack.connected(form.bolt):
        view = await _opened(slack)
        answer = await slack.client.views_update(view_id=view.id, view=view_with_button, hash=view.hash)
        with pytest.raises(SlackApiError, match="hash_conflict"):
            await slack.client.views_update(view_id=view.id, view=FORM, hash="1.old")
        for _ in range(3):
            assert (await slack.alice.click("deeper", view=view)).ok
        refused = await refusals.next()
    assert refused["error"] == "push_limit_reached"
    assert len(slack.playground.modals[slack.alice.user_id]) == 3
    assert answer["view"]["hash"] != answer["view"]["id"]


async def test_bad_views_are_refused_with_pointers(slack: Slack) -> None:
    bad = {**FORM, "title": _plain("A title that is far too long")}
    with pytest.raises(SlackApiError) as refused:
        await slack.client.views_publish(user_id=slack.alice.user_id, view=bad)
    assert refused.value.response["error"] == "invalid_arguments"
    home = {"type": "home", "blocks": [{"type": "header", "text": _plain("x" * 151)}]}
    with pytest.raises(SlackApiError) as refused:
        await slack.client.views_publish(user_id=slack.alice.user_id, view=home)
    messages = refused.value.response["response_metadata"]["messages"]
    assert messages == ["[ERROR] must be less than 151 characters [json-pointer:/view/blocks/0/text/text]"]


async def test_a_view_may_not_be_larger_than_250_kilobytes(slack: Slack) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}] * 90
    with pytest.raises(SlackApiError, match="view_too_large"):
        await slack.client.views_publish(user_id=slack.alice.user_id, view={"type": "home", "blocks": blocks})


async def test_external_ids_name_one_view_each(slack: Slack) -> None:
    home = {"type": "home", "external_id": "one", "blocks": [{"type": "divider"}]}
    await slack.client.views_publish(user_id=slack.alice.user_id, view=home)
    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        await slack.client.views_publish(user_id=slack.bob.user_id, view=home)
    changed = {**home, "callback_id": "changed"}
    answer = await slack.client.views_update(external_id="one", view=changed)
    assert answer["view"]["callback_id"] == "changed"


async def test_suggestions_and_answers_that_slack_would_not_take_fail(slack: Slack) -> None:
    form = FormApp(slack)
    async with slack.connected(form.bolt):
        view = await _opened(slack)
        form.names = ("x" * 76,)
        with pytest.raises(Unanswered, match="invalid_response"):
            await slack.alice.suggestions(view, "channel_input")


async def test_a_command_answered_with_bad_blocks_fails(slack: Slack) -> None:
    bolt = slack.bolt()

    @bolt.command("/robin")
    async def listen(ack: Ack) -> None:
        await ack(text="x", blocks=[{"type": "nonsense"}])

    async with slack.connected(bolt):
        result = await slack.alice.run(slack.general.id, "/robin")
    assert (result.ok, result.error) == (False, "invalid_blocks")
