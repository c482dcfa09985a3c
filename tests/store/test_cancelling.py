"""A task may be cancelled at any moment of a transaction: nobody else's write waits for it."""

import asyncio
from collections.abc import Coroutine, Generator
from typing import Any

from store import Store
from tests.store.agency import WORKSPACE, Agency
from tests.store.databases import Clock

SOON = 10.0
"""Seconds; a writer that meets a lock waits for 30."""


class Steps:
    """A coroutine whose task is cancelled as it waits for the n-th time."""

    def __init__(self, work: Coroutine[Any, Any, None], cancelled_at: int) -> None:
        self._work = work
        self._cancelled_at = cancelled_at
        self.taken = 0

    def __await__(self) -> Generator[Any, Any, None]:
        steps, thrown = self._work.__await__(), None
        while True:
            try:
                waited_for = steps.throw(thrown) if thrown else steps.send(None)
            except StopIteration:
                return
            self._step()
            try:
                yield waited_for
                thrown = None
            except BaseException as error:  # noqa: BLE001 the coroutine's own to handle
                thrown = error

    def _step(self) -> None:
        self.taken += 1
        if self.taken == self._cancelled_at:
            task = asyncio.current_task()
            assert task is not None
            task.cancel()


async def _write(store: Store, clock: Clock, ts: str) -> None:
    """Two rows in one transaction, with much that is read between them."""
    async with store.begin() as uow:
        await uow.workspaces.all()
        for channel in ("C1", "C2"):
            await uow.conversations.open(
                workspace_id=WORKSPACE,
                channel=channel,
                thread_ts=ts,
                client_id=None,
                event_id=None,
                now=clock(),
            )
        await uow.commit()


async def _is_whole(store: Store, ts: str) -> bool:
    async with store.read() as uow:
        found = [
            await uow.conversations.find(workspace_id=WORKSPACE, channel=channel, thread_ts=ts)
            for channel in ("C1", "C2")
        ]
    return bool(found[0]) == bool(found[1])


async def _steps(work: Coroutine[Any, Any, None], cancelled_at: int) -> tuple[int, BaseException | None]:
    """How many it took, and the cancelling itself: its traceback holds all that was going on."""
    steps = Steps(work, cancelled_at)
    try:
        await asyncio.create_task(_whole(steps))
    except asyncio.CancelledError as cancelled:
        return steps.taken, cancelled
    return steps.taken, None


async def _whole(steps: Steps) -> None:
    await steps


async def test_a_write_cancelled_at_any_moment_leaves_no_lock_behind(
    store: Store, agency: Agency, clock: Clock
) -> None:
    in_all, _ = await _steps(_write(store, clock, "0"), 0)
    assert in_all > 5
    kept = []
    for moment in range(1, in_all + 1):
        kept.append(await _steps(_write(store, clock, str(moment)), moment))
        async with asyncio.timeout(SOON):
            await _write(store, clock, f"after {moment}")
        assert await _is_whole(store, str(moment))
    assert any(cancelled for _, cancelled in kept)
