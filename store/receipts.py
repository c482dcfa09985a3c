"""How attempts ended, written many at once, and the messages that became Posts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, insert, select, tuple_, update
from sqlmodel import col

from store.dispatch import Receipt, Shown
from store.tables import Delivery, Episode, Post


def receive(connection: Connection, receipts: Sequence[Receipt], *, owner: str) -> None:
    if not receipts:
        return
    statement = (
        update(Delivery)
        .where(col(Delivery.id) == bindparam("row_id"), col(Delivery.owner) == owner)
        .values({name: bindparam(f"new_{name}") for name in RECEIPT_COLUMNS})
    )
    connection.execute(statement, [_receipt_values(receipt) for receipt in receipts])
    shown = [receipt for receipt in receipts if receipt.shown]
    if shown:
        _keep_posts(connection, shown)


RECEIPT_COLUMNS = (
    "state",
    "tries",
    "due_at",
    "channel",
    "ts",
    "sent_at",
    "error",
    "owner",
    "asked_at",
    "bundle",
)


def _receipt_values(receipt: Receipt) -> dict[str, Any]:
    return {
        "row_id": receipt.delivery_id,
        "new_state": receipt.state,
        "new_tries": receipt.tries,
        "new_due_at": receipt.due_at,
        "new_channel": receipt.channel,
        "new_ts": receipt.ts,
        "new_sent_at": receipt.sent_at,
        "new_error": receipt.error,
        "new_owner": "",
        "new_asked_at": receipt.asked_at,
        "new_bundle": receipt.bundle,
    }


def _keep_posts(connection: Connection, receipts: Sequence[Receipt]) -> None:
    """Episodes are locked while their versions are counted: a change at the same moment either counts
    here, or finds the Post and raises what it wants."""
    wrapped = [(receipt, receipt.shown) for receipt in receipts if receipt.shown]
    versions = _versions(connection, [shown.episode_id for _, shown in wrapped])
    deliveries = _deliveries(connection, [receipt.delivery_id for receipt, _ in wrapped])
    kept = _kept(connection, [(shown.episode_id, deliveries[r.delivery_id]) for r, shown in wrapped])
    ids = {
        shown.post_id: kept.get(_place(shown.episode_id, deliveries[receipt.delivery_id]), shown.post_id)
        for receipt, shown in wrapped
    }
    for receipt, shown in wrapped:
        if shown.episode_id not in versions:
            continue
        leader = shown.leader_id or shown.post_id
        group = [each for _, each in wrapped if (each.leader_id or each.post_id) == leader]
        values = {
            "leader_id": ids.get(leader, leader),
            "event_id": deliveries[receipt.delivery_id]["event_id"],
            "delivery_id": receipt.delivery_id,
            "channel": receipt.channel,
            "ts": receipt.ts,
            "chart_file": shown.chart_file,
            "wanted": sum(versions.get(each.episode_id, 0) for each in group)
            if leader == shown.post_id
            else 0,
            "shown": sum(each.version for each in group) if leader == shown.post_id else 0,
            "due_at": receipt.due_at,
            "owner": "",
            "tries": 0,
            "error": "",
        }
        _put(connection, shown, deliveries[receipt.delivery_id], ids[shown.post_id], values)


def _put(
    connection: Connection, shown: Shown, delivery: RowMapping, post_id: int, values: dict[str, Any]
) -> None:
    if post_id != shown.post_id:
        connection.execute(update(Post).where(col(Post.id) == post_id).values(**values))
        return
    where = {name: delivery[name] for name in ("workspace_id", "address")}
    connection.execute(insert(Post).values(id=post_id, episode_id=shown.episode_id, **where, **values))


def _versions(connection: Connection, episode_ids: Sequence[int]) -> dict[int, int]:
    query = select(col(Episode.id), col(Episode.version)).where(col(Episode.id).in_(sorted(set(episode_ids))))
    return dict(connection.execute(query.order_by(col(Episode.id)).with_for_update()).all())


def _deliveries(connection: Connection, ids: Sequence[int]) -> dict[int, RowMapping]:
    rows = connection.execute(select(Delivery.__table__).where(col(Delivery.id).in_(ids))).mappings()  # type: ignore[attr-defined]
    return {row["id"]: row for row in rows}


def _kept(
    connection: Connection, places: Sequence[tuple[int, RowMapping]]
) -> dict[tuple[int, str, str], int]:
    """The Posts that these episodes have at these addresses already."""
    wanted = [_place(episode_id, delivery) for episode_id, delivery in places]
    query = select(col(Post.id), col(Post.episode_id), col(Post.workspace_id), col(Post.address)).where(
        tuple_(col(Post.episode_id), col(Post.workspace_id), col(Post.address)).in_(wanted)
    )
    found = connection.execute(query)
    return {(row.episode_id, row.workspace_id, row.address): row.id for row in found}


def _place(episode_id: int, delivery: RowMapping) -> tuple[int, str, str]:
    return episode_id, delivery["workspace_id"], delivery["address"]
