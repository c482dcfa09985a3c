"""The sample agency's shop, as a file to read by SQL: a pure function of seed and now."""

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

DAYS = 120
SHOPS = (("Zürich", 1.0), ("Berlin", 1.6), ("online", 3.1))
HEADER = "day,shop,Visitors,Orders,Revenue"
WEEK = (0.9, 0.95, 1.0, 1.02, 1.15, 1.3, 0.68)
"""Monday to Sunday."""

REPORT = """\
SELECT shop, sum("Revenue") AS "Revenue", sum("Orders") AS "Orders",
       100.0 * sum("Orders") / sum("Visitors") AS "Conversion Rate"
FROM orders
WHERE day > CAST(:now AS DATE) - 2 AND day < CAST(:now AS DATE)
GROUP BY shop ORDER BY shop"""

WEEK_REPORT = """\
SELECT day, sum("Orders") AS "Orders", sum("Revenue") AS "Revenue"
FROM orders
WHERE day > CAST(:now AS DATE) - 8 AND day < CAST(:now AS DATE)
GROUP BY day ORDER BY day"""


def write_shop(folder: Path, seed: int, now: datetime) -> None:
    """`orders.csv`: a row a day and shop, the last 120 days up to yesterday."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "orders.csv").write_text("\n".join(shop_lines(seed, now)) + "\n", encoding="utf-8")


def shop_lines(seed: int, now: datetime) -> list[str]:
    """The file's lines, its header first."""
    rng = np.random.default_rng(seed)
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [HEADER]
    for ago in range(DAYS, 0, -1):
        day = today - timedelta(days=ago)
        for shop, size in SHOPS:
            visitors = int(4000 * size * WEEK[day.weekday()] * rng.lognormal(0, 0.05))
            orders = int(visitors * 0.026 * rng.lognormal(0, 0.06))
            lines.append(f"{day:%Y-%m-%d},{shop},{visitors},{orders},{orders * 84.5:.2f}")
    return lines
