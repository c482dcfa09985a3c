"""How long the check of a sentence takes at worst: `python -m tests.agent.grounding.speed`.

Over 10,000 returned cells, each text of 4,000 characters; as a multiple of a plain sentence too.
"""

import time
from collections.abc import Mapping

from houston.agent.grounding.grounding import Grounding
from tests.agent.fakes import NOW
from tests.agent.grounding.results import FACTS, UTC

LENGTH = 4000
PLAIN = "Revenue of channel-7 was $7,007.50 in all.\n"
CELLS = 10_000


def known() -> Grounding:
    """Two metrics by 2,500 channels, each with its share and what it was before."""
    made = Grounding(now=NOW, zone=UTC, question="How was revenue?", facts=FACTS, history=())
    for number, metric in enumerate(("revenue", "clicks")):
        rows = [
            {"channel": f"channel-{row}", "value": row * 1001.0 + 0.5 + number, "share_percent": row / 100}
            for row in range(CELLS // 4)
        ]
        made.learn({"ref": f"r{number}", "metric": metric, "unit": "$", "total": 5e6, "rows": rows})
    return made


PIECES: Mapping[str, str] = {
    "digits": "1",
    "digits and dots": "1,234.5.",
    "numbers": "7,007.50 ",
    "money": "$7,007.50 and ",
    "percentages": "up 12.5 %, ",
    "names": "channel-7 7,007.50, channel-8 ",
    "links": "[a](https://x.example/1) ",
    "open brackets": "[![(",
    "bare domains": "a.b.c.com/",
    "addresses": "a.b+c@d.e.",
    "fields of a table": "| 12 ",
    "code": "`1` `a1` ",
    "ticks": "`1",
    "stars": "**- ",
    "signs": "+-−~ ",
    "dates": "12 Nov 2026 to ",
    "times": "at 10:00 ",
    "number words": "twenty-one and ",
    "shares": "1 out of 5 ",
    "directions": "rose by about ",
    "spaces": " " * 8,
    "quotes": "“doubled” ",
}


def texts() -> dict[str, str]:
    return {name: (piece * (LENGTH // len(piece) + 1))[:LENGTH] + "\n" for name, piece in PIECES.items()}


def seconds(made: Grounding, text: str, times: int = 3) -> float:
    """Of a core; the least of several."""
    took = []
    for _ in range(times):
        began = time.process_time()
        made.check(text)
        took.append(time.process_time() - began)
    return min(took)


def main() -> None:
    made = known()
    made.check(PLAIN)
    plain = seconds(made, PLAIN, 20)
    print(f"{'a plain sentence':<20} {plain * 1000:7.2f} ms")
    for name, text in sorted(texts().items(), key=lambda one: one[0]):
        took = seconds(made, text)
        print(f"{name:<20} {took * 1000:7.2f} ms {took / plain:7.1f} ×")


if __name__ == "__main__":
    main()
