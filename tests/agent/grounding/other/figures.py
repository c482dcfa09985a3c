"""The second suite of lies and truths: other data, other words, made without a look at the first.

`python -m tests.agent.grounding.other.figures [answers] [other|fresh] [seeds…]`. Each answer is of an
agency of its own, with random figures in the shapes of the tools' results; it is cut into sentences and
checked as the loop does, without the wire between, which `tests.agent.grounding.figures` has.
"""

import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from houston.agent.evals.report import wilson
from houston.agent.facts import ClientName, Facts
from houston.agent.grounding.complaint import MARK, Complaint
from houston.agent.grounding.grounding import Grounding
from houston.agent.loop.sentences import Sentences
from tests.agent.fakes import NOW
from tests.agent.grounding.other.answers import HANDS, Answer, lies, truths
from tests.agent.grounding.results import UTC

SEEDS = (6, 17, 41, 77, 102)
ANSWERS = 200


@dataclass(frozen=True, kw_only=True)
class Verdict:
    answer: Answer
    shown: str
    lines: frozenset[int]
    """Those in which something was marked or cut."""

    @property
    def caught(self) -> bool:
        return self.answer.lie in self.lines


def judged(answer: Answer) -> Verdict:
    found = checker(answer)
    cutter, shown, lines = Sentences(), "", set()
    for sentence in [*cutter.add(answer.text), cutter.rest()]:
        complaint: Complaint | None = found.check(sentence)
        if complaint:
            lines.add(answer.text[: answer.text.index(sentence)].count("\n"))
        shown += complaint.marked(sentence) if complaint else sentence
    return Verdict(answer=answer, shown=shown, lines=frozenset(lines))


def checker(answer: Answer) -> Grounding:
    source = answer.scene.results[0]["source"]["client"]
    client = ClientName(slug="one", name=source) if source else None
    facts = Facts(now=NOW, zone=UTC, member="Dana", client=client)
    made = Grounding(now=NOW, zone=UTC, question=answer.scene.question, facts=facts, history=())
    for number, result in enumerate(answer.scene.results):
        made.learn({"ref": f"r{number}", **result})
    return made


def measure(number: int, seed: int, hand: str = "other") -> tuple[list[Verdict], list[Verdict]]:
    """(of lies, of truths)"""
    rng = random.Random(seed)
    texts = HANDS[hand]
    return [judged(one) for one in lies(rng, number, texts)], [
        judged(one) for one in truths(rng, number, texts)
    ]


def _rate(name: str, good: int, number: int) -> str:
    low, high = wilson(good, number)
    return (
        f"{name:<34} {good:>4} of {number:<4} {good / max(number, 1):>6.1%}  (95 %: {low:.1%} to {high:.1%})"
    )


def report(seed: int, of_lies: Sequence[Verdict], of_truths: Sequence[Verdict]) -> list[str]:
    caught = sum(one.caught for one in of_lies)
    doubted = sum(bool(one.lines) for one in of_truths)
    return [
        _rate(f"seed {seed}: lies caught", caught, len(of_lies)),
        _rate(f"seed {seed}: truths doubted", doubted, len(of_truths)),
    ]


def by_kind(verdicts: Sequence[Verdict]) -> list[str]:
    kinds = dict.fromkeys(one.answer.kind for one in verdicts)
    each = {kind: [one.caught for one in verdicts if one.answer.kind == kind] for kind in kinds}
    return [_rate(f"  {kind}", sum(caught), len(caught)) for kind, caught in each.items()]


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else ANSWERS
    hand = sys.argv[2] if len(sys.argv) > 2 else "other"
    every: list[Verdict] = []
    for seed in map(int, sys.argv[3:]) if len(sys.argv) > 3 else SEEDS:
        of_lies, of_truths = measure(number, seed, hand)
        print(*report(seed, of_lies, of_truths), sep="\n")
        every += of_lies + of_truths
    print(*by_kind([one for one in every if one.answer.kind]), sep="\n")
    for one in every:
        if one.answer.kind and not one.caught:
            print(f"- missed ({one.answer.kind}): {one.answer.text.splitlines()[one.answer.lie]}")
        if not one.answer.kind and one.lines:
            print(
                f"- doubted: {[line for line in one.shown.splitlines() if MARK in line or 'removed' in line]}"
            )


if __name__ == "__main__":
    main()
