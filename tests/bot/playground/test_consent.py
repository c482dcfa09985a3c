"""From an app's authorization URL to the redirect: in a browser without a script, and as a person does it."""

import re
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from bot.playground.person import ConsentRefused
from tests.bot.playground.conftest import Slack


def returned(location: str) -> dict[str, str]:
    """The query with which the browser comes back to the app."""
    return {key: values[0] for key, values in parse_qs(urlsplit(location).query).items()}


async def _page(slack: Slack, url: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as browser, browser.get(url) as response:
        return response.status, await response.text()


async def _answer(slack: Slack, html: str, user_id: str, decision: str) -> aiohttp.ClientResponse:
    asked = re.search(r'name="asked" value="(\w+)"', html)
    form = {"asked": asked[1] if asked else "", "user": user_id, "decision": decision}
    async with aiohttp.ClientSession() as browser:
        return await browser.post(f"{slack.server.url}/oauth/v2/authorize", data=form, allow_redirects=False)


async def test_the_page_names_the_app_the_people_and_the_permissions(slack: Slack) -> None:
    status, html = await _page(slack, slack.authorize_url())
    assert status == 200
    assert "Robin is requesting permission" in html
    assert "Northwind" in html
    assert "Alice Able" in html
    assert "Send messages <code>chat:write</code>" in html
    assert "<script" not in html


async def test_allow_leads_back_to_the_app_with_a_code_and_the_state(slack: Slack) -> None:
    _, html = await _page(slack, slack.authorize_url(state="a&b=c"))
    response = await _answer(slack, html, slack.alice.user_id, "allow")
    location = response.headers["Location"]
    assert response.status == 302
    assert location.startswith("https://robin.example/slack/done?")
    assert returned(location)["state"] == "a&b=c"
    assert len(returned(location)["code"]) > 60


async def test_cancel_leads_back_without_a_code(slack: Slack) -> None:
    _, html = await _page(slack, slack.authorize_url())
    response = await _answer(slack, html, slack.alice.user_id, "cancel")
    assert returned(response.headers["Location"]) == {"error": "access_denied", "state": "s1"}


async def test_a_page_is_answered_once(slack: Slack) -> None:
    _, html = await _page(slack, slack.authorize_url())
    await _answer(slack, html, slack.alice.user_id, "allow")
    again = await _answer(slack, html, slack.alice.user_id, "allow")
    assert again.status == 400
    assert "answered already" in await again.text()


async def test_a_person_does_the_same_without_a_browser(slack: Slack) -> None:
    allowed = await slack.alice.consent(slack.authorize_url())
    denied = await slack.alice.consent(slack.authorize_url(state=""), allow=False)
    assert set(returned(allowed)) == {"code", "state"}
    assert returned(denied) == {"error": "access_denied"}


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"client_id": "1.1"}, "invalid_client_id"),
        ({"redirect_uri": "https://evil.example/slack"}, "bad_redirect_uri"),
        ({"redirect_uri": "https://robin.example/slackish"}, "bad_redirect_uri"),
        ({"redirect_uri": "https://robin.example:99/slack"}, "bad_redirect_uri"),
        ({"scope": "chat:write,admin"}, "invalid_scope"),
        ({"user_scope": "search:read"}, "invalid_scope"),
        ({"scope": ""}, "no_scopes"),
    ],
)
async def test_a_wrong_address_is_an_error_page_and_leads_nowhere(
    slack: Slack, changed: dict[str, str], error: str
) -> None:
    status, html = await _page(slack, slack.authorize_url(**changed))
    assert status == 400
    assert "Something went wrong when authorizing this app." in html
    assert f"<code>{error}</code>" in html
    with pytest.raises(ConsentRefused) as refused:
        await slack.alice.consent(slack.authorize_url(**changed))
    assert refused.value.error == error


async def test_without_a_redirect_uri_the_first_configured_one_is_taken(slack: Slack) -> None:
    location = await slack.alice.consent(slack.authorize_url(redirect_uri=""))
    assert location.startswith("https://robin.example/slack?code=")
    slack.app.redirect_urls.clear()
    with pytest.raises(ConsentRefused, match="bad_redirect_uri"):
        await slack.alice.consent(slack.authorize_url(redirect_uri=""))


async def test_a_workspace_may_leave_installing_to_its_admins(slack: Slack) -> None:
    slack.workspace.apps_need_admin = True
    with pytest.raises(ConsentRefused, match="Alice Able may not install apps in Northwind"):
        await slack.alice.consent(slack.authorize_url())
    assert "code" in returned(await slack.bob.consent(slack.authorize_url()))
    _, html = await _page(slack, slack.authorize_url())
    assert f'value="{slack.alice.user_id}" disabled' in html
    assert f'value="{slack.bob.user_id}" checked' in html


async def test_guests_and_the_deactivated_never_install(slack: Slack) -> None:
    guest = slack.add_person(slack.workspace, "guest", is_ultra_restricted=True)
    for person in (guest, slack.alice):
        slack.playground.change_user(slack.alice.user_id, deleted=True)
        with pytest.raises(ConsentRefused, match="approval_required"):
            await person.consent(slack.authorize_url())


async def test_an_app_may_ask_for_one_workspace(slack: Slack) -> None:
    other = slack.playground.add_workspace("Southwind")
    carol = slack.add_person(other, "carol")
    url = slack.authorize_url(team=other.id)
    _, html = await _page(slack, url)
    assert "Southwind" in html
    assert "Northwind" not in html
    with pytest.raises(ConsentRefused, match="invalid_team"):
        await slack.alice.consent(url)
    assert "code" in returned(await carol.consent(url))
