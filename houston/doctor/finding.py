"""What a check finds, and all checks at once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from houston.errors import HoustonError

log = logging.getLogger(__name__)

SECONDS = 20.0


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One line: `ok` is None for what is not set up, or cannot be seen from here.

    `detail` says how it stands, `mend` what to do about it; neither ever holds a secret.
    """

    check: str
    ok: bool | None
    detail: str
    mend: str = ""


@dataclass(frozen=True, kw_only=True)
class Check:
    """`look` is asked for once and has `seconds` to answer; `name` stands for it where it does not."""

    group: str
    name: str
    look: Callable[[], Awaitable[Sequence[Finding]]]
    seconds: float = SECONDS


@dataclass(frozen=True, kw_only=True)
class Section:
    """What the checks of one group found."""

    group: str
    findings: Sequence[Finding]


def well(check: str, detail: str) -> Finding:
    return Finding(check=check, ok=True, detail=detail)


def wrong(check: str, detail: str, mend: str = "") -> Finding:
    """Without a `mend` the first sentence of `detail` says what is wrong, and the rest what to do."""
    if not mend:
        first, stop, mend = detail.partition(". ")
        detail = f"{first}." if stop else detail
    return Finding(check=check, ok=False, detail=detail, mend=mend)


def unset(check: str, detail: str, mend: str = "") -> Finding:
    return Finding(check=check, ok=None, detail=detail, mend=mend)


async def examine(checks: Sequence[Check]) -> list[Section]:
    """All of them together; one that fails is a finding of its own and hides no other."""
    found = await asyncio.gather(*(_looked(check) for check in checks), return_exceptions=True)
    sections: dict[str, list[Finding]] = {}
    for check, outcome in zip(checks, found, strict=True):
        sections.setdefault(check.group, []).extend(_findings(check, outcome))
    return [Section(group=group, findings=findings) for group, findings in sections.items()]


async def _looked(check: Check) -> Sequence[Finding]:
    async with asyncio.timeout(check.seconds):
        return await check.look()


def _findings(check: Check, outcome: Sequence[Finding] | BaseException) -> Sequence[Finding]:
    match outcome:
        case HoustonError():
            return [wrong(check.name, outcome.message)]
        case TimeoutError():
            waited = f"no answer within {check.seconds:g} seconds"
            return [
                wrong(check.name, waited, "Look at the network between here and there, then run this again.")
            ]
        case Exception():
            log.error("the check %r failed", check.name, exc_info=outcome)
            failed = f"the check itself failed ({type(outcome).__name__})"
            return [wrong(check.name, failed, "Please report this; the other checks still count.")]
        case BaseException():
            raise outcome
    return outcome
