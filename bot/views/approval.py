"""A change that waits for its asker's yes, and what became of it.

What comes from outside stands in rich text, where Slack reads no formatting, no mention and no link.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.views.blocks import Block, Message, actions, button, context, section
from bot.views.text import cut, escape, mention, one_line, when
from houston.agent.approving.decided import standing
from houston.agent.turn import ApprovalAsked
from store.tables import Approval

APPROVE, DECLINE = "approve_change", "decline_change"

LONGEST_TITLE, LONGEST_FIELD, LONGEST_OUTCOME, LONGEST_REMARK = 400, 60, 1500, 600
LONGEST_BEFORE = 1500
"""Of what is there already, which nobody approves; what will be is always shown whole."""

MOST_REMARKS = 10
EMPTY = "(nothing)"
CHANGED = "⚠️ Nothing was done: it would change something else by now. This is how it is:"

ENDED = {
    "done": "✅ Done by {who}: {what}",
    "failed": "⚠️ Not done: {what}",
    "declined": "🚫 Declined by {who}: {what}",
    "expired": "⌛ Expired, nothing was changed: {what}",
    "under_way": "⏳ Approved by {who}, and being done: {what}",
    "unknown": "❔ Approved by {who}, but Houston stopped meanwhile. Look whether it was done: {what}",
}


def card(asked: ApprovalAsked, *, user_id: str, zone: ZoneInfo) -> Message:
    """A message of its own, below the answer that proposes it."""
    change = asked.change
    lines, until = [list(line) for line in change.lines], when(asked.expires_at, zone)
    return _waiting(asked.approval_id, change.title, lines, change.remarks, user_id, until)


def again(approval: Approval, zone: ZoneInfo) -> Message:
    """In the place of one that would have done something else by now."""
    until = when(approval.expires_at, zone)
    fresh = _waiting(
        approval.id or 0, approval.title, approval.lines, approval.remarks, approval.user_id, until
    )
    return Message(text=fresh.text, blocks=[section(CHANGED), *fresh.blocks])


def ended(approval: Approval, now: datetime) -> Message:
    """In the place of the card, without its buttons."""
    what = escape(one_line(approval.title), LONGEST_TITLE)
    outcome = escape(one_line(approval.outcome), LONGEST_OUTCOME)
    said = ENDED[standing(approval, now)].format(
        who=mention(approval.user_id), what=f"*{what}*. {outcome}".strip()
    )
    blocks = [section(said), *_fields(approval.lines)]
    return Message(text=cut(said, 3000), blocks=blocks)


def _waiting(
    id: int, title: str, lines: Sequence[Sequence[str]], remarks: Sequence[str], user_id: str, until: str
) -> Message:
    what = escape(one_line(title), LONGEST_TITLE)
    notes = [escape(one_line(each), LONGEST_REMARK) for each in remarks[:MOST_REMARKS]]
    blocks = [
        section(f"✋ *{what}*"),
        *_fields(lines),
        *([context(*notes)] if notes else []),
        context(f"Only {mention(user_id)} can approve this, until {until}. Nothing is changed before."),
        actions(
            button("Approve", APPROVE, value=str(id), style="primary"),
            button("Decline", DECLINE, value=str(id)),
        ),
    ]
    return Message(text=f"Approve this? {what}", blocks=blocks)


def _fields(lines: Sequence[Sequence[str]]) -> list[Block]:
    parts = [part for line in lines for part in _field(*line)]
    return [{"type": "rich_text", "elements": parts}] if parts else []


def _field(name: str, before: str, after: str) -> list[Block]:
    """One line where it is one; text of several lines stands in a box of its own."""
    label = _text(f"{cut(one_line(name), LONGEST_FIELD)}: ", bold=True)
    old = cut(before, LONGEST_BEFORE)
    if "\n" in before or "\n" in after:
        was = [_part("section", [_text("before:", italic=True)]), _part("preformatted", [_text(old)])]
        return [
            _part("section", [label]),
            *(was if before else []),
            *([_part("section", [_text("after:", italic=True)])] if before else []),
            _part("preformatted", [_text(after)]),
        ]
    was_here = [_text(one_line(old), strike=True), _text("  →  ", bold=True)] if before else []
    return [_part("section", [label, *was_here, _text(after)])]


def _part(kind: str, elements: Iterable[Block]) -> Block:
    return {"type": f"rich_text_{kind}", "elements": list(elements)}


def _text(text: str, **style: bool) -> Block:
    element: Block = {"type": "text", "text": text or EMPTY}
    return element | {"style": style} if style else element
