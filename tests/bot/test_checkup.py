"""The doctor at Slack's side, over the real SDK against the local Slack."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from bot.connect.checkup import Checkup
from bot.connect.manifest import manifest
from houston.doctor.finding import Finding, examine
from houston.doctor.patients import Patient, Place
from store.tables import Workspace
from tests.bot.slack import Slack
from tests.patience import PATIENCE
from tests.store.databases import NOON

SCOPES = manifest()["oauth_config"]["scopes"]["bot"]


@dataclass(kw_only=True)
class Practice:
    """The doctor in this Slack; by default it knows the tokens of its one workspace."""

    slack: Slack

    async def examine(self, *patients: Patient, **given: Any) -> dict[str, Finding]:
        """The findings by what was checked; `given` stands in for the tokens."""
        tokens = {"bot_token": self.slack.token, "app_token": self.slack.app.app_token, **given}
        checkup = Checkup(http=self.slack.http, base_url=self.slack.server.api_url, scopes=SCOPES, **tokens)
        (section,) = await examine(checkup.checks(patients))
        return {finding.check: finding for finding in section.findings}

    def patient(self, *places: Place, **known: Any) -> Patient:
        return Patient(workspace=self.workspace(), places=places, **known)

    def workspace(self, **known: Any) -> Workspace:
        return Workspace(id=self.slack.workspace.id, name="Northwind", created_at=NOON, **known)


@pytest.fixture
def practice(local: Slack) -> Practice:
    return Practice(slack=local)


def place(
    channel_id: str, alias: str = "#alerts", rules: Sequence[int] = (1,), approved: bool = False
) -> Place:
    return Place(channel_id=channel_id, alias=alias, rules=tuple(rules), is_approved=approved)


async def test_a_healthy_workspace_has_nothing_to_mend(practice: Practice) -> None:
    patient = practice.patient(place(practice.slack.general.id))
    found = await practice.examine(patient)
    assert {finding.ok for finding in found.values()} == {True}
    assert set(found) == {
        "SLACK_BOT_TOKEN (Northwind)",
        "Permissions of SLACK_BOT_TOKEN (Northwind)",
        "Channels of SLACK_BOT_TOKEN (Northwind)",
        "Socket Mode",
    }
    assert not practice.slack.playground.sockets.connections(practice.slack.app.id)


async def test_a_workspace_with_its_own_tokens_is_looked_at_by_them(practice: Practice) -> None:
    own = practice.patient(bot_token=practice.slack.token, app_token=practice.slack.app.app_token)
    found = await practice.examine(own, bot_token=None, app_token=None)
    name = f"Workspace Northwind ({practice.slack.workspace.id})"
    assert set(found) == {name, f"Permissions of {name}", f"Socket Mode of {name}"}
    assert all(finding.ok for finding in found.values())


async def test_missing_permissions_are_named(practice: Practice) -> None:
    slack = practice.slack
    slack.app.installations[slack.workspace.id].scopes -= {"users:read", "files:write"}
    found = await practice.examine()
    finding = found["Permissions of SLACK_BOT_TOKEN (Northwind)"]
    assert finding.ok is False
    assert finding.detail == "files:write, users:read not granted"
    assert "manifest.yml" in finding.mend


@pytest.mark.parametrize("end", ["uninstalled", "revoked", "mistyped"])
async def test_a_token_that_slack_refuses_is_told_with_the_mend(practice: Practice, end: str) -> None:
    slack, token = practice.slack, practice.slack.token
    if end == "uninstalled":
        slack.playground.uninstall(slack.app, slack.workspace.id)
    elif end == "revoked":
        slack.playground.revoke_token(slack.app, slack.workspace.id)
    else:
        token = "xoxb-mistyped"
    found = await practice.examine(practice.patient(), bot_token=token)
    assert found["SLACK_BOT_TOKEN"].ok is False
    assert "einstall" in found["SLACK_BOT_TOKEN"].mend
    assert found["Socket Mode"].ok is True
    assert len(found) == 2, "of a workspace that it may serve nothing is claimed"


async def test_a_wrong_app_level_token_is_told(practice: Practice) -> None:
    found = await practice.examine(app_token="xapp-mistyped")
    assert found["Socket Mode"].ok is False
    assert "connections:write" in found["Socket Mode"].mend
    swapped = await practice.examine(app_token=practice.slack.token)
    assert "SLACK_APP_TOKEN with xapp-" in f"{swapped['Socket Mode'].detail} {swapped['Socket Mode'].mend}"


async def test_slack_being_down_is_not_taken_for_a_wrong_token(practice: Practice) -> None:
    practice.slack.playground.faults.fail("auth.test", times=None)
    practice.slack.playground.faults.reset("apps.connections.open", times=None)
    found = await practice.examine()
    for name in ("SLACK_BOT_TOKEN", "Socket Mode"):
        assert found[name].ok is False
        assert "again in a minute" in found[name].mend


async def test_an_expired_token_that_houston_renews_is_no_fault(practice: Practice) -> None:
    slack = practice.slack
    slack.app.tokens[slack.token].expires_at = slack.playground.now() - 1
    renewed = practice.patient(bot_token=slack.token, is_renewed=True)
    for_good = practice.patient(bot_token=slack.token)
    name = f"Workspace Northwind ({slack.workspace.id})"
    assert (await practice.examine(renewed, bot_token=None))[name].ok is None
    assert (await practice.examine(for_good, bot_token=None))[name].ok is False


async def test_each_channel_that_cannot_be_reached_says_why(practice: Practice) -> None:
    slack = practice.slack
    archived, shared = slack.channel("old"), slack.channel("partners")
    archived.is_archived = shared.is_ext_shared = True
    elsewhere, hidden = (
        slack.channel("elsewhere", with_bot=False),
        slack.channel("secret", with_bot=False, is_private=True),
    )
    found = await practice.examine(
        practice.patient(
            place(slack.general.id, "#general"),
            place(archived.id, "#old", rules=(7, 2)),
            place(shared.id, "#partners"),
            place(elsewhere.id, "#elsewhere"),
            place(hidden.id, "#secret"),
            place("C0GONE", "#gone"),
        )
    )
    wrong = {name: finding for name, finding in found.items() if finding.ok is False}
    assert set(wrong) == {
        "Channel #old (rules 2, 7)",
        "Channel #partners (rule 1)",
        "Channel #elsewhere (rule 1)",
        "Channel #secret (rule 1)",
        "Channel #gone (rule 1)",
    }
    assert "archived" in wrong["Channel #old (rules 2, 7)"].detail
    assert "admin approves" in wrong["Channel #partners (rule 1)"].mend
    assert "/invite @Houston" in wrong["Channel #elsewhere (rule 1)"].mend
    assert "/invite @Houston" in wrong["Channel #secret (rule 1)"].mend


async def test_an_approved_shared_channel_is_reached(practice: Practice) -> None:
    shared = practice.slack.channel("partners")
    shared.is_ext_shared = True
    found = await practice.examine(practice.patient(place(shared.id, approved=True)))
    assert all(finding.ok for finding in found.values())


async def test_channels_that_slack_is_slow_about_hide_no_others(practice: Practice) -> None:
    slack, slow = practice.slack, practice.slack.channel("slow")
    slack.playground.faults.hang("conversations.info", seconds=PATIENCE, times=None, channel=slow.id)
    found = await practice.examine(
        practice.patient(place(slow.id, "#slow"), place("C0GONE", "#gone")), patience=2.0
    )
    assert found["Channels of SLACK_BOT_TOKEN (Northwind)"].ok is None
    assert "1 of 2" in found["Channels of SLACK_BOT_TOKEN (Northwind)"].detail
    assert found["Channel #gone (rule 1)"].ok is False


async def test_with_no_workspace_at_all_the_way_to_one_is_told(practice: Practice) -> None:
    found = await practice.examine(bot_token=None, app_token=None)
    assert found["Workspaces"].ok is None
    assert "Add to Slack" in found["Workspaces"].mend


async def test_workspaces_without_a_token_are_told_apart(practice: Practice) -> None:
    gone = Workspace(
        id="T0GONE", name="Gone", active=False, inactive_reason="app_uninstalled", created_at=NOON
    )
    bare = Workspace(id="T0BARE", name="Bare", created_at=NOON)
    lost = Workspace(id="T0LOST", name="Lost", created_at=NOON)
    patients = (
        Patient(workspace=gone),
        Patient(workspace=bare),
        Patient(workspace=lost, problem="its tokens cannot be read"),
    )
    found = await practice.examine(*patients)
    assert (found["Workspace Gone (T0GONE)"].ok, found["Workspace Bare (T0BARE)"].ok) == (None, False)
    assert "removed the app" in found["Workspace Gone (T0GONE)"].detail
    assert found["Workspace Lost (T0LOST)"].ok is False


async def test_no_token_is_ever_in_a_finding(practice: Practice) -> None:
    slack = practice.slack
    own = Patient(
        workspace=Workspace(id="T9", name="Nine", created_at=NOON),
        bot_token="xoxb-nine",
        app_token="xapp-nine",
    )
    found = str(await practice.examine(own)) + repr(own) + repr(practice.patient(bot_token=slack.token))
    for token in (slack.token, slack.app.app_token, "xoxb-nine", "xapp-nine"):
        assert token not in found
