"""Users' databases, as people add them: tried before they are kept, their URLs sealed and never shown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from houston.access import Actor
from houston.errors import Conflict, InvalidFields, NotFound
from houston.reports import addresses, source_rows
from houston.reports.source_rows import CHANGE, SourceDraft
from store import Scope, Store, UnitOfWork
from store.errors import SourceError, SourceFailed
from store.sources import Result, Source, Sources, Trial
from store.sources.failures import SAID
from store.tables import DataSource

__all__ = ["CHANGE", "DataSources", "SourceDraft"]

ELSEWHERE = "Data sources are asked by the running Houston only: use /houston sources in Slack."
UNSAID = "The agency's data source did not answer. The agency's admins see why, among Houston's data sources."


@dataclass(frozen=True, kw_only=True)
class DataSources:
    """`sources` is None in commands beside a running Houston, which ask nothing."""

    store: Store
    sources: Sources | None
    now: Callable[[], datetime]

    async def all(self, scope: Scope) -> list[DataSource]:
        """By name."""
        async with self.store.read() as uow:
            return await uow.data_sources.all(scope=scope)

    async def get(self, scope: Scope, id: int) -> DataSource:
        """Raises NotFound."""
        async with self.store.read() as uow:
            return await source_rows.found(uow, scope, id)

    async def add(self, actor: Actor, draft: SourceDraft) -> DataSource:
        """Kept once it was reached. Raises InvalidFields by `name`, `url` and `client`, NotAllowed."""
        actor.demand_admin(CHANGE)
        async with self.store.read() as uow:
            client_id = await source_rows.checked(uow, actor, draft)
        url, trusts_files = addresses.written(draft.url), addresses.trusts_files(actor)
        trial = await self._tried(url, trusts_files)
        async with self.store.begin() as uow:
            source = source_rows.made(actor, draft, client_id, self.now())
            source.dialect, source.trusts_files = trial.dialect, trusts_files
            source.place = self._asked().place(url)
            await uow.data_sources.save(source=source)
            await addresses.put(uow, source, url, self.now())
            await source_rows.keep(uow, actor, "data_source.added", source, None, now=self.now())
        return source

    async def edit(self, actor: Actor, id: int, draft: SourceDraft) -> DataSource:
        """A new URL is tried first. Raises as `add`, and NotFound."""
        actor.demand_admin(CHANGE)
        async with self.store.read() as uow:
            await source_rows.found(uow, actor.scope, id)
            await source_rows.checked(uow, actor, draft, id=id)
        url = addresses.written(draft.url) if draft.url else ""
        trial = await self._tried(url, addresses.trusts_files(actor)) if url else None
        async with self.store.begin() as uow:
            source = await source_rows.found(uow, actor.scope, id)
            before = await source_rows.told(uow, source)
            source.client_id = await source_rows.checked(uow, actor, draft, id=id)
            source.name = draft.name.strip()
            if trial:
                source.dialect, source.trusts_files = trial.dialect, addresses.trusts_files(actor)
                source.place, source.error = self._asked().place(url), ""
                await addresses.put(uow, source, url, self.now())
            action = "data_source.url_changed" if trial else "data_source.edited"
            await source_rows.keep(uow, actor, action, source, before, now=self.now())
        await self._forget(id)
        return source

    async def delete(self, actor: Actor, id: int) -> DataSource:
        """Raises Conflict, which names the reports and feeds that read it, NotFound, NotAllowed."""
        actor.demand_admin(CHANGE)
        async with self.store.begin() as uow:
            source = await source_rows.found(uow, actor.scope, id)
            if readers := await uow.data_sources.readers(scope=actor.scope, id=id):
                raise Conflict(source_rows.in_use(source, readers))
            before = await source_rows.told(uow, source)
            await uow.secrets.remove(owner=addresses.owner(id))
            await uow.data_sources.delete(source=source)
            await source_rows.keep(uow, actor, "data_source.deleted", source, before, now=self.now())
        await self._forget(id)
        return source

    async def test(self, actor: Actor, id: int) -> Trial:
        """Reach it now. Raises SourceFailed, SourceRefused, Unreadable, NotFound, NotAllowed."""
        actor.demand_admin(CHANGE)
        async with self.store.read() as uow:
            source, url = await self._opened(uow, actor.scope, id)
        try:
            trial = await self._asked().trial(url, trusts_files=source.trusts_files)
        except SourceError as error:
            await self._note(source, error.message)
            raise
        await self._note(source, "")
        return trial

    async def run(
        self, scope: Scope, id: int, sql: str, now: datetime, *, for_client: int | None = None
    ) -> Result:
        """Ask it, as of `now`; how that went is noted in its `error`. Raises as `test`.

        `for_client` is the client who hears of it: of the agency's source not what is wrong with it,
        which may name where it is.
        """
        async with self.store.read() as uow:
            source, url = await self._opened(uow, scope, id)
        asked = Source(id=id, url=url, trusts_files=source.trusts_files)
        try:
            result = await self._asked().run(asked, sql, now=now)
        except SourceError as error:
            is_querys = is_the_querys(error)
            await self._note(source, "" if is_querys else error.message)
            if for_client is not None and source.client_id is None and not is_querys:
                raise SourceFailed(UNSAID, is_temporary=error.is_temporary) from error
            raise
        await self._note(source, "")
        return result

    async def _tried(self, url: str, trusts_files: bool) -> Trial:
        """Raises InvalidFields for `url`."""
        try:
            return await self._asked().trial(url, trusts_files=trusts_files)
        except SourceError as error:
            raise InvalidFields({"url": error.message}) from error

    async def _opened(self, uow: UnitOfWork, scope: Scope, id: int) -> tuple[DataSource, str]:
        source = await source_rows.found(uow, scope, id)
        url = await uow.secrets.get(owner=addresses.owner(id), name=addresses.URL)
        if url is None:
            raise NotFound("The URL of this data source is not kept here any more: edit it, and put it in.")
        return source, url

    async def _note(self, source: DataSource, error: str) -> None:
        if source.error != error and source.id is not None:
            async with self.store.begin() as uow:
                await uow.data_sources.set_error(id=source.id, error=error)
                await uow.commit()

    async def _forget(self, id: int) -> None:
        if self.sources:
            await self.sources.forget(id)

    def _asked(self) -> Sources:
        if self.sources is None:
            raise Conflict(ELSEWHERE)
        return self.sources


def is_the_querys(error: SourceError) -> bool:
    """Whether the source answered, and what it does not like is the query."""
    return error.where is not None or error.message.startswith(SAID.partition("{")[0])
