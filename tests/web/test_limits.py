import random
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from houston.access import operator
from houston.agent.patterns.model import PatternsModel
from houston.assembly import assemble
from houston.web.limits import KEPT, Limit, Limits
from houston.web.server import WebServer
from tests.store.agency import open_agency
from tests.store.databases import Clock, fresh_url, new_store


class Seconds:
    """Seconds that go forward by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_let_in_then_so_many_a_second() -> None:
    clock = Seconds()
    limit = Limit(per_second=2, burst=3, clock=clock)
    assert [limit.take("a") for _ in range(4)] == [0, 0, 0, 0.5]
    assert limit.take("b") == 0, "each has a bucket of their own"
    clock.now = 0.5
    assert [limit.take("a"), limit.take("a")] == [0, 0.5]
    clock.now = 100
    assert [limit.take("a") for _ in range(4)] == [0, 0, 0, 0.5], "no more than a burst is saved up"


def test_the_buckets_take_a_bounded_place() -> None:
    limit = Limit(per_second=1, burst=1, clock=Seconds())
    for number in range(KEPT + 10):
        limit.take(number)
    assert len(limit._buckets) == KEPT
    assert limit.wait(KEPT + 9) == 1


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[tuple[str, str, Seconds]]:
    """The address, a key, and the clock of its limits: five at once, then one a second."""
    clock, seconds = Clock(), Seconds()
    store = new_store(fresh_url("sqlite", tmp_path), clock)
    await store.open()
    await open_agency(store, clock())
    houston = assemble(store, now=clock, rng=random.Random(7), model=PatternsModel(), tools=())
    few = Limits(
        by_key=Limit(per_second=1, burst=5, clock=seconds),
        failures=Limit(per_second=0.1, burst=2, clock=seconds),
    )
    web = WebServer(houston, host="127.0.0.1", port=0, limits=few)
    await web.start()
    yield web.url, (await houston.api_keys.create(operator(), "ci")).key, seconds
    await web.stop()
    await houston.close()


async def statuses(url: str, key: str, times: int) -> list[tuple[int, str | None]]:
    found = []
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {key}"}) as http:
        for _ in range(times):
            async with http.get(f"{url}/api/v1/notes") as reply:
                assert reply.status == 200 or reply.content_type == "application/problem+json"
                found.append((reply.status, reply.headers.get("Retry-After")))
    return found


async def test_a_key_that_asks_too_often_is_told_when_to_come_back(
    server: tuple[str, str, Seconds],
) -> None:
    url, key, seconds = server
    assert await statuses(url, key, 6) == [(200, None)] * 5 + [(429, "1")]
    seconds.now += 1
    assert await statuses(url, key, 2) == [(200, None), (429, "1")]


async def test_who_keeps_failing_is_told_to_wait_and_a_good_key_from_there_is_let_in(
    server: tuple[str, str, Seconds],
) -> None:
    url, key, seconds = server
    assert await statuses(url, "hk_wrong", 4) == [(401, None)] * 2 + [(429, "10")] * 2
    assert await statuses(url, key, 1) == [(200, None)]
    seconds.now += 10
    assert await statuses(url, "hk_wrong", 1) == [(401, None)]
