"""Codes and refresh tokens for access tokens, with slack_sdk's own client and rotator."""

from collections.abc import Mapping
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.person import Person
from tests.bot.playground.conftest import Slack
from tests.bot.playground.test_consent import returned

# slack_sdk 3.47 still sends client credentials by aiohttp's BasicAuth, which aiohttp 3.14 deprecates
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

Json = dict[str, Any]
DONE = "https://robin.example/slack/done"


async def _code(slack: Slack, person: Person | None = None, **query: str) -> str:
    return returned(await (person or slack.alice).consent(slack.authorize_url(**query)))["code"]


async def _access(slack: Slack, **changed: Any) -> Mapping[str, Any]:
    """oauth.v2.access as an app calls it, with a fresh code unless another grant is given."""
    fields: Json = {"client_id": slack.app.client_id, "client_secret": slack.app.client_secret}
    if "refresh_token" not in changed and "code" not in changed:
        fields["code"] = await _code(slack)
    if "refresh_token" not in changed:
        fields["redirect_uri"] = DONE
    answer = await slack.web_client(None).oauth_v2_access(**fields | changed)
    assert isinstance(answer.data, dict)
    return answer.data


@pytest.fixture
def southwind(slack: Slack) -> Person:
    """Somebody in a workspace where the app is not installed."""
    return slack.add_person(slack.playground.add_workspace("Southwind"), "carol")


async def test_a_code_becomes_an_installation(slack: Slack, southwind: Person) -> None:
    answer = await _access(slack, code=await _code(slack, southwind))
    installation = slack.app.installations[southwind.workspace_id]
    assert answer == {
        "ok": True,
        "app_id": slack.app.id,
        "team": {"id": southwind.workspace_id, "name": "Southwind"},
        "enterprise": None,
        "is_enterprise_install": False,
        "token_type": "bot",
        "access_token": installation.token,
        "scope": "chat:write,commands",
        "bot_user_id": installation.bot_user_id,
        "authed_user": {"id": southwind.user_id},
    }
    assert answer["access_token"].startswith("xoxb-")
    identity = await slack.web_client(answer["access_token"]).auth_test()
    assert (identity["team_id"], identity["user_id"]) == (southwind.workspace_id, answer["bot_user_id"])


async def test_nothing_is_installed_before_the_code_is_exchanged(slack: Slack, southwind: Person) -> None:
    await _code(slack, southwind)
    assert southwind.workspace_id not in slack.app.installations


async def test_client_credentials_may_come_as_form_fields(slack: Slack) -> None:
    form = {
        "client_id": slack.app.client_id,
        "client_secret": slack.app.client_secret,
        "code": await _code(slack),
        "redirect_uri": DONE,
    }
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.server.api_url}oauth.v2.access", data=form) as response,
    ):
        assert (await response.json())["team"]["id"] == slack.workspace.id


async def test_a_reinstall_keeps_the_token_and_adds_up_the_scopes(slack: Slack) -> None:
    slack.app.installations[slack.workspace.id].scopes = {"im:read"}
    answer = await _access(slack)
    assert (answer["access_token"], answer["bot_user_id"]) == (slack.token, slack.bot_id)
    assert answer["scope"] == "chat:write,commands,im:read"


async def test_a_reinstall_after_a_removal_keeps_the_bot_user_and_forgets_the_rest(slack: Slack) -> None:
    slack.playground.uninstall(slack.app, slack.workspace.id)
    answer = await _access(slack)
    assert answer["bot_user_id"] == slack.bot_id
    assert answer["scope"] == "chat:write,commands"
    assert answer["access_token"] != slack.token
    with pytest.raises(SlackApiError, match="account_inactive"):
        await slack.client.auth_test()


async def test_a_code_is_good_once(slack: Slack) -> None:
    code = await _code(slack)
    await _access(slack, code=code)
    with pytest.raises(SlackApiError, match="code_already_used"):
        await _access(slack, code=code)


async def test_a_code_runs_out_after_ten_minutes(slack: Slack) -> None:
    code = await _code(slack)
    slack.clock.advance(601)
    with pytest.raises(SlackApiError, match="invalid_code"):
        await _access(slack, code=code)


async def test_another_app_cannot_use_the_code(slack: Slack) -> None:
    other = slack.playground.create_app({"display_information": {"name": "Other"}})
    with pytest.raises(SlackApiError, match="invalid_code"):
        await _access(slack, client_id=other.client_id, client_secret=other.client_secret)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code": "nonsense"}, "invalid_code"),
        ({"redirect_uri": "https://robin.example/slack"}, "bad_redirect_uri"),
        ({"redirect_uri": None}, "bad_redirect_uri"),
        ({"client_secret": "wrong"}, "bad_client_secret"),
        ({"client_id": "1.1"}, "invalid_client_id"),
        ({"grant_type": "password"}, "invalid_grant_type"),
        ({"grant_type": "refresh_token", "refresh_token": "xoxe-1-no"}, "invalid_refresh_token"),
    ],
)
async def test_a_bad_exchange_is_refused_by_name(slack: Slack, changed: Json, error: str) -> None:
    with pytest.raises(SlackApiError) as refused:
        await _access(slack, **changed)
    assert refused.value.response["error"] == error


