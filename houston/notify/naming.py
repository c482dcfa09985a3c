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
    """`spend · google-ads`, `nightly_sync`; '' where its type says it all, as of a digest."""
    if type == "outlier":
        parts = (payload.get("metric") or subject, payload.get("channel"))
        said = " · ".join(str(part) for part in parts if part)
    else:
        said = str(payload.get(NAMED_BY.get(type, ""), "") or subject)
    one_line = " ".join(said.split())
    return one_line if len(one_line) <= LONGEST else one_line[: LONGEST - 1].rstrip() + "…"
