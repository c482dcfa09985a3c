"""Every way to install Houston, and every way in which an install goes wrong."""

import base64
import hashlib
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from bot.connect import exchange
from bot.connect.oauth import routes
from bot.playground.person import Person
from bot.playground.state import Workspace
from bot.views import pages
from bot.views.trouble import TROUBLES, trouble
from houston import access
from houston.errors import SettingsError
from store import Scope
from store.tables import Invitation
from tests.bot.front_door import PATH, FrontDoor, Page, open_front_door

pytestmark = pytest.mark.slow


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[FrontDoor]:
    async with open_front_door(tmp_path) as door:
        yield door


def refused(page: Page, reason: str) -> None:
    """It is the page of this trouble, whole, with everything that pages are sent with."""
    found = TROUBLES[reason]
    assert page.status == found.status, page.text
    assert found.title in page.text.replace("&#39;", "'"), page.text
    assert "Back to the start" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def changed(address: str, **fields: str | None) -> str:
    """The same address with other fields; None takes one away."""
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()} | fields
    return parts._replace(query=urlencode({n: v for n, v in query.items() if v is not None})).geturl()


async def audited(door: FrontDoor) -> list[str]:
    entries = await door.houston.audits.page(access.operator(), limit=50)
    return [entry.action for entry in reversed(entries)]


# --- what works


async def test_the_first_workspace_comes_by_the_setup_code(door: FrontDoor) -> None:
    assert "Setup code" in (await door.browser.get("/")).text
    workspace, person = await door.first()
    found = await door.houston.workspaces.get(workspace.id)
    assert (found.name, found.kind, found.client_id, found.active) == ("Northwind", "agency", None, True)
    assert (found.app_id, found.installed_by) == (door.app.id, person.user_id)
    assert found.timezone == "Europe/Oslo"
    assert found.bot_id == door.app.installations[workspace.id].bot_id
    assert await door.tokens.bot_token(workspace.id) == door.app.installations[workspace.id].token
    member = await door.houston.members.find(workspace.id, person.user_id)
    assert member is not None
    assert member.is_admin
    assert await audited(door) == ["workspace.connected"]
    assert door.changes == ["changed"]


async def test_the_success_page_says_what_to_do_next(door: FrontDoor) -> None:
    _, person = door.workspace("<b>Ada & Co</b>")
    page = await door.install(person, setup_code=door.houston.onboarding.setup_code().lower())
    assert page.status == 200
    assert "&lt;b&gt;Ada &amp; Co&lt;/b&gt; is connected" in page.text
    assert "/invite @Houston" in page.text
    assert "Open Slack" in page.text
    assert page.headers["Cache-Control"] == "no-store"


async def test_a_clients_invitation_makes_its_workspace(door: FrontDoor) -> None:
    await door.first()
    path = await door.invited("acme")
    workspace, person = door.workspace("Acme")
    page = await door.install(person, path=path)
    assert page.status == 200, page.text
    acme = await door.houston.clients.open("acme")
    found = await door.houston.workspaces.get(workspace.id)
    assert (found.kind, found.client_id) == ("client", acme.id)
    scope = await door.houston.access.scope(workspace.id, person.user_id)
    assert scope == Scope(workspace_id=workspace.id, client_ids=frozenset({acme.id or 0}))
    assert await audited(door) == ["workspace.connected", "client.invited", "workspace.connected"]


async def test_an_agencys_invitation_makes_another_agency_workspace(door: FrontDoor) -> None:
    await door.first()
    workspace, person = door.workspace("Northwind Berlin")
    await door.install(person, path=await door.invited())
    assert (await door.houston.workspaces.get(workspace.id)).kind == "agency"


async def test_a_known_workspace_comes_back_by_plain_add_to_slack(door: FrontDoor) -> None:
    await door.first()
    workspace, person = door.workspace("Acme")
    await door.install(person, path=await door.invited("acme"))
    await door.houston.workspaces.deactivate(workspace.id, "app_uninstalled")
    door.playground.uninstall(door.app, workspace.id)
    page = await door.install(person)
    assert "Acme is connected again" in page.text
    found = await door.houston.workspaces.get(workspace.id)
    assert (found.active, found.inactive_reason, found.kind) == (True, "", "client")
    assert await door.tokens.bot_token(workspace.id) == door.app.installations[workspace.id].token
    assert (await audited(door))[-2:] == ["workspace.removed", "workspace.reconnected"]


