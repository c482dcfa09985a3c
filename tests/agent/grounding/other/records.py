"""The same of what is no metric: outliers, people, jobs, notes, reports."""

from datetime import timedelta

from tests.agent.grounding.other.data import JOBS, LAST, PEOPLE, Result, World, compared, period


def outliers(world: World) -> Result:
    found = []
    days = world.rng.sample(range(1, 14), 3)
    for index, (channel, ago) in enumerate(zip(world.channels[:3], days, strict=True)):
        expected = round(world.size * world.rng.uniform(0.5, 1.5), 2)
        value = round(expected * world.rng.choice((0.25, 0.4, 1.8, 2.6, 3.4)), 2)
        at = f"{LAST - timedelta(days=ago)}T{world.rng.randint(1, 22):02}:00:00Z"
        change = compared(value, expected)
        found.append(
            {
                **{"id": str(90000 + index), "time": at, "client": world.clients[0], "metric": world.money},
                **{"channel": channel, "unit": world.symbol, "value": value, "expected": expected},
                **{"usual": [round(expected * 0.8, 2), round(expected * 1.2, 2)]},
                **{"difference": change["difference"], "percent": change["percent"]},
                "severity": "critical" if index else "warning",
            }
        )
    return {
        **{
            "period": period(LAST, 15),
            "count": 3,
            "left_out": 0,
            "by_severity": {"critical": 2, "warning": 1},
        },
        "outliers": found,
        "source": world.source(**period(LAST, 15)),
    }


def people(world: World, many: int) -> Result:
    rows = []
    for index, name in enumerate(world.rng.sample(PEOPLE, 4)):
        orders, average = world.rng.randint(3, 60), world.rng.uniform(20, 400)
        rows.append(
            {
                **{
                    "customer_id": f"K-{2000 + index}",
                    "name": name,
                    "segment": ("vip", "new", "vip", "dormant")[index],
                },
                **{
                    "orders": orders,
                    "revenue": round(orders * average, 2),
                    "average_order": round(average, 2),
                },
            }
        )
    rows.sort(key=lambda row: -float(str(row["revenue"])))
    return {"customers": rows, "count": many, "left_out": many - 4, "source": world.source(rows=4)}


def segments(world: World) -> Result:
    sizes = world.rng.sample(range(8, 99), 3)
    rows = [
        {"segment": name, "customers": size, "new": size // 3, "orders": size * world.rng.randint(2, 5) + 1}
        for name, size in zip(("vip", "new", "dormant"), sizes, strict=True)
    ]
    return {
        **{"period": period(LAST, 30), "total": sum(sizes), "new": sum(one // 3 for one in sizes)},
        **{
            "returning": sizes[0] + 1,
            "orders": sum(int(str(row["orders"])) for row in rows),
            "by_segment": rows,
        },
        "source": world.source(**period(LAST, 30)),
    }


def task_runs(world: World) -> Result:
    jobs, runs = [], []
    for index, name in enumerate(world.rng.sample(JOBS, 3)):
        failed, dead = world.rng.randint(0, 6), world.rng.randint(0, 2)
        jobs.append(
            {
                **{
                    "job": name,
                    "client": world.clients[0],
                    "succeeded": world.rng.randint(8, 40),
                    "failed": failed,
                },
                **{"dead_letter": dead, "last_state": "succeeded", "last_run": f"{LAST}T0{index + 2}:17:00Z"},
            }
        )
        runs.append(
            {"job": name, "state": "succeeded", "attempt": 1, "occurred_at": f"{LAST}T0{index + 2}:17:00Z"}
        )
    counts = {key: sum(int(str(job[key])) for job in jobs) for key in ("succeeded", "failed", "dead_letter")}
    return {
        **{"period": period(LAST, 14), "counts": counts, "jobs": jobs, "job_count": 3, "runs": runs},
        **{"count": sum(counts.values()), "left_out": sum(counts.values()) - 3},
        "source": world.source(**period(LAST, 14)),
    }


def notes(world: World) -> Result:
    texts = (
        ("Visits doubled after the relaunch", "Watch it until Friday.", "open"),
        ("Budget +15 % from December", "Agreed with the client.", "open"),
        ("Half the feed was missing", "1,204 items came back.", "done"),
        ("Landing page v2", "Live since 9 Nov.", "in_progress"),
        ("Ask for the Q4 plan", "", "open"),
    )
    listed = [
        {
            **{
                "id": str(700 + index),
                "title": title,
                "body": body,
                "status": status,
                "author": PEOPLE[index],
            },
            **{"client": world.clients[0], "created_at": f"{LAST - timedelta(days=2 * index + 1)}T10:20:00Z"},
        }
        for index, (title, body, status) in enumerate(texts)
    ]
    more = world.rng.randint(2, 20)
    return {
        **{"period": None, "counts": {"open": 3 + more, "in_progress": 1, "done": 1 + more}, "notes": listed},
        **{"count": 5 + 2 * more, "left_out": 2 * more, "source": world.source(rows=5)},
    }


def report(world: World) -> Result:
    """Rows of a report, as a database gives them: no units."""
    skus = ("A-100", "B-20", "C-7")
    rows = [
        {
            "product": sku,
            "sold": world.rng.randint(20, 900),
            "turnover": round(world.size * world.rng.uniform(0.1, 3), 2),
        }
        for sku in skus
    ]
    totals = {key: round(sum(float(str(row[key])) for row in rows), 2) for key in ("sold", "turnover")}
    host = world.clients[0].split()[0].lower().replace("ä", "a")
    url = f"https://bi.{host}.example/boards/{world.rng.randint(100, 999)}?tab=top"
    return {
        **{"report": {"id": "12", "name": "Top products", "client": world.clients[0], "url": url}},
        **{
            "run_at": f"{LAST}T06:30:00Z",
            "hours_old": 3.0,
            "columns": ["product", "sold", "turnover"],
            "rows": rows,
        },
        **{"row_count": 3, "left_out": 0, "is_cut": False, "totals": totals, "source": world.source(rows=3)},
    }
