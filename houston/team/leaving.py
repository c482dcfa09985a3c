"""What becomes of a member who is deactivated in Slack, and who is told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from houston.access import itself
from houston.team import audit
from store import UnitOfWork
from store.tables import Member, Rule

DEACTIVATED = "This person is deactivated in Slack. Choose another destination."


@dataclass(frozen=True, kw_only=True)
class Word:
    """What somebody is to be told; no user: the workspace's admins."""

    text: str
    user_id: str | None = None


async def leave(uow: UnitOfWork, member: Member, *, now: datetime) -> list[Word]:
    """Take back what Houston gave the member, and hand on what they own."""
    ids = await uow.members.clients(workspace_id=member.workspace_id, user_id=member.user_id)
    before = {"role": member.role, "clients": "all" if member.sees_all else len(ids)}
    member.role, member.sees_all = "member", False
    await uow.members.set_clients(workspace_id=member.workspace_id, user_id=member.user_id, client_ids=())
    await uow.members.save(member=member)
    await uow.destinations.mark(
        workspace_id=member.workspace_id, kind="dm", address=member.user_id, error=DEACTIVATED
    )
    await record(uow, member, "member.deactivated", before, {"role": "member", "clients": 0}, ids, now=now)
    return await _hand_over(uow, member, now=now)


async def record(
    uow: UnitOfWork,
    member: Member,
    action: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    client_ids: Iterable[int | None] = (),
    *,
    now: datetime,
) -> None:
    """In the audit, as what Houston did because Slack said so."""
    await audit.record(
        uow,
        itself(member.workspace_id),
        action,
        f"member {member.user_id}",
        before=before,
        after=after,
        clients=client_ids,
        now=now,
    )


async def _hand_over(uow: UnitOfWork, member: Member, *, now: datetime) -> list[Word]:
    """Whatever a member can own is handed on here: notification rules."""
    rules = await uow.members.owned(workspace_id=member.workspace_id, user_id=member.user_id)
    if not rules:
        return []
    heirs = await uow.members.admins(workspace_id=member.workspace_id)
    if not heirs:
        return [Word(text=f"{_gone(member, rules)} No admin is there to take them over.")]
    heir = heirs[0]
    for rule in rules:
        rule.owner = heir.user_id
    before = {"owner": member.user_id}
    after = {"owner": heir.user_id, "rules": [rule.number for rule in rules]}
    clients = [rule.client_id for rule in rules]
    await record(uow, member, "member.handed_over", before, after, clients, now=now)
    text = f"{_gone(member, rules)} They are yours now; `/houston rules` shows them."
    return [Word(text=text, user_id=heir.user_id)]


def _gone(member: Member, rules: list[Rule]) -> str:
    numbers = ", ".join(f"#{rule.number}" for rule in rules[:20])
    more = f" and {len(rules) - 20} more" if len(rules) > 20 else ""
    return f"*{member.name}* was deactivated in Slack and owned these notifications: {numbers}{more}."
