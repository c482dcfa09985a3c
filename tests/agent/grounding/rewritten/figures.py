"""What another way to say the same costs: lies that are missed only then, truths that are doubted only then.

`python -m tests.agent.grounding.rewritten.figures [answers] [seeds…]`: over the answers of `other` and
`fresh`, and, for each seed, of the analysts.
"""

import asyncio
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from houston.agent.grounding.grounding import Grounding
from tests.agent.grounding.analysts import answers as analysts
from tests.agent.grounding.analysts import figures as desk
from tests.agent.grounding.analysts.scenes import gathered
from tests.agent.grounding.blind import marked
from tests.agent.grounding.other import answers as others
from tests.agent.grounding.other import figures as agencies
from tests.agent.grounding.rewritten.rewritings import REWRITINGS, rewritten

ANSWERS, SEEDS = 100, (1,)


@dataclass(frozen=True, kw_only=True)
class Case:
    """An answer, and the line of its lie (-1: all of it is true)."""

    text: str
    lie: int
    checker: Callable[[], Grounding]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One answer, rewritten, whose verdict is another one."""

    name: str
    lie: int
    text: str


def of_agencies(number: int) -> Iterator[Case]:
    for hand, texts in others.HANDS.items():
        rng = random.Random(hand)
        for one in [*others.lies(rng, number, texts), *others.truths(rng, number, texts)]:
            yield Case(text=one.text, lie=one.lie, checker=lambda one=one: agencies.checker(one))  # type: ignore[misc]


def of_analysts(number: int, seed: int) -> Iterator[Case]:
    rng, scenes = random.Random(seed), asyncio.run(gathered(seed))
    for one in [*analysts.lies(rng, number, scenes), *analysts.truths(rng, number, scenes)]:
        line = one.text[: one.at].count("\n") if one.kind else -1
        yield Case(text=one.text, lie=line, checker=lambda one=one: desk.checker(one))  # type: ignore[misc]


def doubted(found: Grounding, text: str) -> set[int]:
    """The lines in which something was marked."""
    return {text[:at].count("\n") for at, _, _ in marked(found, text)}


def is_right(case: Case, lines: set[int]) -> bool:
    return case.lie in lines if case.lie >= 0 else not lines


def changes(case: Case, rng: random.Random) -> Iterator[Change | None]:
    """For each rewriting that changes the answer; nothing for an answer that was judged wrong anyway."""
    if not is_right(case, doubted(case.checker(), case.text)):
        return
    for name in REWRITINGS:
        text = rewritten(case.text, name, rng)
        if text != case.text:
            right = is_right(case, doubted(case.checker(), text))
            yield Change(name=name, lie=case.lie, text="" if right else text)


def report(made: Sequence[Change]) -> Iterator[str]:
    for name in (*REWRITINGS, ""):
        of_lies = [bool(one.text) for one in made if one.lie >= 0 and name in ("", one.name)]
        of_truths = [bool(one.text) for one in made if one.lie < 0 and name in ("", one.name)]
        yield (
            f"{name or 'all':<26} lies missed by it {sum(of_lies):>3} of {len(of_lies):<5}"
            f" truths doubted by it {sum(of_truths):>3} of {len(of_truths)}"
        )


def measure(cases: Sequence[Case], seed: int) -> list[Change]:
    rng = random.Random(seed)
    return [change for case in cases for change in changes(case, rng) if change]


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else ANSWERS
    seeds = [int(each) for each in sys.argv[2:]] or SEEDS
    cases = [*of_agencies(number), *(case for seed in seeds for case in of_analysts(number, seed))]
    made = measure(cases, seeds[0])
    print(*report(made), sep="\n")
    for one in (one for one in made if one.text):
        lines = one.text.split("\n")
        print(f"- {one.name}, {'missed' if one.lie >= 0 else 'doubted'}: {lines[max(one.lie, 0)]!r}")


if __name__ == "__main__":
    main()
