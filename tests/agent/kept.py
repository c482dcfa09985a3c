"""Conversations that are kept in a real store, with a scripted model."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from houston.agent.conversations.conversation import Question
from houston.agent.conversations.conversations import Conversations
from houston.agent.messages import ChatModel
from houston.agent.turn import AgentEvent
from houston.assembly import Houston, assemble
from store import Store
from store.tables import Channel, Member
from tests.store.databases import Clock, fresh_url, new_store
from tools import ALL_TOOLS

QUESTION = Question(
    workspace_id="T1",
    user_id="UANN",
    user_name="Ann",
    timezone="Europe/Berlin",
    channel="C1",
    thread_ts="1.0",
    ts="1.0",
    text="How is revenue?",
)


@dataclass(frozen=True, kw_only=True)
class Office:
    """Ann is an admin, Bob sees Acme alone."""

    store: Store
    houston: Houston
    clock: Clock

    @property
    def conversations(self) -> Conversations:
        return self.houston.conversations

    async def ask(self, text: str = "", **changed: object) -> list[AgentEvent]:
        asked = replace(QUESTION, **({"text": text} if text else {}), **changed)  # type: ignore[arg-type]
        return [event async for event in self.conversations.answer(asked)]

    def other_process(self, model: ChatModel) -> Houston:
        """Another replica over the same database."""
        return assemble(self.store, now=self.clock, rng=random.Random(2), model=model, tools=ALL_TOOLS)


@asynccontextmanager
async def office(folder: Path, model: ChatModel) -> AsyncIterator[Office]:
    clock = Clock()
    store = new_store(fresh_url("sqlite", folder), clock)
    await store.open()
    async with store.begin() as uow:
        acme = await uow.clients.open(slug="acme", name="Acme", now=clock())
        await uow.clients.open(slug="globex", name="Globex", now=clock())
        await uow.workspaces.connect(id="T1", name="Agency", bot_user_id="UB", timezone="UTC", now=clock())
        for user_id, name, role in (("UANN", "Ann", "admin"), ("UBOB", "Bob", "member")):
            member = Member(workspace_id="T1", user_id=user_id, name=name, role=role, seen_at=clock())
            member.sees_all = role == "admin"
            await uow.members.save(member=member)
        await uow.members.set_clients(workspace_id="T1", user_id="UBOB", client_ids=[acme.id or 0])
        await uow.channels.put(channels=[Channel(workspace_id="T1", id="C1", name="general")])
        await uow.commit()
    houston = assemble(store, now=clock, rng=random.Random(1), model=model, tools=ALL_TOOLS)
    yield Office(store=store, houston=houston, clock=clock)
    await houston.close()
