"""What is going on, in one numbered list: most severe first, each with when."""

from collections.abc import Sequence

from houston.agent.facts import Facts
from houston.agent.patterns.planning.briefing import Item, items
from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.wording.figures import figure, plain, signed_percent
from houston.agent.patterns.wording.phrases import client_of, moment, title_of, when_of

TITLES = {
    "outliers": "Out of line or firing:", "episodes": "Out of line or firing:",
    "runs": "Failed:", "notes": "Open notes, the newest:",
}  # fmt: skip
QUIET = "Nothing that you must look at"


def briefing(question: Question, results: Sequence[Result], facts: Facts) -> list[str]:
    listed = items(results)
    when = when_of(next(result["period"] for result in results if result.get("period")), facts)
    urgent = [one for one in listed if one.kind != "notes"]
    where = f"for {client_of(results[0])}"
    head = (
        f"**What matters** {where}, {when}:"
        if urgent
        else f"{QUIET} {where}, {when}: no outliers, nothing fires and no job failed."
    )
    parts: list[str] = [head]
    for number, one in enumerate(listed, start=1):
        title = TITLES[one.kind]
        if title not in parts:
            parts.append(title)
        parts.append(f"{number}. {_line(one, facts)}")
    return _joined(parts)


def _joined(parts: Sequence[str]) -> list[str]:
    """Rows of one part in one paragraph."""
    paragraphs: list[str] = []
    for part in parts:
        if part[:1].isdigit():
            paragraphs[-1] += f"\n{part}"
        else:
            paragraphs.append(part)
    return paragraphs


def _line(one: Item, facts: Facts) -> str:
    row = one.row
    whose = plain(str(row.get("client") or ""))
    match one.kind:
        case "outliers":
            unit = row.get("unit") or ""
            place = title_of(row["metric"]) + (f" · {plain(row['channel'])}" if row.get("channel") else "")
            off = f"{figure(row['value'], unit)} where {figure(row['expected'], unit)} was expected"
            return (
                f"**{place}** for {whose}: {off} ({signed_percent(row['percent'])}), "
                f"{moment(row['time'], facts)}, {row['severity']}"
            )
        case "episodes":
            kind = plain(str(row.get("type", "")).replace("_", " "))
            since, reason = moment(row.get("opened_at"), facts), _reason(row)
            return (
                f"**{plain(str(row['what']))}** for {whose}: {kind}{reason}, since {since}, {row['severity']}"
            )
        case "runs":
            error = f": {plain(str(row['error']))}" if row.get("error") else ""
            state = " (given up)" if row["state"] == "dead_letter" else ""
            return f"**{plain(row['job'])}** for {whose}{error}{state}, {moment(row['occurred_at'], facts)}"
    return f"**{plain(row['title'])}** for {whose} ({plain(row['author'] or '–')}, {_day(row, facts)})"


def _reason(row: Result) -> str:
    said = str(row.get("error") or row.get("reason") or "")
    return f" ({plain(said)})" if said else ""


def _day(row: Result, facts: Facts) -> str:
    return moment(row["created_at"], facts).split(",")[0]
