"""An outlier's series since, and before: whether it is over, whether it happened earlier."""

from houston.agent.facts import Facts
from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.wording.figures import figure, signed_percent
from houston.agent.patterns.wording.phrases import client_of, moment, place_of, table_of


def earlier(result: Result, facts: Facts) -> list[str]:
    place = f"**{place_of(result['outlier'])}** for {client_of(result)}"
    rows = [
        (
            moment(row["time"], facts),
            figure(row["value"], row.get("unit") or ""),
            signed_percent(row.get("percent")),
            row["severity"],
        )
        for row in result.get("earlier") or ()
    ]
    if not rows:
        return [f"No: no earlier outlier of {place} is on record."]
    return [f"Yes, {place} was out of line before:", table_of(("When", "Value", "Off by", "Severity"), rows)]


def now(result: Result, facts: Facts) -> str:
    latest, unit = result["now"], result["now"].get("unit") or ""
    state = "is back to usual" if latest.get("is_usual") else "is still out of line"
    usual = f" where {figure(latest['usual'], unit)} is usual" if latest.get("usual") is not None else ""
    return (
        f"**{place_of(result['outlier'])}** for {client_of(result)} {state}: "
        f"**{figure(latest['value'], unit)}** on {moment(latest['time'], facts)}{usual}"
        f" ({signed_percent(latest.get('percent'))})."
    )
