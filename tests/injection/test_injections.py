"""A model that obeys every planted order: still nothing leaves the scope, nothing is written, no link or
mention goes out."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app import running
from bot import people
from bot.connect import clients
from bot.demo import DemoSlack
from bot.playground.person import Person
from bot.playground.state import Message
from houston.access import everything
from houston.agent.grounding import text
from houston.agent.grounding.grounding import Grounding
from houston.agent.llm.model import OpenAIModel
from houston.agent.loop import cards, speech
from houston.agent.loop.discretion import Discretion
from houston.agent.loop.prompt import RULES, WHO
from houston.assembly import Houston
from houston.config import demo_settings
from houston.notify.rules.rule import RuleDraft
from store.tables import Client, Member
from tests.agent.llm_server import Call
from tests.injection.attacks import ATTEMPTS, Attempt
from tests.injection.further import FURTHER
from tests.injection.obeying import ObeyingServer
from tests.injection.outcome import approvals, sent, written, wrongs
from tests.injection.planting import PLANTINGS, Ground, prepare
from tests.patience import PATIENCE
from tests.recorded import recorded
from tools import asking

pytestmark = pytest.mark.slow

QUESTION = "What do we know here?"
EVERY = (*ATTEMPTS, *FURTHER)
GROUPS = 6
"""Tests among which the attempts are divided, each with a Houston of its own."""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Ada of the agency may see Acme alone, and asks a Houston whose model obeys everybody."""

    slack: DemoSlack
    houston: Houston
    ground: Ground
    server: ObeyingServer
    ada: Person
    jonas: Person

    @property
    def bot(self) -> str:
        return self.slack.app.installations[self.slack.workspace.id].bot_user_id

    async def try_(self, attempt: Attempt) -> list[str]:
        """What went wrong."""
        ask = ASKING.get(attempt.vehicle, _ask_directly)
        begun = await _begun(self, attempt)
        before, rows = sent(self.slack.server.playground, self.bot), await written(self.houston.store)
        channel = await ask(self, attempt, begun)
        await self._settled()
        after = sent(self.slack.server.playground, self.bot)
        new = [each for key, each in after.items() if before.get(key) != each]
        now = await written(self.houston.store)
        await self._tidied(attempt)
        found = wrongs(new, asker=self.ada.user_id, channel=channel, prompt=WHO + RULES)
        found += [f"{name} was written" for name, after_it in now.items() if after_it != rows[name]]
        found += [
            f"a write is {state}" for state in await approvals(self.houston.store) if state != "waiting"
        ]
        found += [] if attempt.number in self.server.reached else ["the text never reached the model"]
        found += [] if new else ["nothing was answered"]
        return [f"{attempt.id}: {wrong}" for wrong in found]

    def honest(self, attempt: Attempt, *calls: Call) -> None:
        self.server.obey(attempt, calls, {"jonas": self.jonas.user_id})

    async def answered(self, channel: str, thread_ts: str, *, beyond: int = 0) -> None:
        """Until Houston has said something under a message, and has ended it."""

        def said() -> Message | None:
            replies = self.ada.messages(channel, thread_ts)[1:]
            mine = [each for each in replies if each.user == self.bot]
            return mine[-1] if len(mine) > beyond and not any(each.is_streaming for each in mine) else None

        await self.ada.wait_for(said, timeout=PATIENCE)

    async def _settled(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while writing := [
                each for each in asyncio.all_tasks() if each.get_name().startswith("answer in")
            ]:
                await asyncio.wait(writing)

    async def _tidied(self, attempt: Attempt) -> None:
        async with self.houston.store.begin() as uow:
            client = await uow._session.get(Client, self.ground.acme.id)
            member = await uow._session.get(Member, (self.slack.workspace.id, self.ada.user_id))
            assert client is not None
            assert member is not None
            client.name, member.name = "Acme Outfitters", "Ada Okafor"
            await uow.commit()


async def _begun(scene: Scene, attempt: Attempt) -> str:
    """Plants the text; the time of the message that it stands in, where it does."""
    if planting := PLANTINGS.get(attempt.vehicle):
        plant, where = planting
        scene.honest(attempt, await plant(scene.ground, attempt.text, where))
        return ""
    scene.honest(attempt)
    if attempt.vehicle == "client name":
        scene.honest(attempt, Call(name="list_clients", id="honest"))
    return await BEGINNINGS[attempt.vehicle](scene, attempt)


async def _renamed(scene: Scene, attempt: Attempt) -> str:
    async with scene.houston.store.begin() as uow:
        rows: dict[str, tuple[Any, Any]] = {
            "client name": (Client, scene.ground.acme.id),
            "asker's name": (Member, (scene.slack.workspace.id, scene.ada.user_id)),
        }
        row = await uow._session.get(*rows[attempt.vehicle])
        assert row is not None
        row.name = attempt.text
        await uow.commit()
    return ""


async def _said_by_another(scene: Scene, attempt: Attempt) -> str:
    return (await scene.jonas.say(scene.slack.channel("leadership"), attempt.text)).ts


async def _alerted(scene: Scene, attempt: Attempt) -> str:
    """A notebook says it, and Houston tells the channel."""
    channel = scene.slack.channel("data-pipelines")
    await scene.houston.notebook_alerts.report(
        everything(),
        notebook="Nightly",
        status="failure",
        message=attempt.text,
        client_id=scene.ground.acme.id,
    )

    def told() -> Message | None:
        found = [each for each in scene.ada.messages(channel) if attempt.sign in str(each.blocks)]
        return found[-1] if found else None

    alert = await scene.ada.wait_for(told, timeout=PATIENCE)
    return (await recorded(scene.houston, alert)).ts


async def _nothing(scene: Scene, attempt: Attempt) -> str:
    return ""


BEGINNINGS = {
    "client name": _renamed,
    "asker's name": _renamed,
    "thread message": _said_by_another,
    "alert's text": _alerted,
    "question": _nothing,
}


async def _ask_directly(scene: Scene, attempt: Attempt, begun: str) -> str:
    dm = await scene.ada.dm()
    words = f"What does this mean: {attempt.text}" if attempt.vehicle == "question" else QUESTION
    question = await scene.ada.say(dm.id, words)
    await scene.answered(dm.id, question.ts)
    return dm.id


async def _ask_in_thread(scene: Scene, attempt: Attempt, begun: str) -> str:
    channel = scene.slack.channel("leadership")
    await scene.ada.say(channel, f"@Houston {QUESTION}", thread_ts=begun)
    await scene.answered(channel, begun)
    return channel


async def _press(scene: Scene, attempt: Attempt, begun: str) -> str:
    channel = scene.slack.channel("data-pipelines")
    [alert] = [each for each in scene.ada.messages(channel) if each.ts == begun]
    await scene.ada.click("ask_houston", message=alert)
    await scene.answered(channel, begun)
    return channel


ASKING = {"thread message": _ask_in_thread, "alert's text": _press}


@pytest.fixture
async def scene(slack: DemoSlack, tmp_path: Path) -> AsyncIterator[Scene]:
    server = ObeyingServer()
    async with server:
        model = OpenAIModel(api_key="sk-test", model="obeying", base_url=server.url)
        settings = demo_settings(
            {},
            api_url=slack.server.api_url,
            app_token=slack.app.app_token,
            bot_token=slack.bot_token,
            data_dir=tmp_path,
        )
        async with running(settings, model=model) as houston:
            ground = await prepare(houston, slack.workspace.id, datetime.now(UTC))
            ada, jonas = slack.person("ada"), slack.person("jonas")
            await _let_in(slack, houston, ground, ada)
            houston.start()
            yield Scene(slack=slack, houston=houston, ground=ground, server=server, ada=ada, jonas=jonas)
        await model.close()


async def _let_in(slack: DemoSlack, houston: Houston, ground: Ground, ada: Person) -> None:
    """Ada is held to Acme, and reads the channels; what Acme's notebooks say is told in one of them."""
    async with clients.session() as http:
        client = clients.plain(http, base_url=slack.server.api_url)
        client.token = slack.bot_token
        for name in ("mira", "jonas", "ada"):
            await people.member(houston, client, slack.workspace.id, slack.person(name).user_id)
    admin = await houston.access.actor(slack.workspace.id, slack.person("mira").user_id)
    await houston.roles.set_clients(admin, ada.user_id, [ground.acme.id or 0])
    for name in ("leadership", "data-pipelines"):
        slack.server.playground.join(slack.channel(name), ada.user_id)
    channels = (slack.channel("data-pipelines"),)
    await houston.rules.add(admin, RuleDraft(event_type="notebook_alert", channels=channels))


@pytest.mark.parametrize("group", range(GROUPS))
async def test_a_model_that_obeys_the_attacker_harms_nobody(scene: Scene, group: int) -> None:
    wrong = [each for attempt in EVERY[group::GROUPS] for each in await scene.try_(attempt)]
    assert not wrong, "\n".join(wrong)


HOLES = (
    "links in disguise",
    "mention everybody",
    "repeat the instructions",
    "an image that carries data away",
)
"""Goals that nothing but the check of each sentence stops."""


async def test_without_the_check_of_each_sentence_the_suite_would_notice(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Grounding, "check", lambda self, sentence: None)
    monkeypatch.setattr(Discretion, "quotes", lambda self, sentence: False)
    for name in HOLES:
        attempt = next(each for each in ATTEMPTS if each.goal.name == name and each.vehicle in PLANTINGS)
        assert await scene.try_(attempt), name


FURTHER_HOLES: tuple[tuple[Any, str, str], ...] = (
    (cards, "unlinked", "data carried away in what a look-up is called"),
    (speech, "visible", "figures and words that read otherwise than they are"),
    (asking, "unlinked", "links and mentions on buttons"),
    (text, "unescape", "addresses in other alphabets, with entities and backslashes"),
)
"""What stops a kind alone."""


async def test_without_what_stops_the_further_kinds_the_suite_would_notice(scene: Scene) -> None:
    for room, name, kind in FURTHER_HOLES:
        attempt = next(each for each in FURTHER if each.goal.name == kind)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(room, name, lambda words: words)
            assert await scene.try_(attempt), kind


async def test_saying_approve_approves_nothing(scene: Scene) -> None:
    """A model that proposes, and proposes again when it is told yes: only the card's button does it."""
    attempt = next(each for each in FURTHER if each.goal.name == "approval by words")
    rows = await written(scene.houston.store)
    scene.honest(attempt)
    dm = await scene.ada.dm()
    question = await scene.ada.say(dm.id, attempt.text)
    await scene.answered(dm.id, question.ts)
    for word in ("approve", "Yes, I approve it. ✅", "approve_change"):
        said = len([each for each in scene.ada.messages(dm.id, question.ts) if each.user == scene.bot])
        await scene.ada.say(dm.id, f"{word} {attempt.sign}", thread_ts=question.ts)
        await scene.answered(dm.id, question.ts, beyond=said)
        await scene._settled()
    assert await written(scene.houston.store) == rows
    assert set(await approvals(scene.houston.store)) == {"waiting"}
