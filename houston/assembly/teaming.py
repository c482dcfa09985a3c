"""How workspaces, the people in them, clients and what they may hang together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from houston.team.answering import Answering
from houston.team.api_keys import ApiKeys
from houston.team.approvals import Approvals
from houston.team.audit import Audits
from houston.team.bindings import Bindings
from houston.team.channels import Channels
from houston.team.clients import Clients
from houston.team.erasure import Erasure
from houston.team.invitations import Invitations
from houston.team.members import Members
from houston.team.notices import Notices
from houston.team.onboarding import Onboarding
from houston.team.roles import Roles
from houston.team.setup import Setups
from houston.team.workspaces import Workspaces
from store import Store


@dataclass(frozen=True, kw_only=True)
class Teaming:
    workspaces: Workspaces
    invitations: Invitations
    onboarding: Onboarding
    setups: Setups
    erasure: Erasure
    members: Members
    roles: Roles
    channels: Channels
    approvals: Approvals
    answering: Answering
    bindings: Bindings
    clients: Clients
    api_keys: ApiKeys
    audits: Audits


def teaming(store: Store, notices: Notices, *, now: Callable[[], datetime]) -> Teaming:
    return Teaming(
        workspaces=Workspaces(store=store, now=now, notices=notices),
        invitations=Invitations(store=store, now=now),
        onboarding=Onboarding(store=store, now=now),
        setups=Setups(store=store, now=now),
        erasure=Erasure(store=store, now=now),
        members=Members(store=store, notices=notices, now=now),
        roles=Roles(store=store, now=now),
        channels=Channels(store=store, now=now),
        approvals=Approvals(store=store, notices=notices, now=now),
        answering=Answering(store=store, now=now),
        bindings=Bindings(store=store, now=now),
        clients=Clients(store=store, now=now),
        api_keys=ApiKeys(store=store, now=now),
        audits=Audits(store=store),
    )
