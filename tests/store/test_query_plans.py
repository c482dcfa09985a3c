"""The claim looks at what is due only, however long the history: pinned on both databases."""

import json
from typing import Any

from sqlalchemy import create_engine, event, text

from store import Store
from store.database import database_url
from store.ledger import Ledger
from tests.store.agency import Agency
from tests.store.databases import Clock
from tests.store.test_ledger import LEASE

HISTORY = 2000


async def test_claiming_reads_the_index_of_what_is_due(
    url: str, store: Store, agency: Agency, clock: Clock
) -> None:
    fill_history(url, clock)
    statement, parameters = the_claim(url, store, clock)
    plan = explain(url, statement, parameters)
    assert "ix_delivery_due" in plan, plan
    assert "temp b-tree" not in plan.lower(), f"the index must match the order: {plan}"
    assert "Sort" not in plan, f"the index must match the order: {plan}"


def fill_history(url: str, clock: Clock) -> None:
    engine = create_engine(database_url(url))
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO destination "
                "(id, workspace_id, kind, alias, address, error, failures, created_at) "
                "VALUES (1, 'T1', 'channel', '#c', 'C1', '', 0, :now)"
            ),
            {"now": clock()},
        )
        for table, columns, values in (
            (
                "event",
                "id, type, phase, subject, severity, occurred_at, recorded_at, dedupe_key, payload",
                ":id, 'outlier', '', '', 'info', :now, :now, :key, '{}'",
            ),
            (
                "delivery",
                "id, event_id, workspace_id, destination_id, address, rule_ids, state, due_at, owner, "
                "tries, error, bundle, channel, ts",
                ":id, :id, 'T1', 1, 'channel:C1', '[]', 1, :now, '', 1, '', '', 'C1', '1.0'",
            ),
        ):
            rows = [{"id": id, "now": clock(), "key": f"old-{id}"} for id in range(1, HISTORY + 1)]
            connection.execute(
                text(f"INSERT INTO {table} ({columns}) VALUES ({values})"),
                [{k: v for k, v in row.items() if f":{k}" in values} for row in rows],
            )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()


def the_claim(url: str, store: Store, clock: Clock) -> tuple[str, Any]:
    """The statement as it reaches the database, with its parameters."""
    engine = create_engine(database_url(url))
    seen: list[tuple[str, Any]] = []

    @event.listens_for(engine, "before_cursor_execute")
    def _look(_c: Any, _cursor: Any, statement: str, parameters: Any, _ctx: Any, _many: bool) -> None:
        seen.append((statement, parameters))

    Ledger(engine, owner="me", ids=store.ids).claim(now=clock(), lease=LEASE, limit=50)
    engine.dispose()
    return next(each for each in seen if "FROM delivery" in each[0])


def explain(url: str, statement: str, parameters: Any) -> str:
    engine = create_engine(database_url(url))
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            plan = " / ".join(row[3] for row in rows)
        else:
            connection.exec_driver_sql("SET plan_cache_mode = force_generic_plan")
            found = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar_one()
            plan = json.dumps(found)
    engine.dispose()
    return plan
