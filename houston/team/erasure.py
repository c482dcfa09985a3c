from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from houston.access import Actor
from houston.errors import Invalid, NotFound, Unreadable
from houston.team.audit import CLIENT_DELETED, record
from houston.team.notices import NOTICE
from houston.team.tokens import BOT_TOKEN, kept
from store import Store, UnitOfWork
from store.tables import Client


@dataclass(frozen=True, kw_only=True)
class Erased:
    """What went. The caller revokes the `bot_tokens`, by workspace id, and drops the connections.

    `is_scrubbed` is False where a SQLite file may still hold traces in its free pages: calling
    `Store.scrub` later clears them.
    """

    slug: str
    workspace_ids: tuple[str, ...]
    is_scrubbed: bool
    bot_tokens: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """Deleting a client for ever."""

    store: Store
    now: Callable[[], datetime]

    async def preview(self, actor: Actor, slug: str) -> dict[str, int]:
        """How many rows would go, by table. Raises NotAllowed, NotFound."""
        actor.demand_agency("delete a client")
        async with self.store.read() as uow:
            client = await _found(uow, actor, slug)
            assert client.id is not None
            return await uow.erasure.counts(client_id=client.id)

    async def delete_client(self, actor: Actor, slug: str, typed: str) -> Erased:
        """Remove all that Houston knows of a client, in one transaction; the audit keeps hashes.

        `typed` is the slug once more, by the hand of whoever means it. Raises NotAllowed, NotFound,
        Invalid for `confirmation`, and Conflict where something of the client was saved meanwhile.
        """
        actor.demand_agency("delete a client")
        async with self.store.begin() as uow:
            client = await _confirmed(uow, actor, slug, typed)
            assert client.id is not None
            workspaces = await uow.erasure.workspaces(client_id=client.id)
            workspace_ids = [workspace.id for workspace in workspaces]
            tokens = await _tokens(uow, workspace_ids)
            names = {client.slug, client.name, *workspace_ids, *(each.name for each in workspaces)} - {""}
            await uow.erasure.erase(client_id=client.id, names=names, notice=NOTICE)
            await self._clear_log(uow, actor, client.id, workspace_ids)
            await uow.commit()
        return Erased(
            slug=client.slug,
            workspace_ids=tuple(workspace_ids),
            bot_tokens=tokens,
            is_scrubbed=await self.store.scrub(),
        )

    async def _clear_log(
        self, uow: UnitOfWork, actor: Actor, client_id: int, workspace_ids: list[str]
    ) -> None:
        """The entry that stays names the client by number only, and the entries that it clears."""
        seqs = await uow.audit.about(client_id=client_id, workspace_ids=workspace_ids)
        entry = await record(
            uow, actor, CLIENT_DELETED, f"client {client_id}", after={"erased": seqs}, now=self.now()
        )
        await uow.audit.clear(seqs=seqs, by=entry.seq)


async def _found(uow: UnitOfWork, actor: Actor, slug: str) -> Client:
    client = await uow.clients.find(scope=actor.scope, slug=slug)
    if client is None:
        raise NotFound(f"I know no client called {slug.strip()[:80]!r}. /houston clients lists them.")
    return client


async def _confirmed(uow: UnitOfWork, actor: Actor, slug: str, typed: str) -> Client:
    client = await _found(uow, actor, slug)
    if typed.strip() != client.slug:
        raise Invalid("confirmation", f"Type {client.slug} to delete this client and all its data for ever.")
    return client


async def _tokens(uow: UnitOfWork, workspace_ids: list[str]) -> dict[str, str]:
    """Those that can be read; one that cannot be is no reason to keep the client."""
    tokens: dict[str, str] = {}
    for id in workspace_ids:
        try:
            token = await kept(uow, id, BOT_TOKEN)
        except Unreadable:
            continue
        if token:
            tokens[id] = token
    return tokens
