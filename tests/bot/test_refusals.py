from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.refusal_table import WEBHOOK_REFUSALS, Refusal
from bot.refusals import REFUSALS, code, failure, webhook_failure
from houston.errors import (
    Gone,
    NotDelivered,
    PermanentFailure,
    ShutOut,
    TemporaryFailure,
    Unsuitable,
)

KINDS = {"place": PermanentFailure, "message": Unsuitable, "target": Gone, "workspace": ShutOut}
MENDS = ("choose", "make a new", "type /invite", "reinstall", "an admin", "unarchive", "switch")
"""How sentences go on that say what a person can do."""

BEYOND = {"ekm_access_denied", "team_not_found", "enterprise_is_restricted", "two_factor_setup_required"}
BEYOND |= {"not_allowed_token_type"}
"""Where the sentence itself names all that there is to do, or somebody outside of Houston must act."""

OF_WEBHOOKS = {
    **dict.fromkeys(("invalid_payload", "no_text", "too_many_attachments"), (400, Unsuitable)),
    "user_not_found": (400, PermanentFailure),
    "channel_is_archived": (410, PermanentFailure),
    **dict.fromkeys(("action_prohibited", "posting_to_general_channel_denied"), (403, PermanentFailure)),
    **dict.fromkeys(("team_disabled", "invalid_token"), (403, PermanentFailure)),
    **dict.fromkeys(("channel_not_found", "no_service", "no_service_id", "no_team"), (404, PermanentFailure)),
    "rollup_error": (500, TemporaryFailure),
    "rate_limited": (429, TemporaryFailure),
}
"""What Slack's page on incoming webhooks lists, with the status that it comes with."""


def refused(error: str, *, status: int = 200, **more: Any) -> SlackApiError:
    response = AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="https://slack.com/api/chat.postMessage",
        req_args={},
        data={"ok": False, "error": error, **more},
        headers={},
        status_code=status,
    )
    return SlackApiError("refused", response)  # type: ignore[no-untyped-call]


def kept(error: NotDelivered, refusal: Refusal) -> None:
    """A plain sentence of the right kind, with a mend where a place or a workspace is at fault."""
    assert type(error) is (TemporaryFailure if refusal.temporary else KINDS[refusal.fault])
    assert error.message.endswith(".")
    assert "{" not in error.message
    assert "_" not in error.message.replace("SLACK_BOT_TOKEN", "").replace("SLACK_APP_TOKEN", "")
    if isinstance(error, TemporaryFailure):
        assert error.uncertain is refusal.uncertain


@pytest.mark.parametrize("name", REFUSALS)
def test_each_error_of_the_web_api_has_a_sentence_a_kind_and_a_mend(name: str) -> None:
    error = failure(refused(name, needed="files:write"))
    kept(error, REFUSALS[name])
    if type(error) in (PermanentFailure, ShutOut) and name not in BEYOND:
        assert any(each in error.message.lower() for each in MENDS)


@pytest.mark.parametrize("name", WEBHOOK_REFUSALS)
def test_each_error_of_a_webhook_has_a_sentence_a_kind_and_a_mend(name: str) -> None:
    error = webhook_failure(400, name, {})
    kept(error, WEBHOOK_REFUSALS[name])
    if type(error) is PermanentFailure:
        assert any(each in error.message.lower() for each in MENDS)


@pytest.mark.parametrize("name", OF_WEBHOOKS)
def test_a_webhook_that_answers_with_this_code_fails_like_that(name: str) -> None:
    status, kind = OF_WEBHOOKS[name]
    assert type(webhook_failure(status, name, {})) is kind


@pytest.mark.parametrize("status", [401, 404, 410])
def test_a_webhook_that_is_not_there_any_more_is_to_be_made_anew(status: int) -> None:
    error = webhook_failure(status, "<html>gone</html>", {})
    assert type(error) is PermanentFailure
    assert "Make a new one" in error.message


def test_a_webhook_that_asks_to_wait_says_how_long() -> None:
    error = webhook_failure(429, "rate_limited", {"Retry-After": "7"})
    assert isinstance(error, TemporaryFailure)
    assert (error.retry_after, error.uncertain) == (7.0, False)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_webhook_with_trouble_of_its_own_may_have_posted(status: int) -> None:
    error = webhook_failure(status, "<html>trouble</html>", {})
    assert isinstance(error, TemporaryFailure)
    assert error.uncertain


@pytest.mark.parametrize(("text", "named"), [("a_new_error", "a_new_error"), ("<b>odd</b>", "HTTP 418")])
def test_an_unknown_answer_of_a_webhook_is_permanent_and_named(text: str, named: str) -> None:
    error = webhook_failure(418, text, {})
    assert type(error) is PermanentFailure
    assert named in error.message
    assert "<" not in error.message


def test_an_unknown_error_is_permanent_and_named() -> None:
    error = failure(refused("a_new_error"))
    assert isinstance(error, PermanentFailure)
    assert "a_new_error" in error.message


def test_the_missing_permission_is_named() -> None:
    assert "files:write" in failure(refused("missing_scope", needed="files:write")).message


@pytest.mark.parametrize(
    ("error", "uncertain"),
    [
        (TimeoutError(), True),
        (aiohttp.ServerDisconnectedError(), True),
        (aiohttp.ClientOSError(104, "reset"), True),
        (aiohttp.ConnectionTimeoutError(), False),
        (SlackRequestError("odd"), True),
        (AttributeError("'str' object has no attribute 'get'"), True),
    ],
)
def test_trouble_on_the_way_is_temporary(error: Exception, uncertain: bool) -> None:
    found = failure(error)
    assert isinstance(found, TemporaryFailure)
    assert found.uncertain is uncertain


def test_the_code_of_an_unreadable_answer_is_empty() -> None:
    assert code(SlackApiError("odd", None)) == ""  # type: ignore[no-untyped-call]
