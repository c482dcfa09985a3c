"""A question set, run: each question as often as wanted, and what came of it."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from houston.agent.evals.answering import Answer, converse
from houston.agent.evals.judging import fault
from houston.agent.evals.question import Asked, QuestionSet
from houston.agent.evals.world import World
from houston.agent.messages import Usage


@dataclass(frozen=True, kw_only=True)
class Result:
    """One question, asked once; `why` says what was wrong, and is empty where it passed."""

    asked: Asked
    repeat: int
    why: str
    answers: tuple[Answer, ...]

    @property
    def passed(self) -> bool:
        return not self.why

    @property
    def seconds(self) -> float:
        return sum(answer.seconds for answer in self.answers)

    @property
    def usage(self) -> Usage:
        return sum((answer.usage for answer in self.answers), Usage())

    def as_dict(self) -> dict[str, str | int | float | bool]:
        """A line of `--json`."""
        usage = self.usage
        return {
            "id": self.asked.id,
            "repeat": self.repeat,
            "passed": self.passed,
            "why": self.why,
            "seconds": round(self.seconds, 4),
            "tokens": usage.prompt_tokens + usage.completion_tokens,
        }


async def results(world: World, found: QuestionSet, *, repeats: int) -> AsyncIterator[Result]:
    """In the order of the set, which is gone through once for each repetition."""
    for repeat in range(1, repeats + 1):
        for asked in found.questions:
            answers = tuple(await converse(world, asked, repeat=repeat))
            why = _why(world, found, asked, answers)
            yield Result(asked=asked, repeat=repeat, why=why, answers=answers)


def _why(world: World, found: QuestionSet, asked: Asked, answers: Sequence[Answer]) -> str:
    """What was wrong first, and in which turn where there are several."""
    outside, today = _outside(world, asked), _today(world, found, asked)
    said: list[str] = []
    for number, (turn, answer) in enumerate(zip(asked.turns, answers, strict=True), 1):
        said.append(turn.say)
        why = fault(turn.expect, answer, question="\n".join(said), today=today, outside=outside)
        if why:
            return f"turn {number}: {why}" if len(asked.turns) > 1 else why
    return ""


def _outside(world: World, asked: Asked) -> list[str]:
    hidden = set(world.clients) - world.visible(asked)
    return [name for slug in sorted(hidden) for name in (slug, world.clients[slug].name)]


def _today(world: World, found: QuestionSet, asked: Asked) -> date:
    return found.now.astimezone(ZoneInfo(world.cast[asked.member].timezone)).date()
