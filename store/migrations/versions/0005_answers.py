"""answers: their state, their choices, what people think of them, what they cost, and what they propose"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from store.columns import BigId, UtcTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _turns()
    _add("conversation", _text("summary"), _list("summary_seen", nullable=True), _number("summed_up_to"))
    _add("channel", sa.Column("answers", sa.Boolean(), nullable=False, server_default=sa.true()))
    _add("workspace", _number("daily_tokens"), _number("member_tokens"))
    op.create_table(
        "approval",
        sa.Column("id", BigId, nullable=False),
        sa.Column("turn_id", BigId, nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("client_id", BigId, nullable=True),
        sa.Column("tool", sa.String(), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("remarks", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("message_ts", sa.String(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.Column("decided_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"]),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"]),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_approval_turn_id", "approval", ["turn_id"])
    op.create_table(
        "token_use",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"]),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", "day"),
    )


def _turns() -> None:
    _add(
        "turn",
        _text("edited"),
        _text("heard"),
        _text("state", default="answered"),
        sa.Column("held_until", UtcTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="1"),
        _list("posted"),
        _list("choices"),
        _text("model"),
        sa.Column("tokens", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("seconds", sa.Float(), nullable=False, server_default="0"),
        sa.Column("marked", sa.Integer(), nullable=False, server_default="0"),
        _text("opinion"),
        _text("opinion_by"),
        _text("opinion_reason"),
        sa.Column("opinion_at", UtcTime(), nullable=True),
    )
    op.execute("UPDATE turn SET state = 'failed' WHERE answered_at IS NULL")
    with op.batch_alter_table("turn") as batch:
        batch.drop_constraint("uq_turn_message", type_="unique")
        batch.create_unique_constraint("uq_turn_message", ["conversation_id", "ts", "edited"])
    op.create_index("ix_turn_held_until", "turn", ["state", "held_until"])


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
    return sa.Column(name, BigId, nullable=True)


def _list(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON(), nullable=nullable, server_default=None if nullable else "[]")
