import asyncio
import hashlib
import logging
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from houston import access
from houston.notify.vocabulary import SEVERITIES
from houston.records.checks import Checks, owner
from houston.records.intake import Reported, key
from houston.records.redaction import redacted
from houston.watch.episodes import Episodes
from houston.watch.policy import Policy
from houston.watch.rows import Sighting
from store import Scope, Store
from store.faults import counting
from store.tables import Fault

log = logging.getLogger(__name__)

RECORDING_SECONDS = 10
"""How long a failing part of Houston waits for its fault to be kept."""

FAULT = Policy(
    repeat_after=timedelta(hours=1), forget_after=timedelta(hours=24), announces_resolved=False, takes="any"
)
"""One message for as long as it goes on; after a day without it, it is a new one."""


@dataclass(frozen=True, kw_only=True)
class Faults:
    """Errors of programs, Houston's own among them: counted always, told as one episode."""

    store: Store
    episodes: Episodes
    now: Callable[[], datetime]
    rng: random.Random

    async def report(
        self,
        scope: Scope,
        *,
        title: str,
        message: str = "",
        fingerprint: str = "",
        service: str = "",
        severity: str = "critical",
        url: str = "",
        client_id: int | None = None,
        occurred_at: datetime | None = None,
    ) -> Reported:
        """Count a fault; the first in a day is told. Raises InvalidFields, NotFound."""
        now, checks = self.now(), Checks()
        client_id = owner(scope, client_id)
        happened = checks.moment("occurred_at", occurred_at, now=now)
        fault = Fault(
            id=self.store.ids.next(),
            fingerprint=checks.text("fingerprint", fingerprint, most=200),
            client_id=client_id,
            title=checks.text("title", title, most=300, required=True),
            message=checks.text("message", message, most=20_000),
            service=checks.text("service", service, most=200),
            severity=checks.choice("severity", severity, SEVERITIES),
            url=checks.link("url", url),
            first_at=happened,
            last_at=happened,
        )
        checks.done()
        fault.fingerprint = key("fault", client_id, fault.fingerprint or likeness(fault.service, fault.title))
        return await self._keep(scope, fault, now)

    async def unhandled(self, error: BaseException, where: str) -> str:
        """Log an error that nobody expected and tell of it; the reference that a person may be shown.

        Never raises: a fault that cannot be recorded is in the log all the same.
        """
        reference = f"{self.rng.getrandbits(32):08x}"
        log.error("unhandled in %s (reference %s)", where, reference, exc_info=error)
        try:
            async with asyncio.timeout(RECORDING_SECONDS):
                await self.report(
                    access.everything(),
                    title=type(error).__name__,
                    message=f"{where[:200]}: {_said(error)} (reference {reference})",
                    fingerprint=f"{type(error).__name__} in {where}"[:200],
                    service="Houston",
                )
        except Exception:
            log.exception("the fault %s could not be recorded", reference)
        return reference

    async def _keep(self, scope: Scope, fault: Fault, now: datetime) -> Reported:
        seen = await self.episodes.see(_sighting(fault, now), counting(fault), policy=FAULT)
        async with self.store.read() as uow:
            kept = await uow.faults.find(scope=scope, fingerprint=fault.fingerprint)
            told = await uow.events.first_of(scope=scope, episode_id=seen.episode_id or 0)
        event_id = seen.event_id or (told.id if told else None)
        return Reported(id=kept.id if kept else fault.id, event_id=event_id)


def _sighting(fault: Fault, now: datetime) -> Sighting:
    return Sighting(
        key=fault.fingerprint,
        type="system_error",
        client_id=fault.client_id,
        subject=fault.service or fault.title,
        at=min(fault.last_at, now),
        verdict="breach",
        severity=fault.severity,
        payload=fault.model_dump(include={"title", "message", "service", "url"}),
    )


def likeness(service: str, title: str) -> str:
    """The same for errors that differ in numbers and ids only."""
    alike = re.sub(r"\b(?=\w*\d)[\w-]+", "#", f"{service}\n{title}".casefold())
    return hashlib.sha256(alike.encode()).hexdigest()


def _said(error: BaseException) -> str:
    """The first line of an error's words: the rest may hold statements and rows."""
    lines = str(error).strip().splitlines()
    return redacted(lines[0])[:300] if lines else "no message"
