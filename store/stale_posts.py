"""Messages that do not show how their episodes stand, and what becomes of bringing them up to date."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, case, select, update
from sqlmodel import col

from store.dispatch import Edit
from store.tables import Post


def claim(connection: Connection, *, owner: str, now: datetime, until: datetime, limit: int) -> list[Post]:
    """Those that are nobody's at the moment, the oldest first."""
    query = (
        select(Post.__table__)  # type: ignore[attr-defined]
        .where(col(Post.wanted) > col(Post.shown), col(Post.due_at) <= now)
        .order_by(col(Post.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    found = [Post(**row) for row in connection.execute(query).mappings()]
    if found:
        ids = [post.id for post in found]
        connection.execute(update(Post).where(col(Post.id).in_(ids)).values(owner=owner, due_at=until))
    return found


def settle(connection: Connection, edits: Sequence[Edit]) -> None:
    """Keep how far messages have been brought up; none is ever set back."""
    for edit in edits:
        shown = case((col(Post.shown) < edit.shown, edit.shown), else_=col(Post.shown))
        values = {
            "owner": "",
            "due_at": edit.due_at,
            "tries": edit.tries,
            "error": edit.error,
            "shown": shown,
        }
        if edit.chart_file:
            values["chart_file"] = edit.chart_file
        if edit.is_given_up:
            values["shown"] = col(Post.wanted)
        connection.execute(update(Post).where(col(Post.id) == edit.post_id).values(**values))
        if edit.is_gone:
            led = col(Post.leader_id) == edit.post_id
            connection.execute(update(Post).where(led, col(Post.ts) == edit.ts).values(ts=""))
