"""What a definition would have done, before it is saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from houston.access import Actor
from houston.errors import InvalidFields, NotFound
from houston.watch import captions
from houston.watch.chart import Chart
from houston.watch.definition import DefinitionDraft
from houston.watch.definitions import CHANGE
from houston.watch.detection.draft_checks import check
from houston.watch.detection.looks import Look, named
from houston.watch.detection.trial import Trial, Trials, picture
from houston.watch.outliers.series import SeriesError
from store import Store

DAYS = 90


@dataclass(frozen=True, kw_only=True)
class Would:
    """An incident that would have fired: the metric that leads it, and how many others broke with it."""

    metric: str
    at: datetime
    severity: str
    reason: str
    others: int = 0


@dataclass(frozen=True, kw_only=True)
class DefinitionPreview:
    """`fired` the newest first; `series` that the pattern names; `since` when anything could be said,
    None where there is too little history for that. `words` say it in a sentence."""

    fired: tuple[Would, ...]
    series: int
    chart: Chart | None
    since: datetime | None
    words: str


@dataclass(frozen=True, kw_only=True)
class Previews:
    store: Store
    now: Callable[[], datetime]

    async def preview(self, actor: Actor, draft: DefinitionDraft, *, days: int = DAYS) -> DefinitionPreview:
        """Raises InvalidFields, by the draft's field names, NotFound, NotAllowed."""
        actor.demand_admin(CHANGE)
        kept = check(draft)
        zone = await self._zone(actor, draft.client_id)
        trials = Trials(store=self.store, now=self.now)
        past = await trials.past(actor.scope, kept, zone, days)
        try:
            return _preview(await trials.run(kept, past), days)
        except SeriesError as error:
            raise InvalidFields({"metrics": str(error)}) from error

    async def _zone(self, actor: Actor, client_id: int) -> ZoneInfo:
        async with self.store.read() as uow:
            if await uow.clients.get(scope=actor.scope, id=client_id) is None:
                raise NotFound("I know no such client.")
            workspace = await uow.workspaces.find(id=actor.scope.workspace_id or "")
        return ZoneInfo(workspace.timezone if workspace else "UTC")


def _preview(trial: Trial, days: int) -> DefinitionPreview:
    fired = tuple(_would(looks) for looks in trial.fired)[::-1]
    return DefinitionPreview(
        fired=fired,
        series=len(trial.judged),
        chart=picture(trial),
        since=trial.known_since,
        words=_words(trial, len(fired), days),
    )


def _would(looks: Sequence[Look]) -> Would:
    lead = looks[0]
    return Would(
        metric=named(lead.judged.metric),
        at=lead.at,
        severity=lead.severity,
        reason=lead.judged.reason(lead.row),
        others=len(looks) - 1,
    )


def _words(trial: Trial, fired: int, days: int) -> str:
    if not trial.judged:
        return "No metric of this client has that name and points, so there is nothing to try it on."
    since = trial.known_since
    if since is None:
        return "There is too little history to judge by yet: it begins to tell once it has learned enough."
    first = since.astimezone(trial.past.zone)
    stretch = f"in the last {days} days" if since <= trial.past.since else f"since {first:%b} {first.day}"
    return f"{would_have_fired(fired)} {stretch}."


def would_have_fired(amount: int) -> str:
    """`Would have fired 4 times`, `Would never have fired`."""
    return f"Would have fired {captions.times(amount)}" if amount else "Would never have fired"