async def test_two_installs_in_two_tabs_of_one_browser_both_work(door: FrontDoor) -> None:
    await door.first()
    (_, one), (_, two) = door.workspace("One"), door.workspace("Two")
    first = await door.to_slack(path=await door.invited("one"))
    second = await door.to_slack(path=await door.invited("two"))
    assert (await door.browser.get(await one.consent(first))).status == 200
    assert (await door.browser.get(await two.consent(second))).status == 200


async def test_the_cookie_is_for_this_site_alone(door: FrontDoor) -> None:
    page = await door.browser.post("/slack/install", setup_code=door.houston.onboarding.setup_code())
    cookie = page.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "setup" not in page.location


async def test_slack_is_asked_for_the_manifests_scopes(door: FrontDoor) -> None:
    asked = parse_qs(urlsplit(await door.to_slack(path=await _by_invitation(door))).query)
    assert asked["scope"] == [",".join(door.settings.scopes)]
    assert asked["redirect_uri"] == [door.settings.redirect_uri]
    assert len(asked["state"][0]) >= 43


async def test_a_visit_by_another_name_is_sent_to_where_the_redirect_comes_back(door: FrontDoor) -> None:
    await door.first()
    port = urlsplit(door.browser.url).port
    page = await door.browser.get(f"http://localhost:{port}/slack/install?invitation=x.y")
    assert page.location == f"{door.settings.origin}/slack/install?invitation=x.y&at=1"


# --- who is not let in


async def test_an_unknown_workspace_without_an_invitation_is_left_again(door: FrontDoor) -> None:
    await door.first()
    workspace, person = door.workspace("Stranger")
    refused(await door.install(person), "not_invited")
    assert await door.houston.workspaces.find(workspace.id) is None
    assert door.app.installations[workspace.id].refused_with


async def test_without_a_workspace_add_to_slack_asks_for_the_setup_code(door: FrontDoor) -> None:
    page = await door.browser.get("/slack/install")
    assert (page.status, page.location) == (303, f"{door.settings.origin}/")


async def test_a_wrong_setup_code_goes_nowhere(door: FrontDoor) -> None:
    for code in ("", "AAAA-BBBB-CCCC-DDDD", "é" * 16):
        refused(await door.browser.post("/slack/install", setup_code=code), "wrong_code")


async def test_the_setup_code_counts_for_the_first_workspace_only(door: FrontDoor) -> None:
    await door.first()
    code = door.houston.onboarding.setup_code()
    refused(await door.browser.post("/slack/install", setup_code=code), "code_over")


async def test_of_two_first_installs_one_wins(door: FrontDoor) -> None:
    code = door.houston.onboarding.setup_code()
    (one, first), (two, second) = door.workspace("One"), door.workspace("Two")
    to_slack = [await door.to_slack(setup_code=code) for _ in range(2)]
    assert (await door.browser.get(await first.consent(to_slack[0]))).status == 200
    refused(await door.browser.get(await second.consent(to_slack[1])), "not_invited")
    assert await door.houston.workspaces.find(two.id) is None
    assert (await door.houston.workspaces.get(one.id)).active


async def test_an_invitation_works_once(door: FrontDoor) -> None:
    path = await _by_invitation(door)
    (_, one), (two, second) = door.workspace("One"), door.workspace("Two")
    begun = await door.to_slack(path=path)
    assert (await door.install(one, path=path)).status == 200
    refused(await door.browser.get(path), "used")
    refused(await door.browser.get(await second.consent(begun)), "used")
    assert door.app.installations[two.id].refused_with


async def test_an_invitation_ends(door: FrontDoor) -> None:
    path = await _by_invitation(door)
    door.clock.forward(days=7)
    refused(await door.browser.get(path), "expired")


async def invitations(door: FrontDoor) -> list[Invitation]:
    async with door.houston.store.read() as uow:
        return await uow.installs.invitations(scope=access.everything(), now=door.clock())


async def test_a_withdrawn_invitation_is_none(door: FrontDoor) -> None:
    path = await _by_invitation(door)
    (invitation,) = await invitations(door)
    await door.houston.invitations.revoke(access.operator(), invitation.id)
    refused(await door.browser.get(path), "withdrawn")
    assert (await audited(door))[-1] == "client.uninvited"


