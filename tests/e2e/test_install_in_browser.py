"""An agency installs Houston, invites a client, and the client installs it: as people, in a real browser."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app import running
from bot.connect.manifest import manifest
from bot.playground.page import routes
from bot.playground.server import PlaygroundServer
from bot.playground.state import Playground, User
from houston.assembly import Houston
from houston.config import settings
from tests.e2e.chromium import browser_page, needs_chromium
from tests.e2e.conftest import QUICK
from tests.ports import free_port

if TYPE_CHECKING:
    from playwright.async_api import Page

pytestmark = [*needs_chromium]


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A Slack with two workspaces, and a Houston that none of them has installed."""

    houston: Houston
    url: str
    slack_url: str
    mira: User
    olga: User

    def seat(self, user: User, place: str = "") -> str:
        """Where this person sits in the local Slack."""
        return f"{self.slack_url}/w/{user.workspace_id}/u/{user.id}{place}"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    playground, port = Playground(timings=QUICK, limits_on=False), free_port()
    url = f"http://127.0.0.1:{port}"
    async with PlaygroundServer(playground, extra_routes=routes(playground)) as server:
        app = playground.create_app(manifest())
        app.redirect_urls.append(f"{url}/slack/oauth_redirect")
        agency, acme = (playground.add_workspace(name) for name in ("Northwind Agency", "Acme Outfitters"))
        mira = playground.add_user(
            agency.id, "mira", real_name="Mira Keller", is_admin=True, tz="Europe/Zurich"
        )
        olga = playground.add_user(acme.id, "olga", real_name="Olga Petrova", is_owner=True, tz="Europe/Oslo")
        for user in (mira, olga):
            playground.add_channel(user.workspace_id, "general", members=[user])
        environment = {
            "SLACK_API_URL": server.api_url,
            "SLACK_APP_TOKEN": app.app_token,
            "SLACK_CLIENT_ID": app.client_id,
            "SLACK_CLIENT_SECRET": app.client_secret,
            "SLACK_REDIRECT_URI": f"{url}/slack/oauth_redirect",
            "HOUSTON_DATA_DIR": str(tmp_path),
            "HOUSTON_PORT": str(port),
        }
        async with running(settings(environment)) as houston:
            houston.start()
            yield Stage(houston=houston, url=url, slack_url=server.url, mira=mira, olga=olga)


async def test_an_agency_installs_houston_and_its_client_joins_by_a_link(
    stage: Stage, pictures: Path
) -> None:
    async with browser_page(pictures / "failed.png") as page:
        await page.goto(stage.url)
        await page.get_by_label("Setup code").fill(stage.houston.onboarding.setup_code())
        await page.screenshot(path=pictures / "install.png")
        await page.get_by_role("button", name="Add to Slack").click()
        await allow(page, stage.mira)
        await page.get_by_role("heading", name="Northwind Agency is connected").wait_for()
        assert "/invite @Houston" in await page.inner_text("main")

        link = await invite_a_client(page, stage, pictures)
        await page.goto(link)
        await allow(page, stage.olga)
        await page.get_by_role("heading", name="Acme Outfitters is connected").wait_for()
        await see_only_their_own(page, stage)

        await page.goto(link)
        await page.get_by_text("used").first.wait_for()


async def allow(page: "Page", user: User) -> None:
    """Slack's consent, as this person."""
    await page.get_by_text(user.real_name).click()
    await page.get_by_role("button", name="Allow").click()


async def invite_a_client(page: "Page", stage: Stage, pictures: Path) -> str:
    """The link that Mira gets for a new client."""
    await type_command(page, stage.seat(stage.mira), "/houston clients")
    await page.get_by_role("button", name="Invite a client").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("new client").fill("Acme Outfitters")
    await dialog.get_by_role("button", name="Make the link").click()
    shown = page.get_by_text(re.compile(r"/slack/install\?invitation="))
    await shown.first.wait_for()
    await page.screenshot(path=pictures / "invitation.png")
    link = re.search(r"http\S+/slack/install\?invitation=[\w.~-]+", await shown.first.inner_text())
    assert link
    return link[0]


async def see_only_their_own(page: "Page", stage: Stage) -> None:
    """Nothing tells Olga of an agency or of other clients."""
    await type_command(page, stage.seat(stage.olga), "/houston help")
    help_text = await page.get_by_role("article").last.inner_text()
    assert "clients" not in help_text
    await page.goto(stage.seat(stage.olga))
    await page.get_by_role("link", name="Houston").first.click()
    await page.get_by_role("button", name="Connection").click()
    await page.get_by_text("Time zone").wait_for()
    shown = await page.inner_text("body")
    assert "Europe/Oslo" in shown, "the installer's own"
    assert "Northwind" not in shown


async def type_command(page: "Page", seat: str, line: str) -> None:
    await page.goto(seat)
    await page.wait_for_selector("body[data-live]")
    box = page.get_by_role("textbox", name=re.compile("Message"))
    await box.fill(line)
    await box.press("Enter")
    await page.get_by_text("Only visible to you").last.wait_for()
