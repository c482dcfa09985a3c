"""Which row grew, or fell, most: said first, above the table of all rows."""

from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.wording.figures import figure, signed_percent
from houston.agent.patterns.wording.rows import row_name


def growth(question: Question, result: Result) -> str:
    """Empty where it was not asked, or where no row can be compared."""
    if question.measure not in ("grown", "fallen"):
        return ""
    up = question.measure == "grown"
    rows = [row for row in result.get("rows") or () if row.get("percent") is not None]
    moved = [row for row in rows if (row["percent"] > 0) == up and row["percent"]]
    if not rows or not moved:
        return f"None of them {'grew' if up else 'fell'}." if rows else ""
    first = max(moved, key=lambda row: abs(float(row["percent"])))
    unit = result["unit"]
    came_to = f"{figure(first['compared_value'], unit)} to {figure(first['value'], unit)}"
    verb = "grew" if up else "fell"
    name = row_name(first, result["by"])
    return f"**{name}** {verb} most, by percentage: {signed_percent(first['percent'])}, from {came_to}."
