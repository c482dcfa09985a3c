"""data sources, reports, alerts, metric feeds and reviews"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from store.columns import BigId, UtcTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "data_source",
        *_owned(),
        _text("name"),
        _text("dialect"),
        _text("place"),
        sa.Column("trusts_files", sa.Boolean(), nullable=False),
        _text("created_by"),
        _moment("created_at"),
        _text("error"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "report",
        *_owned(),
        _key("source_id", "data_source.id"),
        _text("name"),
        _text("sql"),
        _text("url"),
        _text("created_by"),
        _moment("created_at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_report_source_id", "report", ["source_id"])
    op.create_table(
        "report_run",
        sa.Column("id", BigId, nullable=False),
        _key("report_id", "report.id"),
        _key("client_id", "client.id", nullable=True),
        _moment("at"),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        _number("row_count"),
        sa.Column("is_cut", sa.Boolean(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        _text("error"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_report_run_at", "report_run", ["report_id", "at"])
    op.create_table(
        "alert",
        *_owned(),
        _key("report_id", "report.id"),
        _text("name"),
        _text("match"),
        sa.Column("rules", sa.JSON(), nullable=False),
        _text("schedule"),
        _text("timezone"),
        _text("owner"),
        _text("owner_name"),
        _text("runbook"),
        _number("n"),
        _number("m"),
        _text("no_data"),
        *_checked(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_alert_report_id", "alert", ["report_id"])
    op.create_index("ix_alert_due_at", "alert", ["due_at"])
    op.create_table(
        "metric_feed",
        *_owned(),
        _key("source_id", "data_source.id"),
        _text("name"),
        _text("sql"),
        _text("metric"),
        _text("schedule"),
        _text("timezone"),
        *_checked(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_metric_feed_source_id", "metric_feed", ["source_id"])
    op.create_index("ix_metric_feed_due_at", "metric_feed", ["due_at"])
    op.create_table(
        "review",
        _key("episode_id", "episode.id"),
        _key("definition_id", "outlier_definition.id"),
        _key("client_id", "client.id"),
        _text("said_by"),
        _text("said_name"),
        _moment("said_at"),
        _text("change"),
        sa.PrimaryKeyConstraint("episode_id"),
    )
    op.create_index("ix_review_definition_id", "review", ["definition_id"])
    _add("episode", _text("dismissed_by", default=""), _text("dismissed_name", default=""))
    _add(
        "metric",
        _text("freshness", default=""),
        sa.Column("revision", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("revisions", sa.JSON(), nullable=False, server_default="[]"),
    )
    _add(
        "outlier_definition",
        _text("country", default=""),
        sa.Column("excluded", sa.JSON(), nullable=False, server_default="[]"),
        _text("created_by", default=""),
    )


def _owned() -> tuple[sa.Column[Any], ...]:
    """What belongs to a workspace, and to a client or the agency."""
    return (
        sa.Column("id", BigId, nullable=False),
        sa.Column("workspace_id", sa.String(), sa.ForeignKey("workspace.id"), nullable=True),
        _key("client_id", "client.id", nullable=True),
    )


def _checked() -> tuple[sa.Column[Any], ...]:
    """What is done on a schedule."""
    return (
        sa.Column("active", sa.Boolean(), nullable=False),
        _text("created_by"),
        _moment("created_at"),
        _moment("due_at"),
        _moment("checked_at", nullable=True),
        _number("failures"),
        _text("error"),
    )


def _add(table: str, *columns: sa.Column[Any]) -> None:
    """Rows that are there get the default; it does not stay in the schema."""
    with op.batch_alter_table(table) as batch:
        for column in columns:
            batch.add_column(column)
    with op.batch_alter_table(table) as batch:
        for column in columns:
            batch.alter_column(column.name, server_default=None)


def _text(name: str, *, default: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=False, server_default=default)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, UtcTime(), nullable=nullable)


def _key(name: str, to: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, BigId, sa.ForeignKey(to), nullable=nullable)