@pytest.mark.parametrize(
    "forge", [lambda path: path[:-3] + "abc", lambda path: path.split(".")[0], str.upper]
)
async def test_a_forged_invitation_is_none(door: FrontDoor, forge: object) -> None:
    path = await _by_invitation(door)
    assert callable(forge)
    link = urlencode({"invitation": forge(path.partition("=")[2])})
    refused(await door.browser.get(f"/slack/install?{link}"), "not_ours")


async def test_a_clients_invitation_does_not_turn_the_agency_into_a_client(door: FrontDoor) -> None:
    workspace, person = await door.first()
    refused(await door.install(person, path=await door.invited("acme")), "other_workspace")
    found = await door.houston.workspaces.get(workspace.id)
    assert (found.kind, found.client_id, found.active) == ("agency", None, True)
    assert not door.app.installations[workspace.id].refused_with
    assert len(await invitations(door)) == 1


async def test_nor_a_client_into_another_client(door: FrontDoor) -> None:
    workspace, person = await _client_workspace(door)
    door.playground.uninstall(door.app, workspace.id)
    await door.houston.workspaces.deactivate(workspace.id, "app_uninstalled")
    refused(await door.install(person, path=await door.invited("globex")), "other_workspace")
    found = await door.houston.workspaces.get(workspace.id)
    assert not found.active
    assert door.app.installations[workspace.id].refused_with


# --- bad callbacks


async def test_cancel_is_told_as_cancel(door: FrontDoor) -> None:
    _, person = door.workspace("Northwind")
    code = door.houston.onboarding.setup_code()
    back = await person.consent(await door.to_slack(setup_code=code), allow=False)
    refused(await door.browser.get(back), "access_denied")


async def test_a_callback_without_a_state_is_refused(door: FrontDoor) -> None:
    refused(await door.browser.get(PATH), "no_state")
    refused(await door.browser.get(changed(await _back(door), state=None)), "no_state")


async def test_a_forged_state_is_refused(door: FrontDoor) -> None:
    refused(await door.browser.get(changed(await _back(door), state="x" * 43)), "unknown_state")
    refused(await door.browser.get(changed(await _back(door), state="é\x00")), "unknown_state")


async def test_a_state_works_once(door: FrontDoor) -> None:
    back = await _back(door)
    assert (await door.browser.get(back)).status == 200
    refused(await door.browser.get(back), "unknown_state")


async def test_a_state_ends_after_ten_minutes(door: FrontDoor) -> None:
    back = await _back(door)
    door.clock.forward(minutes=10)
    refused(await door.browser.get(back), "expired_state")


async def test_another_browser_cannot_finish_and_spoils_the_state(door: FrontDoor) -> None:
    back = await _back(door)
    async with door.other_browser() as other:
        refused(await other.get(back), "other_browser")
    refused(await door.browser.get(back), "unknown_state")
    assert await door.houston.workspaces.all_active() == []


async def test_a_callback_without_a_code_is_refused(door: FrontDoor) -> None:
    refused(await door.browser.get(changed(await _back(door), code=None)), "no_code")


async def test_a_code_that_slack_does_not_know_is_refused(door: FrontDoor) -> None:
    refused(await door.browser.get(changed(await _back(door), code="1.2.3")), "invalid_code")


async def test_a_code_that_was_used_is_refused(door: FrontDoor) -> None:
    code = door.houston.onboarding.setup_code()
    used, other = await _back(door), await door.to_slack(setup_code=code)
    assert (await door.browser.get(used)).status == 200
    state = parse_qs(urlsplit(other).query)["state"][0]
    refused(await door.browser.get(changed(used, state=state)), "code_already_used")


@pytest.mark.parametrize("name", ["client_secret", "client_id"])
async def test_wrong_credentials_are_the_operators_to_mend(door: FrontDoor, name: str) -> None:
    back = await _back(door)
    setattr(door.app, name, "another")
    page = await door.browser.get(back)
    refused(page, "bad_client_secret" if name == "client_secret" else "invalid_client_id")
    assert f"SLACK_{name.upper()}" in page.text


async def test_a_wrong_redirect_uri_is_the_operators_to_mend(door: FrontDoor) -> None:
    await door.first()
    _, person = door.workspace("Acme")
    other = f"{door.settings.redirect_uri}/elsewhere"
    begun = changed(await door.to_slack(path=await door.invited("acme")), redirect_uri=other)
    back = changed(await person.consent(begun)).replace(f"{PATH}/elsewhere", PATH)
    refused(await door.browser.get(back), "bad_redirect_uri")


