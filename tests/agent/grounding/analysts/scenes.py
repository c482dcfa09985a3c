"""What is asked in a run: each kind of question several times, of both agencies."""

import random

from tests.agent.grounding.analysts.channels import by_channel
from tests.agent.grounding.analysts.clients import across, two_of_them
from tests.agent.grounding.analysts.days import as_series, by_day, by_weekday
from tests.agent.grounding.analysts.desk import Place, sample, unseen
from tests.agent.grounding.analysts.funnel import side_by_side
from tests.agent.grounding.analysts.incidents import outlier, pipelines
from tests.agent.grounding.analysts.records import notebook, people, report
from tests.agent.grounding.analysts.scene import Maker, Scene

MAKERS: tuple[Maker, ...] = (
    by_channel, by_day, side_by_side, across, by_weekday, two_of_them, outlier, as_series, people, notebook,
)  # fmt: skip
ONLY_SAMPLE: tuple[Maker, ...] = (pipelines, report)
EACH = 4


async def gathered(seed: int, *, quick: bool = False) -> list[Scene]:
    """Of the sample agency and an unseen one; quick leaves the first out."""
    rng = random.Random(f"scenes {seed}")
    found: list[Scene] = []
    async with unseen(seed) as place:
        found += await _asked(place, MAKERS, rng)
    if not quick:
        async with sample(seed) as place:
            found += await _asked(place, (*MAKERS, *ONLY_SAMPLE), rng)
    rng.shuffle(found)
    return found


async def _asked(place: Place, makers: tuple[Maker, ...], rng: random.Random) -> list[Scene]:
    found = [await maker(place, rng) for maker in makers for _ in range(EACH)]
    return [scene for scene in found if scene is not None]
