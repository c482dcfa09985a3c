"""What may be kept as a rule. Complaints go by the block ids of the form."""

from collections.abc import AsyncIterator

from houston.errors import Invalid, InvalidFields
from houston.notify.rules import places
from houston.notify.rules.rule import RuleDraft
from houston.notify.vocabulary import EPISODE_TYPES, EVENT_TYPES, NOTE_TYPES, SEVERITIES
from houston.records.checks import text
from store import Scope, UnitOfWork
from store.tables import Workspace

LONGEST_SUBJECT = 200
LONGEST_WAIT = 7 * 24 * 60
"""Minutes before an escalation."""

NOWHERE = "Choose at least one channel. If yours is missing, /invite @Houston there first."

Complaint = tuple[str, str]


async def check(uow: UnitOfWork, scope: Scope, draft: RuleDraft) -> None:
    """Raises InvalidFields with the first complaint about each field."""
    assert scope.workspace_id is not None
    workspace = await uow.workspaces.find(id=scope.workspace_id)
    assert workspace is not None
    errors: dict[str, str] = {}
    async for field, complaint in _complaints(uow, scope, workspace, draft):
        errors.setdefault(field, complaint)
    if errors:
        raise InvalidFields(errors)


async def _complaints(
    uow: UnitOfWork, scope: Scope, workspace: Workspace, draft: RuleDraft
) -> AsyncIterator[Complaint]:
    for place in draft.places:
        if found := await places.trouble(uow, workspace, place, draft.client_id):
            yield "channel" if isinstance(place, str) else "destinations", found
    if not draft.places:
        yield "channel", NOWHERE
    if draft.event_type not in EVENT_TYPES:
        yield "event_type", "Choose what should trigger a message."
    if draft.minimum_severity not in SEVERITIES:
        yield "severity", f"Choose one of {', '.join(SEVERITIES)}."
    if draft.client_id is not None and not await uow.clients.get(scope=scope, id=draft.client_id):
        yield "client", "Choose a client from the list."
    if found := _subject(draft):
        yield "subject", found
    async for complaint in _escalation(uow, workspace, draft):
        yield complaint


def _subject(draft: RuleDraft) -> str:
    if draft.subject and draft.event_type in NOTE_TYPES:
        return "Notes and digests have no name to choose by. Leave this empty."
    try:
        text("subject", draft.subject, most=LONGEST_SUBJECT)
    except Invalid as invalid:
        return invalid.message
    return ""


async def _escalation(uow: UnitOfWork, workspace: Workspace, draft: RuleDraft) -> AsyncIterator[Complaint]:
    minutes, place = draft.escalate_minutes, draft.escalate_to
    if minutes is None and place is None:
        return
    if draft.event_type not in EPISODE_TYPES:
        names = ", ".join(name for each, name in EVENT_TYPES.items() if each in EPISODE_TYPES)
        yield "escalate_minutes", f"Only these can be acknowledged, and so escalated: {names}."
    if minutes is None:
        yield "escalate_minutes", "Write after how many minutes."
    elif not 1 <= minutes <= LONGEST_WAIT:
        yield "escalate_minutes", f"Write a number of minutes from 1 to {LONGEST_WAIT} (one week)."
    if place is None:
        yield "escalate_to", "Choose who hears of it then."
    elif found := await places.trouble(uow, workspace, place, draft.client_id):
        yield "escalate_to", found
    elif await _sends_there(uow, workspace.id, draft):
        yield "escalate_to", "This rule sends there already. Choose another place."


async def _sends_there(uow: UnitOfWork, workspace_id: str, draft: RuleDraft) -> bool:
    assert draft.escalate_to is not None
    wanted = await places.address(uow, workspace_id, draft.escalate_to)
    return wanted in [await places.address(uow, workspace_id, place) for place in draft.places]
