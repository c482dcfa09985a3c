from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.refusals import REFUSALS, code, failure
from houston.errors import PermanentFailure, TemporaryFailure


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


@pytest.mark.parametrize("name", REFUSALS)
def test_each_known_error_has_a_sentence_and_a_kind(name: str) -> None:
    error = failure(refused(name, needed="files:write"))
    expected = TemporaryFailure if REFUSALS[name].temporary else PermanentFailure
    assert type(error) is expected
    assert error.message.endswith(".")
    assert "{" not in error.message


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
