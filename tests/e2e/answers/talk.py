"""A conversation with Houston in the local Slack, as one person has it: by patterns, or with a scripted
server that speaks OpenAI's wire format behind Houston."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from app import running
from bot.demo import DemoSlack
from bot.playground.person import Person
from bot.playground.state import Message
from houston.agent.llm.model import OpenAIModel, Patience
from houston.assembly import Houston
from houston.config import demo_settings
from tests.agent.llm_server import LLMServer, Reply
from tests.e2e.answers.reading import is_whole
from tests.patience import PATIENCE

AGES = 10 * PATIENCE
PATIENT = Patience(connect=AGES, first_chunk=AGES, between_chunks=AGES, reply=AGES)
"""A busy machine is no model that fails, however much is tried while a reply stalls."""

HASTY = replace(PATIENT, first_chunk=1, between_chunks=1, reply=5)
"""A minute's stall in a second, for scripts that stall and stand the same answer if a machine does."""


class Conversation:
    """What one person and Houston say to each other in one place; each `ask` begins a thread."""

    def __init__(self, person: Person, channel: str, houston: Houston) -> None:
        self.person, self.channel, self.houston = person, channel, houston
        self.thread_ts = ""

    async def say(self, text: str, *, under: str | None = None) -> Message:
        """Without waiting for what Houston makes of it."""
        said = await self.person.say(self.channel, text, thread_ts=under)
        self.thread_ts = said.thread_ts or said.ts
        return said

    async def ask(self, text: str) -> Message:
        """The finished answer to a new question."""
        return await self.answer(await self.say(text))

    async def more(self, text: str) -> Message:
        """The finished answer to what is said next in the same thread."""
        return await self.answer(await self.say(text, under=self.thread_ts))

    async def answer(self, to: Message) -> Message:
        def found() -> Message | None:
            mine = [each for each in self.replies() if each.ts > to.ts]
            return next(filter(is_whole, mine), None)

        return await self.person.wait_for(found, timeout=PATIENCE)

    async def seen(self, words: str) -> Message:
        """Houston's message in this thread that says this, once it is there and finished."""

        def found() -> Message | None:
            said = [each for each in self.replies() if words in f"{each.text} {each.blocks}"]
            return next((each for each in said if not each.is_streaming), None)

        return await self.person.wait_for(found, timeout=PATIENCE)

    def replies(self) -> list[Message]:
        """Houston's, in this thread."""
        return [each for each in self.person.messages(self.channel, self.thread_ts) if each.bot_id]

    def everything(self) -> str:
        """All that this person can read, threads too."""
        rooms = [one.id for one in self.person.channels()]
        return str([self.person.messages(id, each.ts) for id in rooms for each in self.person.messages(id)])

    async def told(self, words: str) -> None:
        """Wait until it was written."""
        await self.person.wait_for(lambda: words in self.everything() or None, timeout=PATIENCE)


class Talk(Conversation):
    """One with a language model behind Houston."""

    def __init__(self, person: Person, channel: str, server: LLMServer, houston: Houston) -> None:
        super().__init__(person, channel, houston)
        self.server = server


@asynccontextmanager
async def talk(
    slack: DemoSlack, folder: Path, *script: Reply, who: str = "mira", patience: Patience = PATIENT
) -> AsyncIterator[Talk]:
    async with LLMServer(script) as server:
        model = OpenAIModel(api_key="sk-test", model="scripted", base_url=server.url, patience=patience)
        settings = demo_settings(
            {},
            api_url=slack.server.api_url,
            app_token=slack.app.app_token,
            bot_token=slack.bot_token,
            data_dir=folder,
        )
        async with _closing(model), running(settings, model=model) as houston:
            await houston.clients.open("acme", "Acme Outfitters")
            await houston.clients.open("globex", "Globex Travel")
            person = slack.person(who)
            yield Talk(person, (await person.dm()).id, server, houston)


@asynccontextmanager
async def _closing(model: OpenAIModel) -> AsyncIterator[None]:
    try:
        yield
    finally:
        await model.close()
