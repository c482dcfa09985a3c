"""How many planted lies are caught, and how many truths are doubted.

`python -m tests.agent.grounding.figures [answers] [seed]`. A scripted server speaks OpenAI's wire
format; the real client, loop, tools and store do the rest. Each answer is given twice: a complaint
makes the loop ask again, and the second time it goes out marked.
"""

import asyncio
import json
import random
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from houston.agent.evals.report import wilson
from houston.agent.grounding.complaint import MARK
from houston.agent.llm.model import OpenAIModel
from houston.agent.loop.agent import Agent
from houston.agent.loop.limits import Limits
from houston.agent.loop.toolbox import as_text
from houston.agent.tool import ToolContext
from houston.agent.turn import Finished, TextAdded, Turn
from houston.assembly import assemble
from houston.samples import agency, plant
from store import Store
from store.tables import Workspace
from tests.agent.fakes import NOW, FakeModel, context
from tests.agent.grounding.answers import Answer, lies, truths
from tests.agent.grounding.scene import Result, Scene
from tests.agent.grounding.scenes import SCENES
from tests.agent.llm_server import LLMServer, Reply, calls, says
from tests.store.databases import KEYRING
from tools import ALL_TOOLS

SEED = 6
ANSWERS = 200


@dataclass(frozen=True, kw_only=True)
class Verdict:
    answer: Answer
    shown: str
    marked: int
    asked_again: bool

    @property
    def caught(self) -> bool:
        """The lie did not reach the person, or visibly marked."""
        return bool(self.marked) or self.answer.lie.strip() not in self.shown

    @property
    def doubted(self) -> bool:
        return self.asked_again or bool(self.marked)


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[ToolContext]:
    """The sample agency behind the real tools, as its admin asks about Acme Outfitters."""
    store = Store(f"sqlite:///{folder}/houston.db", now=lambda: NOW, rng=random.Random(1), keyring=KEYRING)
    await store.open()
    houston = assemble(store, now=lambda: NOW, rng=random.Random(1), model=FakeModel(), tools=())
    async with store.begin() as uow:
        home = Workspace(id="T1", name="Agency", kind="agency", timezone="UTC", created_at=NOW)
        await uow.workspaces.save(workspace=home)
        await uow.commit()
    found = agency(SEED, NOW)
    await plant(
        store, found, workspace_id="T1", checks=houston.checks, task_runs=houston.task_runs, now=lambda: NOW
    )
    await houston.checks.due(NOW + timedelta(seconds=8))
    base = context(None, desk=houston.desk)
    clients = {client.slug: client for client in await houston.clients.all(base.scope)}
    yield context(clients["acme"], desk=houston.desk)
    await store.close()


async def scenes(asker: ToolContext) -> list[Scene]:
    """Each with the true values of its tools' results."""
    tools = {tool.name: tool for tool in ALL_TOOLS}
    found = []
    for wanted, build in SCENES:
        results: list[Result] = []
        for call in wanted:
            tool = tools[call.name]
            data = await tool.run(asker, tool.parse(call.arguments))
            results.append(json.loads(as_text(_plain(data))))
        found.append(build(results))
    return found


def _plain(data: Result) -> Result:
    from pydantic_core import to_jsonable_python

    plain: Result = to_jsonable_python(data)
    return plain


async def judge(answer: Answer, asker: ToolContext) -> Verdict:
    """The answer as the person sees it after the whole way from the wire to the shown text."""
    script: Sequence[Reply] = [calls(*answer.scene.calls), says(answer.text), says(answer.text)]
    async with LLMServer(script) as server:
        model = OpenAIModel(api_key="sk-test", model="scripted", base_url=server.url)
        agent = Agent(model=model, tools=ALL_TOOLS, limits=Limits(seconds=60))
        events = [event async for event in agent.answer(Turn(question=answer.scene.question, context=asker))]
        await model.close()
        asked = len(server.requests)
    last = events[-1]
    if not isinstance(last, Finished):
        raise TypeError(f"The turn did not finish: {last}")
    shown = "".join(event.markdown for event in events if isinstance(event, TextAdded))
    return Verdict(
        answer=answer, shown=shown, marked=shown.count(MARK) + last.footer.marked, asked_again=asked > 2
    )


async def measure(number: int, seed: int = SEED) -> tuple[list[Verdict], list[Verdict]]:
    """(of lies, of truths)"""
    with tempfile.TemporaryDirectory() as folder:
        async with opened(Path(folder)) as asker:
            found = await scenes(asker)
            rng = random.Random(seed)
            return (
                [await judge(one, asker) for one in lies(found, rng, number)],
                [await judge(one, asker) for one in truths(found, rng, number)],
            )


def report(of_lies: Sequence[Verdict], of_truths: Sequence[Verdict]) -> str:
    lines = [
        "Lies caught",
        *(_line(kind, of_lies, kind) for kind in dict.fromkeys(v.answer.kind for v in of_lies)),
    ]
    lines += [_rate("templates used for tuning", [v.caught for v in of_lies if not v.answer.held_out])]
    lines += [_rate("templates held out", [v.caught for v in of_lies if v.answer.held_out])]
    lines += [_rate("all", [v.caught for v in of_lies]), "", "Truths doubted"]
    lines += [_rate("templates used for tuning", [v.doubted for v in of_truths if not v.answer.held_out])]
    lines += [_rate("templates held out", [v.doubted for v in of_truths if v.answer.held_out])]
    return "\n".join([*lines, _rate("all", [v.doubted for v in of_truths])])


def _line(name: str, verdicts: Sequence[Verdict], kind: str) -> str:
    return _rate(name, [verdict.caught for verdict in verdicts if verdict.answer.kind == kind])


def _rate(name: str, outcomes: Sequence[bool]) -> str:
    low, high = wilson(sum(outcomes), len(outcomes))
    share = sum(outcomes) / max(len(outcomes), 1)
    interval = f"(95 %: {low:.1%} to {high:.1%})"
    return f"  {name:<28} {sum(outcomes):>4} of {len(outcomes):<4} {share:>6.1%}  {interval}"


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else ANSWERS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    of_lies, of_truths = asyncio.run(measure(number, seed))
    print(report(of_lies, of_truths))
    for verdict in [v for v in of_lies if not v.caught] + [v for v in of_truths if v.doubted]:
        print(
            "-",
            verdict.answer.kind or "TRUE",
            "(held out)" if verdict.answer.held_out else "",
            verdict.answer.scene.name,
        )
        print("   ", verdict.answer.lie or verdict.shown)


if __name__ == "__main__":
    main()
