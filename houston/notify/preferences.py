"""What members get by DM because they chose so, never beyond what they may see."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from houston.access import Actor
from houston.errors import InvalidFields, NotFound
from houston.notify.preference import PreferenceDraft, PreferenceSeen
from houston.notify.quiet.hours import QuietHours
from houston.notify.rules import places
from houston.notify.vocabulary import EVENT_TYPES, SEVERITIES
from houston.team import audit
from store import Store, UnitOfWork
from store.tables import Client, Member, Preference

__all__ = ["PreferenceDraft", "PreferenceSeen", "Preferences"]

OWN = "choose messages of their own here"
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, kw_only=True)
class Preferences:
    """Each member's own."""

    store: Store
    now: Callable[[], datetime]

    async def get(self, actor: Actor) -> PreferenceSeen:
        """Raises NotAllowed for strangers, NotFound for whom Houston does not know."""
        actor.demand_colleague(OWN)
        async with self.store.read() as uow:
            member = await _member(uow, actor)
            return await _seen(uow, actor, member, await _kept(uow, member))

    async def save(self, actor: Actor, draft: PreferenceDraft) -> PreferenceSeen:
        """Raises InvalidFields, NotAllowed, NotFound."""
        actor.demand_colleague(OWN)
        async with self.store.begin() as uow:
            member = await _member(uow, actor)
            await _check(uow, actor, draft)
            kept = await _kept(uow, member)
            before = await _seen(uow, actor, member, kept)
            preference = kept or await self._new(uow, member)
            self._fill(preference, draft)
            await uow.preferences.save(preference=preference)
            after = await _seen(uow, actor, member, preference)
            await self._record(uow, actor, None if kept is None else before, after)
            await uow.commit()
            return after

    async def _new(self, uow: UnitOfWork, member: Member) -> Preference:
        place = await places.made(uow, member.workspace_id, member.user_id, self.now())
        assert place is not None
        assert place.id is not None
        return Preference(
            workspace_id=member.workspace_id,
            user_id=member.user_id,
            destination_id=place.id,
            updated_at=self.now(),
        )

    def _fill(self, preference: Preference, draft: PreferenceDraft) -> None:
        preference.event_types = list(dict.fromkeys(draft.event_types))
        preference.client_ids = sorted(set(draft.client_ids)) or None
        preference.minimum_severity = draft.minimum_severity
        preference.quiet_hours = draft.quiet_hours.as_dict() if draft.quiet_hours else None
        preference.daily_at, preference.active = draft.daily_at, draft.active
        preference.updated_at = self.now()

    async def _record(
        self, uow: UnitOfWork, actor: Actor, before: PreferenceSeen | None, after: PreferenceSeen
    ) -> None:
        clients = {each.id for seen in (before, after) if seen for each in seen.clients}
        await audit.record(
            uow,
            actor,
            "preference.saved",
            f"preference {actor.scope.workspace_id}/{actor.user_id}",
            before=before.as_dict() if before else None,
            after=after.as_dict(),
            clients=clients,
            now=self.now(),
        )


async def _check(uow: UnitOfWork, actor: Actor, draft: PreferenceDraft) -> None:
    errors: dict[str, str] = {}
    if not EVENT_TYPES.keys() >= set(draft.event_types):
        errors["event_types"] = "Choose from the list."
    elif draft.active and not draft.event_types:
        errors["event_types"] = "Choose at least one, or switch your messages off below."
    if draft.client_ids:
        allowed = {client.id for client in await _clients(uow, actor)}
        if not allowed.issuperset(draft.client_ids):
            errors["clients"] = "Choose clients from the list."
    if draft.minimum_severity not in SEVERITIES:
        errors["severity"] = f"Choose one of {', '.join(SEVERITIES)}."
    if draft.daily_at and not CLOCK.fullmatch(draft.daily_at):
        errors["daily_at"] = "Write the time of day like 08:30."
    if errors:
        raise InvalidFields(errors)


async def _member(uow: UnitOfWork, actor: Actor) -> Member:
    workspace_id = actor.scope.workspace_id
    known = workspace_id and actor.user_id
    found = await uow.members.find(workspace_id=workspace_id or "", user_id=actor.user_id) if known else None
    if found is None or not found.active:
        raise NotFound("Houston does not know you here.")
    return found


async def _kept(uow: UnitOfWork, member: Member) -> Preference | None:
    return await uow.preferences.find(workspace_id=member.workspace_id, user_id=member.user_id)


async def _clients(uow: UnitOfWork, actor: Actor) -> list[Client]:
    """Those to choose from: none in a client's own workspace."""
    workspace = await uow.workspaces.find(id=actor.scope.workspace_id or "")
    return await uow.clients.all(scope=actor.scope) if workspace and workspace.has_clients else []


async def _seen(uow: UnitOfWork, actor: Actor, member: Member, kept: Preference | None) -> PreferenceSeen:
    if kept is None:
        return PreferenceSeen(timezone=member.timezone, is_new=True)
    wanted = set(kept.client_ids or ())
    return PreferenceSeen(
        event_types=tuple(kept.event_types),
        clients=tuple(each for each in await _clients(uow, actor) if each.id in wanted),
        minimum_severity=kept.minimum_severity,
        quiet_hours=QuietHours.from_dict(kept.quiet_hours) if kept.quiet_hours else None,
        daily_at=kept.daily_at,
        active=kept.active,
        timezone=member.timezone,
    )
