"""How a suite that was written blind is judged: the lies that are caught, the truths that are doubted.

The answers of a suite are cut into sentences and checked as the loop does.
"""

import asyncio
import random
import sys
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from houston.agent.evals.report import wilson
from houston.agent.facts import ClientName, Facts
from houston.agent.grounding.complaint import Complaint
from houston.agent.grounding.grounding import Grounding
from houston.agent.loop.sentences import Sentences
from houston.agent.tool import ToolContext

SEEDS = (1, 2, 3)
ANSWERS = 200


class Scene(Protocol):
    @property
    def kind(self) -> str: ...


class Answer(Protocol):
    """`kind` is of its lie, which begins at `at`, where `truth` stood."""

    @property
    def scene(self) -> Scene: ...
    @property
    def text(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def at(self) -> int: ...
    @property
    def truth(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Verdict:
    answer: Answer
    doubted: tuple[tuple[int, str, str], ...]
    """Where each sentence that was not let through begins, the sentence, and how it would be shown."""

    @property
    def caught(self) -> bool:
        at = self.answer.at
        return any(start <= at < start + len(sentence) for start, sentence, _ in self.doubted)

    @property
    def sentence(self) -> str:
        """The one that holds the lie, as far as a line goes."""
        text, at = self.answer.text, self.answer.at
        return text[text.rfind("\n", 0, at) + 1 :].split("\n")[0]


SceneT = TypeVar("SceneT")
AnswerT = TypeVar("AnswerT", bound=Answer)
Making = Callable[[random.Random, int, Sequence[SceneT]], Sequence[AnswerT]]


@dataclass(frozen=True, kw_only=True)
class Suite(Generic[SceneT, AnswerT]):
    """`gathered` reads the results of a seed, `salt` sets its answers apart from other suites'."""

    kinds: Sequence[str]
    gathered: Callable[[int], Coroutine[Any, Any, Sequence[SceneT]]]
    lies: Making[SceneT, AnswerT]
    truths: Making[SceneT, AnswerT]
    checker: Callable[[AnswerT], Grounding]
    salt: str = "answers"

    def measure(
        self, scenes: Sequence[SceneT], number: int, seed: int
    ) -> tuple[list[Verdict], list[Verdict]]:
        """(of lies, of truths)"""
        rng = random.Random(f"{self.salt} {seed}")
        of_lies = [self._judged(each) for each in self.lies(rng, number, scenes)]
        return of_lies, [self._judged(each) for each in self.truths(rng, number, scenes)]

    def main(self) -> None:
        """`[answers] [seeds…]`"""
        number = int(sys.argv[1]) if len(sys.argv) > 1 else ANSWERS
        every: tuple[list[Verdict], list[Verdict]] = ([], [])
        for seed in map(int, sys.argv[2:]) if len(sys.argv) > 2 else SEEDS:
            found = self.measure(asyncio.run(self.gathered(seed)), number, seed)
            print(*_report(f"seed {seed}", *found), sep="\n", flush=True)
            every[0].extend(found[0])
            every[1].extend(found[1])
        by_kind = [*_caught_by_kind(every[0], self.kinds), *_doubted_by_kind(every[1])]
        print(*_report("all", *every), *by_kind, *failures(*every), sep="\n")

    def _judged(self, answer: AnswerT) -> Verdict:
        doubted = marked(self.checker(answer), answer.text)
        return Verdict(
            answer=answer,
            doubted=tuple((at, sentence, complaint.marked(sentence)) for at, sentence, complaint in doubted),
        )


def grounded(context: ToolContext, question: str, results: Mapping[str, Mapping[str, Any]]) -> Grounding:
    client = ClientName(slug=context.client.slug, name=context.client.name) if context.client else None
    facts = Facts(now=context.now, zone=context.zone, member=context.member, client=client)
    made = Grounding(now=context.now, zone=context.zone, question=question, facts=facts, history=())
    for result in results.values():
        made.learn(dict(result))
    return made


def marked(found: Grounding, text: str) -> Iterator[tuple[int, str, Complaint]]:
    """Where each sentence that is not let through begins, the sentence, and why."""
    cutter, at = Sentences(), 0
    for sentence in [*cutter.add(text), cutter.rest()]:
        if complaint := found.check(sentence):
            yield at, sentence, complaint
        at += len(sentence)


def failures(of_lies: Sequence[Verdict], of_truths: Sequence[Verdict]) -> list[str]:
    missed = [
        f"- missed ({one.answer.scene.kind}, {one.answer.kind}, was {one.answer.truth}): {one.sentence}"
        for one in of_lies
        if not one.caught
    ]
    doubted = [
        f"- doubted ({one.answer.scene.kind}): {shown.strip()}"
        for one in of_truths
        for _, _, shown in one.doubted
    ]
    return missed + doubted


def _report(name: str, of_lies: Sequence[Verdict], of_truths: Sequence[Verdict]) -> list[str]:
    return [
        _rate(f"{name}: lies caught", [each.caught for each in of_lies]),
        _rate(f"{name}: truths doubted", [bool(each.doubted) for each in of_truths]),
    ]


def _caught_by_kind(of_lies: Sequence[Verdict], kinds: Sequence[str]) -> list[str]:
    each = {kind: [one.caught for one in of_lies if one.answer.kind == kind] for kind in kinds}
    return [_rate(f"  {kind}", caught) for kind, caught in each.items()]


def _doubted_by_kind(of_truths: Sequence[Verdict]) -> list[str]:
    """Of what kind of result the doubted truths told."""
    kinds = sorted({one.answer.scene.kind for one in of_truths})
    each = {kind: [bool(one.doubted) for one in of_truths if one.answer.scene.kind == kind] for kind in kinds}
    return [_rate(f"  {kind}, doubted", found) for kind, found in each.items() if any(found)]


def _rate(name: str, each: Sequence[bool]) -> str:
    good, number = sum(each), len(each)
    low, high = wilson(good, number)
    rate = good / max(number, 1)
    return f"{name:<30} {good:>4} of {number:<4} {rate:>6.1%}  (95 %: {low:.1%} to {high:.1%})"