async def test_an_org_wide_install_names_the_organisation_instead_of_a_team(slack: Slack) -> None:
    workspace = slack.playground.add_workspace("Globex", is_org_wide=True)
    answer = await _access(slack, code=await _code(slack, slack.add_person(workspace, "dora")))
    assert answer["is_enterprise_install"] is True
    assert answer["team"] is None
    assert answer["enterprise"] == {"id": f"E{workspace.id[1:]}", "name": "Globex Org"}
    identity = await slack.web_client(answer["access_token"]).auth_test()
    assert identity["is_enterprise_install"] is True


# --- token rotation


@pytest.fixture
def rotating(slack: Slack) -> Slack:
    slack.app.rotates_tokens = True
    return slack


async def test_with_rotation_tokens_come_in_pairs_and_expire(rotating: Slack, southwind: Person) -> None:
    answer = await _access(rotating, code=await _code(rotating, southwind))
    assert answer["access_token"].startswith("xoxe.xoxb-1-")
    assert answer["refresh_token"].startswith("xoxe-1-")
    assert answer["expires_in"] == 43200
    client = rotating.web_client(answer["access_token"])
    await client.auth_test()
    rotating.clock.advance(43200)
    with pytest.raises(SlackApiError, match="token_expired"):
        await client.auth_test()


async def test_a_refresh_token_is_good_once_and_the_old_access_token_until_it_expires(
    rotating: Slack,
) -> None:
    first = await _access(rotating)
    second = await _access(rotating, grant_type="refresh_token", refresh_token=first["refresh_token"])
    assert second["access_token"] != first["access_token"]
    assert second["refresh_token"] != first["refresh_token"]
    assert (second["team"]["id"], second["expires_in"]) == (rotating.workspace.id, 43200)
    for answer in (first, second):
        await rotating.web_client(answer["access_token"]).auth_test()
    with pytest.raises(SlackApiError, match="invalid_refresh_token"):
        await _access(rotating, grant_type="refresh_token", refresh_token=first["refresh_token"])


async def test_an_expired_token_can_still_be_refreshed(rotating: Slack) -> None:
    first = await _access(rotating)
    rotating.clock.advance(90_000)
    again = await _access(rotating, grant_type="refresh_token", refresh_token=first["refresh_token"])
    await rotating.web_client(again["access_token"]).auth_test()


async def test_a_removed_app_cannot_refresh(rotating: Slack) -> None:
    first = await _access(rotating)
    rotating.playground.uninstall(rotating.app, rotating.workspace.id)
    with pytest.raises(SlackApiError, match="invalid_refresh_token"):
        await _access(rotating, grant_type="refresh_token", refresh_token=first["refresh_token"])


async def test_the_sdks_rotator_renews_a_token_that_is_about_to_expire(rotating: Slack) -> None:
    answer = await _access(rotating)
    bot = Bot(
        bot_token=answer["access_token"],
        bot_id="B1",
        bot_user_id=answer["bot_user_id"],
        bot_refresh_token=answer["refresh_token"],
        bot_token_expires_in=60,
        installed_at=rotating.clock(),
    )
    rotator = AsyncTokenRotator(
        client_id=rotating.app.client_id,
        client_secret=rotating.app.client_secret,
        client=AsyncWebClient(base_url=rotating.server.api_url),
    )
    renewed = await rotator.perform_bot_token_rotation(bot=bot)
    assert renewed is not None
    installation = rotating.app.installations[rotating.workspace.id]
    assert (renewed.bot_token, renewed.bot_refresh_token) == (installation.token, installation.refresh_token)


async def test_a_token_from_before_rotation_is_exchanged_once(slack: Slack) -> None:
    credentials: Json = {"client_id": slack.app.client_id, "client_secret": slack.app.client_secret}
    client = slack.web_client(None)
    with pytest.raises(SlackApiError, match="token_rotation_not_enabled"):
        await client.oauth_v2_exchange(token=slack.token, **credentials)
    slack.app.rotates_tokens = True
    answer = await client.oauth_v2_exchange(token=slack.token, **credentials)
    assert answer["refresh_token"]
    await slack.web_client(answer["access_token"]).auth_test()
    with pytest.raises(SlackApiError, match="token_already_exchanged"):
        await client.oauth_v2_exchange(token=slack.token, **credentials)
    with pytest.raises(SlackApiError, match="invalid_token"):
        await client.oauth_v2_exchange(token="xoxb-other", **credentials)
