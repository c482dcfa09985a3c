import secrets
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, true
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from store import chain
from store.crypto import Keyring
from store.errors import Unreadable
from store.repository import Repository
from store.scope import Scope
from store.tables import AuditClient, AuditEntry, AuditHead, Workspace

BATCH, SALT_BYTES = 500, 16


class Audit(Repository):
    """The hash-chained log of changes. Entries are appended, read, and cleared for a deleted client."""

    def __init__(self, session: AsyncSession, keyring: Keyring) -> None:
        super().__init__(session)
        self._keyring = keyring

    async def append(self, *, entry: AuditEntry, clients: Collection[int]) -> AuditEntry:
        """Number, chain and seal an entry. Nobody else appends until this transaction ends."""
        head = await self.lock()
        found = head.model_copy()
        await self._catch_up(head)
        if not self._is_sound(found, head):
            await self._chain(head, chain.unsealed(found, at=entry.at), ())
        await self._chain(head, entry, clients)
        return entry

    async def lock(self) -> AuditHead:
        """The end of the chain, held until this transaction ends."""
        query = select(AuditHead).where(AuditHead.id == 1).with_for_update()
        query = query.execution_options(populate_existing=True)
        head = (await self._session.exec(query)).first()
        if head is None:
            first = AuditHead().model_dump()
            await self._upsert(AuditHead, [first], key=("id",), keep=tuple(first))
            head = (await self._session.exec(query)).one()
        return head

    async def head(self) -> AuditHead | None:
        return await self._session.get(AuditHead, 1)

    async def last_seq(self) -> int:
        """The number of the newest entry; 0 for none."""
        return (await self._session.exec(select(func.max(AuditEntry.seq)))).one() or 0

    async def page(self, *, scope: Scope, before: int | None, limit: int) -> list[AuditEntry]:
        """The newest first: for who sees every client all entries, else those within the scope."""
        query = select(AuditEntry).where(_within(scope))
        if before is not None:
            query = query.where(AuditEntry.seq < before)
        return list(await self._session.exec(query.order_by(col(AuditEntry.seq).desc()).limit(limit)))

    async def newer(self, *, scope: Scope, after: int, limit: int) -> list[AuditEntry]:
        """Those right after number `after`, the newest first; within the scope, as in `page`."""
        query = select(AuditEntry).where(_within(scope), AuditEntry.seq > after)
        return list(await self._session.exec(query.order_by(col(AuditEntry.seq)).limit(limit)))[::-1]

    async def rows(self, *, after: int, limit: int) -> list[tuple[AuditEntry, tuple[int, ...]]]:
        """The entries from there on with the clients that they speak of, for who checks the chain."""
        query = select(AuditEntry).where(AuditEntry.seq > after).order_by(col(AuditEntry.seq)).limit(limit)
        entries = list(await self._session.exec(query))
        last = entries[-1].seq if len(entries) == limit else None
        clients = await self._clients(after, last)
        return [(entry, tuple(clients.pop(entry.seq, ()))) for entry in entries]

    async def strays(self) -> list[int]:
        """The numbers that a client is tied to without an entry."""
        known = exists().where(col(AuditEntry.seq) == col(AuditClient.seq))
        return list(await self._session.exec(select(AuditClient.seq).where(~known).limit(1)))

    async def about(self, *, client_id: int, workspace_ids: Sequence[str]) -> list[int]:
        """The entries of a client and its workspaces; nobody appends until this transaction ends."""
        await self.lock()
        query = select(AuditEntry.seq).where(
            or_(_tied(AuditClient.client_id == client_id), col(AuditEntry.workspace_id).in_(workspace_ids))
        )
        return list(await self._session.exec(query.order_by(col(AuditEntry.seq))))

    async def clear(self, *, seqs: Sequence[int], by: int) -> None:
        """Leave of these entries their hashes only; entry `by` says so."""
        for start in range(0, len(seqs), BATCH):
            some = seqs[start : start + BATCH]
            await self._session.exec(delete(AuditClient).where(col(AuditClient.seq).in_(some)))
            cleared = update(AuditEntry).where(col(AuditEntry.seq).in_(some))
            await self._session.exec(cleared.values(**chain.CLEARED, erased_by=by))

    def reseal(self, *, head: AuditHead) -> None:
        """Sign a locked end with the newest key."""
        chain.seal(self._keyring, head)
        self._session.add(head)

    async def _catch_up(self, head: AuditHead) -> None:
        """Where rows lie beyond the head, somebody put it back: go on after them all the same."""
        last = await self.last_seq()
        if last > head.seq:
            entry = await self._session.get_one(AuditEntry, last)
            head.seq, head.hash = entry.seq, entry.hash

    def _is_sound(self, found: AuditHead, head: AuditHead) -> bool:
        if head.seq == 0:
            return True
        try:
            held = chain.seal_holds(self._keyring, found)
        except Unreadable:
            return False
        return held and found.seq == head.seq

    async def _chain(self, head: AuditHead, entry: AuditEntry, clients: Collection[int]) -> None:
        entry.seq, entry.salt = head.seq + 1, secrets.token_hex(SALT_BYTES)
        entry.content_hash = chain.content_hash(entry, set(clients))
        entry.hash = chain.link(head.hash, entry.seq, entry.content_hash)
        head.seq, head.hash = entry.seq, entry.hash
        self.reseal(head=head)
        self._session.add(entry)
        self._session.add_all(AuditClient(seq=entry.seq, client_id=id) for id in set(clients))
        await self._session.flush()

    async def _clients(self, after: int, last: int | None) -> dict[int, list[int]]:
        query = select(AuditClient).where(AuditClient.seq > after)
        query = query if last is None else query.where(AuditClient.seq <= last)
        found: dict[int, list[int]] = defaultdict(list)
        for each in await self._session.exec(query):
            found[each.seq].append(each.client_id)
        return found


def _tied(condition: Any) -> ColumnElement[bool]:
    return exists().where(col(AuditClient.seq) == col(AuditEntry.seq), condition)


def _within(scope: Scope) -> ColumnElement[bool]:
    if scope.client_ids is None:
        return true()
    seen = sorted(scope.client_ids)
    nothing_else = ~_tied(col(AuditClient.client_id).not_in(seen))
    if scope.workspace_id is not None:
        return and_(col(AuditEntry.workspace_id) == scope.workspace_id, nothing_else)
    theirs = select(Workspace.id).where(col(Workspace.client_id).in_(seen))
    about = and_(col(AuditEntry.workspace_id).is_(None), _tied(col(AuditClient.client_id).in_(seen)))
    return and_(or_(about, col(AuditEntry.workspace_id).in_(theirs)), nothing_else)
