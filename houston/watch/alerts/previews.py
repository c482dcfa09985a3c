"""What an alert means, and what it would have done: before anybody saves it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from houston import access
from houston.access import Actor
from houston.errors import HoustonError, InvalidFields
from houston.watch.alerts.alert import AlertDraft, AlertPreview, Explained
from houston.watch.alerts.conditions import Judgement, Rows
from houston.watch.alerts.explaining import explained
from houston.watch.alerts.filling import judgeable
from houston.watch.alerts.history import REMEMBERED
from houston.watch.alerts.looking import Looking
from houston.watch.alerts.rehearsal import Then, drawn, rehearse
from houston.watch.alerts.replays import Progress, Replayed, Replays
from houston.watch.alerts.rows_of import of_run
from houston.watch.alerts.watched import Watched, policy_of, uses_now, watched
from store import Store
from store.tables import Alert, Report

PAGE, MOST_CELLS = 100, 200_000
"""Of stored runs: how many are read at once, and cells from which no more are."""

FEW, ENOUGH = 2, 30
"""Stored runs from which there is a history; and from which it is better than one that is replayed."""

__all__ = ["Previews", "Progress", "quietly"]


def quietly(done: int, all: int) -> None:
    """Tells nobody of a replay's progress."""


class Looked(NamedTuple):
    """A draft, as far as it is judged, and what the report gives now."""

    alert: Alert
    report: Report
    what: Watched
    rows: Rows
    judgement: Judgement
    now: datetime

    @property
    def explained(self) -> tuple[Explained, ...]:
        return explained(self.what.rules, self.judgement, self.rows)


@dataclass(frozen=True, kw_only=True)
class Previews:
    store: Store
    looking: Looking
    replays: Replays
    now: Callable[[], datetime]

    async def explain(self, actor: Actor, draft: AlertDraft) -> tuple[Explained, ...]:
        return (await self._looked(actor, draft)).explained

    async def demand_judgeable(self, actor: Actor, draft: AlertDraft) -> None:
        """Raises InvalidFields for a condition that would be an error from the beginning."""
        wrong = [each.error for each in await self.explain(actor, draft) if each.verdict == "error"]
        if wrong:
            raise InvalidFields({"rules": "\n\n".join(wrong)})

    async def preview(self, actor: Actor, draft: AlertDraft, progress: Progress) -> AlertPreview:
        looked = await self._looked(actor, draft)
        history, how = await self._history(looked, progress)
        today = Then(looked.now, looked.rows)
        looks, known = (*history.looks, today), (*history.known, today)
        policy = policy_of(looked.alert)
        rehearsed = await asyncio.to_thread(rehearse, looked.what, policy, looks, known)
        return AlertPreview(
            would_fire=len(rehearsed.fired),
            times=rehearsed.fired,
            runs=len(looks),
            since=looks[0].at if how != "now" else None,
            how=how,
            explained=looked.explained,
            chart=drawn(draft.name, looked.what, rehearsed),
        )

    async def _looked(self, actor: Actor, draft: AlertDraft) -> Looked:
        """Raises InvalidFields."""
        now = self.now()
        alert = Alert(report_id=0, name="", created_at=now, due_at=now)
        async with self.store.read() as uow:
            report = await judgeable(uow, actor, alert, draft)
        what = watched(alert)
        try:
            rows = await self.looking.recent_rows(report, now)
            judgement = await self.looking.judged(report, what, rows, now)
        except HoustonError as error:
            raise InvalidFields({"report": error.message}) from error
        return Looked(alert, report, what, rows, judgement, now)

    async def _history(
        self, looked: Looked, progress: Progress
    ) -> tuple[Replayed, Literal["stored", "replayed", "now"]]:
        stored = await self._stored(looked)
        can_replay = uses_now(looked.report.sql)
        if len(stored.looks) >= (ENOUGH if can_replay else FEW):
            return stored, "stored"
        if can_replay:
            replayed = await self.replays.replay(looked.report, looked.what, looked.now, progress)
            if len(replayed.looks) >= FEW:
                return replayed, "replayed"
        return Replayed(looks=(), known=stored.known), "now"

    async def _stored(self, looked: Looked) -> Replayed:
        """The newest, as far as they fit in memory."""
        known: list[Then] = []
        size, end = 0, looked.now
        while size < MOST_CELLS:
            page = await self._page(looked, end)
            known = [*page, *known]
            size += sum(1 + len(each.rows.rows) * len(each.rows.columns) for each in page)
            if len(page) < PAGE:
                break
            end = page[0].at
        gap = looked.what.period(looked.now) / 2
        return Replayed(looks=_apart(known, gap), known=tuple(known))

    async def _page(self, looked: Looked, end: datetime) -> list[Then]:
        """The newest before `end`, oldest first."""
        async with self.store.read() as uow:
            runs = await uow.report_runs.between(
                scope=access.everything(),
                report_id=looked.report.id or 0,
                start=looked.now - REMEMBERED,
                end=end,
                limit=PAGE,
            )
        return await asyncio.to_thread(lambda: [Then(run.at, of_run(run)) for run in runs])


def _apart(runs: Sequence[Then], gap: timedelta) -> tuple[Then, ...]:
    """Others may have run the report more often than this alert looks."""
    kept: list[Then] = []
    for run in runs:
        if not kept or run.at - kept[-1].at >= gap:
            kept.append(run)
    return tuple(kept)
