"""episodes, posts, preferences and what holds a message back"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from store.columns import BigId, UtcTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "episode",
        sa.Column("id", BigId, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("client_id", BigId, nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", UtcTime(), nullable=False),
        sa.Column("seen_at", UtcTime(), nullable=False),
        sa.Column("resolved_at", UtcTime(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("fired", sa.JSON(), nullable=False),
        sa.Column("current", sa.JSON(), nullable=False),
        sa.Column("acknowledged_by", sa.String(), nullable=False),
        sa.Column("acknowledged_name", sa.String(), nullable=False),
        sa.Column("acknowledged_at", UtcTime(), nullable=True),
        sa.Column("assigned_to", sa.String(), nullable=False),
        sa.Column("assigned_name", sa.String(), nullable=False),
        sa.Column("assigned_by", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_episode_key", "episode", ["key"])
    op.create_index("ix_episode_opened", "episode", ["client_id", "opened_at"])
    op.create_index("ix_episode_state", "episode", ["state"])
    op.create_table(
        "lifecycle",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("client_id", BigId, nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("since", UtcTime(), nullable=False),
        sa.Column("recent", sa.JSON(), nullable=False),
        sa.Column("seen_at", UtcTime(), nullable=True),
        sa.Column("breached_at", UtcTime(), nullable=True),
        sa.Column("episode_id", BigId, nullable=True),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("told_at", UtcTime(), nullable=True),
        sa.Column("told_severity", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("snoozed_until", UtcTime(), nullable=True),
        sa.Column("snoozed_until_change", sa.Boolean(), nullable=False),
        sa.Column("snoozed_by", sa.String(), nullable=False),
        sa.Column("snoozed_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.ForeignKeyConstraint(["episode_id"], ["episode.id"]),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_lifecycle_snoozed_until", "lifecycle", ["snoozed_until"])
    op.create_table(
        "escalation",
        sa.Column("id", BigId, nullable=False),
        sa.Column("episode_id", BigId, nullable=False),
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("destination_id", BigId, nullable=False),
        sa.Column("rule_id", BigId, nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("done_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["destination_id"], ["destination.id"]),
        sa.ForeignKeyConstraint(["episode_id"], ["episode.id"]),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"]),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("episode_id", "destination_id", name="uq_escalation"),
    )
    op.create_index(
        "ix_escalation_due",
        "escalation",
        ["due_at"],
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "preference",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("destination_id", BigId, nullable=False),
        sa.Column("event_types", sa.JSON(), nullable=False),
        sa.Column("client_ids", sa.JSON(), nullable=True),
        sa.Column("minimum_severity", sa.String(), nullable=False),
        sa.Column("quiet_hours", sa.JSON(), nullable=True),
        sa.Column("daily_at", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("updated_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["destination_id"], ["destination.id"]),
        sa.ForeignKeyConstraint(["workspace_id", "user_id"], ["member.workspace_id", "member.user_id"]),
        sa.PrimaryKeyConstraint("workspace_id", "user_id"),
    )
    op.create_table(
        "post",
        sa.Column("id", BigId, nullable=False),
        sa.Column("episode_id", BigId, nullable=False),
        sa.Column("leader_id", BigId, nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("delivery_id", BigId, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.Column("chart_file", sa.String(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"]),
        sa.ForeignKeyConstraint(["episode_id"], ["episode.id"]),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"]),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("episode_id", "workspace_id", "address", name="uq_post_address"),
    )
    op.create_index("ix_post_leader_id", "post", ["leader_id"])
    op.create_index(
        "ix_post_stale",
        "post",
        ["id"],
        sqlite_where=sa.text("wanted > shown"),
        postgresql_where=sa.text("wanted > shown"),
    )
    _add("destination", _number("failures"), _moment("paused_at"))
    _add("delivery", _text("bundle"), _text("channel"))
    op.create_index("ix_delivery_event", "delivery", ["event_id"])
    for name, columns, condition in (
        ("ix_delivery_waiting", ["workspace_id", "address"], "state = 0"),
        ("ix_delivery_held", ["due_at"], "state = 3"),
        ("ix_delivery_message", ["workspace_id", "address", "ts"], "ts <> ''"),
    ):
        where = sa.text(condition)
        op.create_index(name, "delivery", columns, sqlite_where=where, postgresql_where=where)
    _add("event", _key("event", "workspace_id", "workspace.id", sa.String()))
    _add("event", _key("event", "episode_id", "episode.id", BigId))
    op.create_index("ix_event_episode_id", "event", ["episode_id"])
    _add(
        "rule",
        _text("paused_by"),
        _text("paused_name"),
        sa.Column("quiet_hours", sa.JSON(), nullable=True),
        sa.Column("escalate_minutes", sa.Integer(), nullable=True),
        _key("rule", "escalate_to", "destination.id", BigId),
    )
    _add(
        "workspace",
        sa.Column("default_destination_id", BigId, nullable=True),
        _flag("catches_all"),
        _moment("paused_until"),
        _text("paused_by"),
        _flag("digest_on"),
        _text("digest_at", default="09:00"),
        _moment("digest_due_at"),
    )
    op.create_index("ix_workspace_digest_due_at", "workspace", ["digest_due_at"])
    op.create_index("ix_task_run_report", "task_run", ["job", "run_id"])


def _add(table: str, *columns: sa.Column[Any]) -> None:
    """Rows that are there get the default; it does not stay in the schema."""
    with op.batch_alter_table(table) as batch:
        for column in columns:
            batch.add_column(column)
    with op.batch_alter_table(table) as batch:
        for column in columns:
            if column.server_default is not None:
                batch.alter_column(column.name, server_default=None)


def _text(name: str, *, default: str = "") -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=False, server_default=default)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default="0")


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, UtcTime(), nullable=True)


def _key(table: str, name: str, to: str, type: Any) -> sa.Column[Any]:
    return sa.Column(name, type, sa.ForeignKey(to, name=f"fk_{table}_{name}"), nullable=True)
