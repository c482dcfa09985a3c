"""`app.py eval`: a question set, asked and counted (docs/evals.md)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from houston import logs
from houston.agent.evals.opening import opened
from houston.agent.evals.question import QuestionSet
from houston.agent.evals.reading import SHIPPED, SetError, read_set
from houston.agent.evals.running import Result, results
from houston.agent.messages import ChatModel
from houston.agent.tool import Tool
from houston.commands.progress import bar


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Which questions, over which data, and how often each."""

    questions: Path | None
    data: Path | None
    repeat: int
    categories: Sequence[str]
    only: Sequence[str]

    def read(self) -> QuestionSet:
        """Raises SetError."""
        found = read_set(self.questions or SHIPPED).limited(self.categories, self.only)
        if not found.questions:
            raise SetError("No question of the set has that --category and --only; leave one of them out.")
        return found.model_copy(update={"data": self.data or found.data})


async def evaluate(asking: Asking, model: ChatModel, tools: Sequence[Tool], *, as_json: bool) -> list[Result]:
    logs.configure("CRITICAL", "text")
    found, told = asking.read(), []
    async with opened(found, model=model, tools=tools) as world:
        with bar() as shown:
            task = shown.add_task("Asking", total=len(found.questions) * asking.repeat)
            async for result in results(world, found, repeats=asking.repeat):
                told.append(result)
                shown.advance(task)
                if as_json:
                    print(json.dumps(result.as_dict(), ensure_ascii=False), flush=True)
    return told
