"""A shop's database, as a data source of this API's users: a real SQLite file, and CSV files."""

import sqlite3
from typing import Any

from tests.web.conftest import Api, Reply

SQL = 'SELECT day, revenue AS Revenue, customers AS "New Customers" FROM sales'
POINTS = "SELECT day AS time, revenue AS value FROM sales"


def url(api: Api) -> str:
    return f"sqlite:///{api.files / 'shop.db'}"


def open_shop(api: Api) -> None:
    """Yesterday's and today's sales."""
    with sqlite3.connect(api.files / "shop.db") as connection:
        connection.execute("CREATE TABLE sales (day TEXT, revenue REAL, customers INTEGER)")
        rows = [("2026-11-13", 11_000, 40), ("2026-11-14", 12_000, 60)]
        connection.executemany("INSERT INTO sales VALUES (?, ?, ?)", rows)
    connection.close()
    (api.files / "ads").mkdir()
    (api.files / "ads" / "spend.csv").write_text("time,value\n2026-11-14,5\n")


async def made(api: Api, path: str, **body: Any) -> str:
    """The id of what was added with the agency's key, or with `key`."""
    reply = await api.post(path, body, key=body.pop("key", ""))
    assert reply.status == 201, reply.json
    id: str = reply.json["id"]
    return id


async def source(api: Api, **more: Any) -> str:
    return await made(api, "/data-sources", **({"name": "Shop", "url": url(api)} | more))


async def report(api: Api, **more: Any) -> str:
    """On a data source of its own, unless one is named."""
    if "source" not in more:
        more["source"] = await source(api, client=more.pop("client", None))
    return await made(api, "/reports", **({"name": "Sales", "sql": SQL} | more))


async def alert(api: Api, **more: Any) -> str:
    if "report" not in more:
        more["report"] = await report(api, client=more.pop("client", None))
    conditions = [{"text": "Revenue < 10000"}]
    return await made(api, "/alerts", **({"name": "Low revenue", "conditions": conditions} | more))


async def get(api: Api, path: str, **more: Any) -> Reply:
    return await api.ask("GET", f"/api/v1{path}", **more)


async def patch(api: Api, path: str, body: Any, **more: Any) -> Reply:
    return await api.ask("PATCH", f"/api/v1{path}", json=body, **more)


async def delete(api: Api, path: str, **more: Any) -> Reply:
    return await api.ask("DELETE", f"/api/v1{path}", **more)


def wrong(reply: Reply) -> dict[str, str]:
    """Message by field."""
    assert reply.status == 422, reply.json
    return {each["field"]: each["message"] for each in reply.json["errors"]}
