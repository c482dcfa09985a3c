"""An agency's workspace T1 and two clients' own, each with a channel and two people."""

from houston.team.members import Profile
from store.tables import Channel
from tests.store.agency import WORKSPACE
from tests.web.conftest import Api

ACMES, GLOBEXS = "TACME", "TGLOBEX"


async def furnish(api: Api) -> None:
    for workspace_id, client_id in (
        (WORKSPACE, None),
        (ACMES, api.agency.acme),
        (GLOBEXS, api.agency.globex),
    ):
        await connect(api, workspace_id, client_id)
        await api.houston.channels.joined(
            workspace_id, Channel(workspace_id=workspace_id, id=f"C{workspace_id}", name="alerts")
        )
        for name in ("Alice", "Bob"):
            await api.houston.members.seen(workspace_id, person(workspace_id, name))


async def connect(api: Api, id: str, client_id: int | None) -> None:
    async with api.houston.store.begin() as uow:
        workspace = await uow.workspaces.connect(
            id=id, name=f"The {id}", bot_user_id="U0", timezone="UTC", now=api.clock()
        )
        workspace.client_id, workspace.kind = client_id, "client" if client_id else "agency"
        await uow.commit()


def person(workspace_id: str, name: str) -> Profile:
    """Bob is an admin in Slack, Alice a plain member."""
    return Profile(
        user_id=f"U{name.upper()}",
        team_id=workspace_id,
        name=name,
        email=f"{name.lower()}@{workspace_id.lower()}.example",
        timezone="Europe/Zurich",
        is_slack_admin=name == "Bob",
        is_guest=False,
        active=True,
    )


def rule(workspace_id: str, **changes: object) -> dict[str, object]:
    told = {"workspace": workspace_id, "channels": [f"C{workspace_id}"], "event_type": "task_failure"}
    return told | changes
