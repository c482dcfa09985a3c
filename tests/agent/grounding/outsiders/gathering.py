"""All conversations of a seed, over the sample agency's clients and the catalogue's."""

import random
import tempfile
from datetime import timedelta
from pathlib import Path

from store.tables import Client
from tests.agent.grounding.outsiders.office import ZONES, Office, open_office
from tests.agent.grounding.outsiders.reads import READS
from tests.agent.grounding.outsiders.scene import Ask, Reads, Scene


async def gathered(seed: int) -> list[Scene]:
    rng, scenes = random.Random(f"scenes {seed}"), []
    with tempfile.TemporaryDirectory() as folder:
        office = await open_office(Path(folder), seed)
        try:
            for client in office.clients:
                for kind, (question, reads, times) in READS.items():
                    for _ in range(times):
                        made = await _scene(office, rng, client, kind, question, reads)
                        scenes.append(made)
        finally:
            await office.store.close()
    return [each for each in scenes if each.found]


async def _scene(
    office: Office, rng: random.Random, client: Client, kind: str, question: str, reads: Reads
) -> Scene:
    talk = office.talk(client, rng.choice(ZONES))
    listed = await office.talk(client, "UTC").read("list_metrics")
    days = rng.choice((7, 7, 10, 14, 28))
    end = talk.context.today - timedelta(days=rng.choice((1, 1, 2, 4)))
    ask = Ask(metrics=listed["metrics"], start=end - timedelta(days=days - 1), end=end)
    found = await reads(talk, rng, ask)
    units = [each["unit"] for each in listed["metrics"] if each["unit"] in ("$", "£", "EUR")]
    talk.question = question.format(metric=str(found[0].get("metric", "")).replace("_", " ") if found else "")
    return Scene(kind=kind, talk=talk, found=found, currency=units[0] if units else "")
