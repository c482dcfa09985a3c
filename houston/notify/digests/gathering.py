"""A digest out of what happened: what one scope may see of one day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from houston.notify.digests.digest import Digest, Review, Section, Waiting
from houston.notify.digests.figures import figures
from houston.notify.digests.happened import NAMED, Happened, happened, is_taken
from houston.notify.digests.moments import Window
from houston.notify.digests.naming import incident
from houston.notify.permalinks import Permalinks, Place
from houston.watch.metrics import Metrics
from store import Scope, Store
from store.tables import Client, Workspace

SHOWN, QUIET_SHOWN = 10, 20
"""Clients with news, and others, in one digest."""

FIGURES_OF_ONE, FIGURES_OF_MANY = 6, 2
"""Metrics a client, where it is the only one, and where it is not."""

NAMED_OF_MANY = 3

WEIGHTS = {"critical": 100, "warning": 10, "info": 1}
TASK, UNTAKEN, NOTE = 10, 5, 1
"""How busy what makes a client."""


@dataclass(frozen=True, kw_only=True)
class Gathering:
    store: Store
    metrics: Metrics
    links: Permalinks

    async def __call__(
        self,
        scope: Scope,
        *,
        workspace: Workspace,
        window: Window,
        now: datetime,
        review: Review | None = None,
    ) -> Digest:
        async with self.store.read() as uow:
            clients = {each.id: each for each in await uow.clients.all(scope=scope)}
            found = await happened(uow, scope, window, now)
        ids = {*clients, *found.clients}
        links = await self._links(workspace.id, found)
        named = NAMED if len(ids) == 1 else NAMED_OF_MANY
        sections = {id: _section(id, clients.get(id), found, links, named) for id in ids}
        busy = sorted((id for id in ids if not sections[id].is_quiet), key=lambda id: _rank(sections[id]))
        quiet = sorted((id for id in ids if sections[id].is_quiet), key=lambda id: sections[id].name)
        shown = [*busy[:SHOWN], *quiet[: max(0, SHOWN - len(busy))]]
        with_figures = await self._with_figures(scope, sections, shown, window, ZoneInfo(workspace.timezone))
        return Digest(
            today=window.today,
            day=window.day,
            start=window.start,
            end=window.end,
            has_clients=workspace.has_clients,
            client_ids=None if scope.client_ids is None else tuple(sorted(scope.client_ids)),
            sections=tuple(with_figures[id] for id in busy[:SHOWN]),
            quiet=tuple(with_figures[id] for id in quiet[:QUIET_SHOWN]),
            more=max(0, len(busy) - SHOWN),
            more_quiet=max(0, len(quiet) - QUIET_SHOWN),
            undelivered=tuple(found.undelivered),
            review=review,
        )

    async def _with_figures(
        self,
        scope: Scope,
        sections: Mapping[int | None, Section],
        shown: Sequence[int | None],
        window: Window,
        zone: ZoneInfo,
    ) -> dict[int | None, Section]:
        most = FIGURES_OF_ONE if len(sections) == 1 else FIGURES_OF_MANY
        found = dict(sections)
        for id in shown:
            if id is not None:
                values = await figures(self.metrics, scope, id, window.day, zone, most=most)
                found[id] = replace(found[id], figures=values)
        return found

    async def _links(self, workspace_id: str, found: Happened) -> dict[int, str]:
        """To the threads of episodes, by id."""
        places: dict[int, Place] = {
            id: (workspace_id, channel, ts) for id, (channel, ts) in found.threads.items()
        }
        links = await self.links.all(places.values())
        return {id: links.get(place) or "" for id, place in places.items()}


def _section(
    id: int | None, client: Client | None, found: Happened, links: Mapping[int, str], named: int
) -> Section:
    fired = found.fired.get(id, {})
    return Section(
        name=client.name if client else "",
        slug=client.slug if client else "",
        notes=found.notes.get(id, {}),
        incidents={severity: count for severity, (count, _) in fired.items()},
        over=sum(over for _, over in fired.values()),
        worst=tuple(incident(each, link=links.get(each.id, "")) for each in found.worst.get(id, ())[:named]),
        tasks=tuple(found.tasks.get(id, ())),
        waiting=_waiting(id, found, links, named),
    )


def _waiting(id: int | None, found: Happened, links: Mapping[int, str], named: int) -> Waiting:
    """What is named among the worst already is only counted."""
    going_on = found.going_on.get(id, ())
    told = {each.id for each in found.worst.get(id, ())[:named]}
    others = [(each, snoozed) for each, snoozed in going_on if each.id not in told]
    return Waiting(
        untaken=sum(not snoozed and not is_taken(each) for each, snoozed in going_on),
        snoozed=sum(snoozed for _, snoozed in going_on),
        named=tuple(
            incident(each, link=links.get(each.id, ""), is_snoozed=snoozed)
            for each, snoozed in others[:named]
        ),
    )


def _rank(section: Section) -> tuple[int, str]:
    """The busiest first."""
    incidents = sum(WEIGHTS.get(severity, 1) * count for severity, count in section.incidents.items())
    others = TASK * len(section.tasks) + UNTAKEN * section.waiting.untaken
    return -(incidents + others + NOTE * sum(section.notes.values())), section.name
