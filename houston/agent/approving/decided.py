"""What became of a write that an answer proposed, as of now."""

from datetime import datetime, timedelta
from typing import Literal

from store.tables import Approval

Standing = Literal["waiting", "under_way", "unknown", "done", "failed", "declined", "expired"]

UNDER_WAY = timedelta(minutes=5)
"""After this long nobody is at work on it any more: whoever was has crashed."""

SENTENCES = {
    "waiting": "“{title}” waits for the person to approve it: it is not done.",
    "under_way": "“{title}” was approved and is being done at this moment.",
    "unknown": "“{title}” was approved, and it is not known whether it was done: look before you propose it "
    "again.",
    "done": "“{title}” was approved and is done. {outcome}",
    "failed": "“{title}” could not be done. {outcome}",
    "declined": "The person declined “{title}”: it is not done.",
    "expired": "“{title}” was not approved in time and is not done. {outcome}",
}


def standing(approval: Approval, now: datetime) -> Standing:
    """`unknown`: it was begun, and Houston stopped before it was told how that ended."""
    if approval.state == "approved":
        begun = approval.decided_at or approval.created_at
        return "under_way" if now - begun < UNDER_WAY else "unknown"
    if approval.state == "waiting" and approval.expires_at <= now:
        return "expired"
    return approval.state  # type: ignore[return-value]  # one of the others


def told(approval: Approval, now: datetime) -> str:
    """For the conversation's history."""
    sentence = SENTENCES[standing(approval, now)]
    return sentence.format(title=approval.title, outcome=approval.outcome).strip()
