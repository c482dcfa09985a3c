"""What the sections of the tab *Watching* list."""

from collections.abc import Awaitable, Callable, Mapping

from bot.views.place import Section
from bot.views.reader import Reader
from bot.views.watching import alerts, definitions, feeds, metrics, reports, sources
from bot.views.watching.listing import Listing
from bot.views.watching.tab import Watching
from houston.access import Actor
from houston.assembly import Houston
from store.scope import Scope


async def watching(houston: Houston, actor: Actor, reader: Reader, section: Section) -> Watching:
    return Watching(listing=await LISTINGS[section](houston, actor.scope, reader), reader=reader)


async def client_names(houston: Houston, scope: Scope, reader: Reader) -> Mapping[int | None, str]:
    """By id; empty where clients are not told apart."""
    return {each.id: each.name for each in await houston.clients.all(scope)} if reader.has_clients else {}


async def _alerts(houston: Houston, scope: Scope, reader: Reader) -> Listing:
    found, known = await houston.alerts.all(scope), await houston.reports.all(scope)
    return alerts.section_of(found, has_reports=bool(known))


async def _outliers(houston: Houston, scope: Scope, reader: Reader) -> Listing:
    return definitions.listed(await houston.definitions.all(scope), has_clients=reader.has_clients)


async def _reports(houston: Houston, scope: Scope, reader: Reader) -> Listing:
    found, known = await houston.reports.all(scope), await houston.data_sources.all(scope)
    return reports.listed(found, has_sources=bool(known))


async def _sources(houston: Houston, scope: Scope, reader: Reader) -> Listing:
    names = await client_names(houston, scope, reader)
    return sources.listed(await houston.data_sources.all(scope), names)


async def _feeds(houston: Houston, scope: Scope, reader: Reader) -> Listing:
    found, known = await houston.feeds.all(scope), await houston.data_sources.all(scope)
    return feeds.listed(found, reader.zone, has_sources=bool(known))


async def _metrics(houston: Houston, scope: Scope, reader: Reader) -> Listing:
    return metrics.listed(await houston.metric_settings.seen(scope), reader)


LISTINGS: dict[Section, Callable[[Houston, Scope, Reader], Awaitable[Listing]]] = {
    "alerts": _alerts,
    "outliers": _outliers,
    "reports": _reports,
    "sources": _sources,
    "feeds": _feeds,
    "metrics": _metrics,
}
