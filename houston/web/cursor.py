"""Where the next page of a list begins: after the time and id of this page's last item."""

import base64
import binascii
from datetime import datetime

from houston.errors import Invalid


def cursor(time: datetime, id: int) -> str:
    return base64.urlsafe_b64encode(f"{time.isoformat()} {id}".encode()).decode()


def position(cursor: str | None) -> tuple[datetime, int] | None:
    """Raises Invalid for a cursor that we did not make."""
    if cursor is None:
        return None
    try:
        time, _, id = base64.urlsafe_b64decode(cursor.encode()).decode("ascii").partition(" ")
        found = datetime.fromisoformat(time), int(id)
    except (ValueError, binascii.Error) as error:
        raise Invalid("cursor", "cursor is not one of ours: use the next_cursor of a page.") from error
    if found[0].tzinfo is None or not 0 <= found[1] < 2**63:
        raise Invalid("cursor", "cursor is not one of ours: use the next_cursor of a page.")
    return found
