"""workspaces and the wall"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from store.columns import BigId, UtcTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_client",
        sa.Column("seq", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.PrimaryKeyConstraint("seq", "client_id"),
    )
    op.create_index("ix_audit_client_client_id", "audit_client", ["client_id"])

    op.create_table(
        "audit_entry",
        sa.Column("seq", BigId, nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("erased_by", BigId, nullable=True),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("ix_audit_entry_workspace_id", "audit_entry", ["workspace_id"])

    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", BigId, nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "secret",
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "name"),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("client_id", BigId, nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.Column("used_at", UtcTime(), nullable=True),
        sa.Column("used_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "install_state",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("browser_hash", sa.String(), nullable=False),
        sa.Column("invitation_id", sa.String(), nullable=True),
        sa.Column("is_first", sa.Boolean(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitation.id"]),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_table(
        "member_client",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"]),
        sa.ForeignKeyConstraint(["workspace_id", "user_id"], ["member.workspace_id", "member.user_id"]),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", "client_id"),
    )
    _add("api_key", _text("created_by"), sa.Column("revoked_at", UtcTime(), nullable=True))
    for table in ("api_key", "client"):
        _never_give_an_id_again(table)
    _add("channel", _flag("is_shared"), _text("approved_by"), _client("channel"))
    _add(
        "member",
        _text("team_id"),
        _text("email"),
        _flag("is_slack_admin"),
        _flag("is_guest"),
        _flag("sees_all", default=True),
        _flag("active", default=True),
    )
    with op.batch_alter_table("rule") as batch:
        batch.alter_column("created_by", new_column_name="owner")
    _add("turn", _client("turn"), sa.Column("seen", sa.JSON(), nullable=True))
    _add(
        "workspace",
        *(_text(name) for name in ("app_id", "bot_id", "scopes", "installed_by", "inactive_reason")),
        sa.Column("token_expires_at", UtcTime(), nullable=True),
        sa.Column("rotating_until", UtcTime(), nullable=True),
    )


def _add(table: str, *columns: sa.Column[Any]) -> None:
    """Rows that are there get the default; it does not stay in the schema."""
    with op.batch_alter_table(table) as batch:
        for column in columns:
            batch.add_column(column)
    with op.batch_alter_table(table) as batch:
        for column in columns:
            if column.server_default is not None:
                batch.alter_column(column.name, server_default=None)


def _never_give_an_id_again(table: str) -> None:
    """PostgreSQL never does; SQLite must be told."""
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table(table, recreate="always", table_kwargs={"sqlite_autoincrement": True}):
            pass


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=False, server_default="")


def _flag(name: str, *, default: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.true() if default else sa.false())


def _client(table: str) -> sa.Column[Any]:
    return sa.Column("client_id", BigId, sa.ForeignKey("client.id", name=f"fk_{table}_client"), nullable=True)
