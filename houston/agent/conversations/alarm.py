"""Tells admins what keeps the language model from answering."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from houston.team.notices import Notices

PAUSE = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """Each cause at most once an hour: to the agency's admins, who run Houston."""

    notices: Notices
    now: Callable[[], datetime]
    _told: dict[str, datetime] = field(default_factory=dict)

    async def raise_for(self, cause: str) -> None:
        now = self.now()
        last = self._told.get(cause)
        if last is not None and now - last < PAUSE:
            return
        self._told[cause] = now
        await self.notices.tell_admins(text=cause, key=f"model {cause} {now:%Y-%m-%dT%H}")
