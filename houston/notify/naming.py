"""What an event or an episode is called in one line of plain words, from what its payload says."""

from collections.abc import Mapping
from typing import Any

NAMED_BY = {
    "system_error": "title",
    "task_failure": "job",
    "data_alert": "alert",
    "notebook_alert": "notebook",
    "note_created": "title",
    "note_updated": "title",
}
LONGEST = 200


def name(type: str, payload: Mapping[str, Any], subject: str = "") -> str:
    """`spend · google-ads`, `spend in 8 channels`, `nightly_sync`; '' where its type says it all, as of a
    digest."""
    if type == "outlier":
        said = _metrics(payload, subject)
    else:
        said = str(payload.get(NAMED_BY.get(type, ""), "") or subject)
    one_line = " ".join(said.split())
    return one_line if len(one_line) <= LONGEST else one_line[: LONGEST - 1].rstrip() + "…"


def _metrics(payload: Mapping[str, Any], subject: str) -> str:
    metric, several = payload.get("metric") or subject, payload.get("metrics") or ()
    if len(several) > 1 and len({each["metric"] for each in several}) == 1:
        return f"{metric} in {len(several):,} channels"
    parts = (metric, payload.get("channel"))
    said = " · ".join(str(part) for part in parts if part)
    return f"{said} and {len(several) - 1:,} more" if len(several) > 1 else said
