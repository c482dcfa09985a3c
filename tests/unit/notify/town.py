"""An agency with channels, places and people, for what is configured there."""

from dataclasses import dataclass

from houston.access import Access, Actor
from store import Store
from store.tables import Channel, Member, Workspace
from tests.actors import agency_admin
from tests.store.agency import WORKSPACE, Agency, open_agency
from tests.store.databases import NOON

ELSEWHERE = "T2"


@dataclass(frozen=True, kw_only=True)
class Town:
    """CALL is anybody's, CACME bound to Acme, CGONE one that Houston has left. UALL sees every client,
    UACME Acme only, UGONE is deactivated. `hook` and `mail` are its other destinations, `theirs` is
    another workspace's."""

    store: Store
    agency: Agency
    hook: int
    mail: int
    theirs: int

    @property
    def admin(self) -> Actor:
        return agency_admin(WORKSPACE, "UALL")

    async def person(self, user_id: str) -> Actor:
        return await Access(store=self.store).actor(WORKSPACE, user_id)


async def open_town(store: Store) -> Town:
    agency = await open_agency(store, NOON)
    async with store.begin() as uow:
        await uow.workspaces.save(workspace=Workspace(id=ELSEWHERE, name="Elsewhere", created_at=NOON))
        for user_id, sees_all, active in (
            ("UALL", True, True),
            ("UACME", False, True),
            ("UGONE", True, False),
        ):
            member = Member(
                workspace_id=WORKSPACE,
                user_id=user_id,
                name=user_id.title(),
                timezone="Europe/Zurich",
                sees_all=sees_all,
                active=active,
                seen_at=NOON,
            )
            await uow.members.save(member=member)
        await uow.members.set_clients(workspace_id=WORKSPACE, user_id="UACME", client_ids=[agency.acme])
        rooms = [
            Channel(workspace_id=WORKSPACE, id="CALL", name="all"),
            Channel(workspace_id=WORKSPACE, id="CACME", name="acme", client_id=agency.acme),
            Channel(workspace_id=WORKSPACE, id="CGONE", name="gone", is_member=False),
        ]
        await uow.channels.put(channels=rooms)
        ids: list[int] = []
        for workspace_id, kind in ((WORKSPACE, "webhook"), (WORKSPACE, "service"), (ELSEWHERE, "webhook")):
            made = await uow.destinations.of(
                workspace_id=workspace_id, kind=kind, address=f"random-{len(ids)}", alias=kind, now=NOON
            )
            ids.append(made.id or 0)
        await uow.commit()
    return Town(store=store, agency=agency, hook=ids[0], mail=ids[1], theirs=ids[2])
