"""What Houston runs on, opened as the settings say and closed again at the end."""

import logging
import random
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime

from houston import keys
from houston.agent.messages import ChatModel
from houston.agent.patterns.model import PatternsModel
from houston.assembly import Houston, assemble
from houston.config import Settings, command_settings
from houston.notify.places.elsewhere import Elsewhere, Words
from houston.notify.places.urls import Urls
from store import Store
from store.sources import Sources
from store.sources.reach import Reach

log = logging.getLogger(__name__)


async def open_store(found: Settings, now: Callable[[], datetime], closing: AsyncExitStack) -> Store:
    """Held by this process alone, where it is a SQLite file. Raises DatabaseUnusable."""
    store = Store(found.database_url, now=now, rng=random.Random(), keyring=keys.keyring(found))
    store.hold()
    closing.push_async_callback(store.close)
    await store.open()
    for name in await keys.unreadable(store):
        log.error("No secret key opens %s. Put the key back that sealed it: docs/workspaces.md.", name)
    return store


def open_sources(found: Settings, now: Callable[[], datetime], closing: AsyncExitStack) -> Sources:
    """Users' own databases."""
    sources = Sources(
        own_url=found.database_url,
        file_roots=found.houston_file_roots,
        allow_hosts=found.houston_allow_hosts,
        now=now,
    )
    closing.push_async_callback(sources.close)
    return sources


def open_services(found: Settings, urls: Urls, words: Words, closing: AsyncExitStack) -> Elsewhere:
    """The services besides Slack that people are told by; `words` puts an announcement in plain text."""
    services = Elsewhere(urls, words, Reach(allowed=found.houston_allow_hosts))
    closing.push_async_callback(services.close)
    return services


def open_model(name: str, closing: AsyncExitStack, *, api_key: str | None, base_url: str | None) -> ChatModel:
    """The language model of this name; without a key patterns."""
    if not api_key:
        return PatternsModel()
    from houston.agent.llm.model import OPENAI_URL, OpenAIModel

    model = OpenAIModel(api_key=api_key, base_url=base_url or OPENAI_URL, model=name)
    closing.push_async_callback(model.close)
    return model


@asynccontextmanager
async def offline(environment: Mapping[str, str], now: Callable[[], datetime]) -> AsyncIterator[Houston]:
    """Houston's services without Slack: for commands beside one that runs, which delivers."""
    rng, found = random.Random(), command_settings(environment)
    store = Store(found.database_url, now=now, rng=rng, keyring=keys.keyring(found))
    await store.open()
    houston = assemble(store, now=now, rng=rng, model=PatternsModel(), tools=())
    try:
        yield houston
    finally:
        await houston.close()