async def test_an_install_for_a_whole_organization_is_not_kept(door: FrontDoor) -> None:
    workspace, person = door.workspace("Big Corp", is_org_wide=True)
    page = await door.install(person, setup_code=door.houston.onboarding.setup_code())
    refused(page, "org_wide")
    assert await door.houston.workspaces.find(workspace.id) is None


async def test_a_slack_that_is_down_is_told_as_that(door: FrontDoor) -> None:
    door.playground.faults.fail("oauth.v2.access", status=503)
    refused(await door.browser.get(await _back(door)), "slack_down")
    door.playground.faults.reset("oauth.v2.access")
    refused(await door.browser.get(await _back(door)), "slack_down")


async def test_a_slack_that_hangs_is_given_up(door: FrontDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "SECONDS", 0.05)
    door.playground.faults.hang("oauth.v2.access", seconds=0.5)
    refused(await door.browser.get(await _back(door)), "slack_slow")


async def test_slacks_own_words_are_shown_if_they_are_words(door: FrontDoor) -> None:
    page = await door.browser.get(f"{PATH}?{urlencode({'error': 'unapproved_scope', 'state': 'x'})}")
    assert "unapproved_scope" in page.text
    page = await door.browser.get(f"{PATH}?{urlencode({'error': '<script>alert(1)</script>'})}")
    assert page.status == 400
    assert "script>" not in page.text


async def test_what_nobody_expected_has_a_reference(door: FrontDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    back = await _back(door)
    monkeypatch.setattr(type(door.houston.onboarding), "install", None)
    page = await door.browser.get(back)
    refused(page, "unexpected")
    assert "Its reference is " in page.text
    assert "NoneType" not in page.text


# --- what must not get out


async def test_no_log_has_a_token_a_code_or_a_state(
    door: FrontDoor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    back = await _back(door)
    await door.browser.get(changed(back, code="1.2.3"))
    back = await _back(door)
    assert (await door.browser.get(back)).status == 200
    secret = [values[0] for values in parse_qs(urlsplit(back).query).values()]
    tokens = [each.token for each in door.app.installations.values()]
    said = "\n".join(record.getMessage() + str(record.exc_text) for record in caplog.records)
    assert not [each for each in (*secret, *tokens, door.app.client_secret) if each in said]


async def test_without_oauth_the_pages_say_so(door: FrontDoor) -> None:
    shown = {each.path: each.handler for each in routes(door.houston, door.slack, None, changed=lambda: None)}
    assert set(shown) == {"/", "/slack/install"}
    html = pages.welcome(pages.Welcome(install_url=None, asks_code=False))
    assert "not set up" in html
    assert "SLACK_CLIENT_ID" in html


@pytest.mark.parametrize("path", ["", "/", "/slack/install", "/healthz", "/api/v1/notes"])
async def test_a_redirect_uri_that_covers_another_page_is_refused(door: FrontDoor, path: str) -> None:
    settings = type(door.settings)(
        credentials=door.settings.credentials,
        redirect_uri=f"https://houston.example{path}",
        consent_url="https://slack.com/oauth/v2/authorize",
        public_url="https://houston.example",
        scopes=(),
    )
    with pytest.raises(SettingsError, match="SLACK_REDIRECT_URI"):
        routes(door.houston, door.slack, settings, changed=lambda: None)


def test_every_trouble_says_what_and_how_to_mend_it() -> None:
    for reason, found in TROUBLES.items():
        assert 400 <= found.status < 600, reason
        assert found.what.endswith("."), reason
        assert found.mend.endswith("."), reason
    assert trouble("").title == "Slack refused"


async def _by_invitation(door: FrontDoor) -> str:
    await door.first()
    return await door.invited("acme")


async def _client_workspace(door: FrontDoor) -> tuple[Workspace, Person]:
    path = await _by_invitation(door)
    workspace, person = door.workspace("Acme")
    assert (await door.install(person, path=path)).status == 200
    return workspace, person


async def _back(door: FrontDoor) -> str:
    """The address by which Slack sends back somebody who may be the first."""
    _, person = door.workspace("Northwind")
    return await person.consent(await door.to_slack(setup_code=door.houston.onboarding.setup_code()))


async def test_the_policy_lets_the_pages_own_style_through_and_nothing_else(door: FrontDoor) -> None:
    page = await door.browser.get("/")
    style = page.text.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = page.headers["Content-Security-Policy"]
    assert f"style-src 'sha256-{digest}';" in policy
    assert "<script" not in page.text
    assert door.server.url in policy.partition("form-action")[2]
