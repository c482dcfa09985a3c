import asyncio
from contextlib import ExitStack

import pytest

from houston.agent.conversations.queueing import Place, Queue, position


def join(queue: Queue, stack: ExitStack, workspace: str, thread: str) -> Place:
    return stack.enter_context(queue.join((workspace, "C1", thread)))


def test_as_many_as_may_are_served_at_once_and_the_others_know_their_place() -> None:
    queue = Queue(most=2)
    with ExitStack() as rest:
        first = ExitStack()
        join(queue, first, "T1", "1")
        join(queue, rest, "T1", "2")
        third, fourth = join(queue, rest, "T1", "3"), join(queue, rest, "T1", "4")
        assert (third.is_served, third.ahead, fourth.ahead) == (False, 0, 1)
        first.close()
        assert (third.is_served, fourth.is_served, fourth.ahead) == (True, False, 0)


def test_a_thread_is_answered_in_order() -> None:
    queue = Queue(most=8)
    with ExitStack() as rest:
        first = ExitStack()
        join(queue, first, "T1", "1")
        second, other = join(queue, rest, "T1", "1"), join(queue, rest, "T1", "2")
        assert (second.is_served, other.is_served) == (False, True)
        first.close()
        assert second.is_served


def test_a_busy_workspace_does_not_hold_up_another() -> None:
    queue = Queue(most=2)
    with ExitStack() as rest:
        first = ExitStack()
        join(queue, first, "T1", "1")
        for thread in "2345":
            join(queue, rest, "T1", thread)
        quiet = join(queue, rest, "T2", "1")
        assert (quiet.is_served, quiet.ahead) == (False, 0)
        first.close()
        assert quiet.is_served


def test_whoever_leaves_while_waiting_makes_room() -> None:
    queue = Queue(most=1)
    with ExitStack() as rest:
        join(queue, rest, "T1", "1")
        with queue.join(("T1", "C1", "2")):
            last = join(queue, rest, "T1", "3")
            assert last.ahead == 1
        assert last.ahead == 0


async def test_the_position_counts_down() -> None:
    queue, told = Queue(most=1), []

    async def wait(place: Place) -> None:
        async for ahead in place.waiting():
            told.append(ahead)
            moved.set()

    moved = asyncio.Event()
    with ExitStack() as first, ExitStack() as second, ExitStack() as rest:
        join(queue, first, "T1", "1")
        join(queue, second, "T1", "2")
        waiting = asyncio.create_task(wait(join(queue, rest, "T1", "3")))
        await moved.wait()
        moved.clear()
        first.close()
        await moved.wait()
        second.close()
        await waiting
    assert told == [1, 0]


@pytest.mark.parametrize(
    ("ahead", "words"),
    [(0, "Yours is the next"), (1, "1 question is ahead"), (2, "2 questions are ahead")],
)
def test_the_position_is_said_in_words(ahead: int, words: str) -> None:
    assert position(ahead).startswith(words)
