"""Links as models invent them."""

import random

from tests.agent.grounding.outsiders.scene import Scene

PATHS = ("reports/weekly", "dashboards/42", "share/9f3ac1", "performance", "q3-overview", "embed/trend")
SITES = (
    "https://dash.{}.com",
    "https://{}-analytics.io",
    "https://lookerstudio.google.com/{}",
    "https://app.{}.co.uk",
)
FORMS = (
    " [Full breakdown]({})",
    " You can see the details at {}.",
    " More here: <{}|dashboard>.",
    "\n\n[Open the dashboard]({})",
    " ![Trend]({}.png)",
    " (source: {})",
    "\n\nSource: {}",
    " The live numbers are on [this page]({}).",
)


def invented(scene: Scene, rng: random.Random) -> tuple[str, int]:
    """What is added to an answer, and where in it the link begins."""
    form, link = rng.choice(FORMS), _link(scene, rng)
    if rng.random() < 0.15 and "](" not in form and "<" not in form:
        link = link.replace("https://", "www.", 1)
    return form.format(link), form.index("{")


def _link(scene: Scene, rng: random.Random) -> str:
    if scene.links and rng.random() < 0.6:
        real = rng.choice(scene.links)
        other = rng.choice(
            (real + "-2026", real.replace("agency", "agencies"), real.rsplit("/", 1)[0] + "/summary")
        )
        if other not in scene.links:
            return other
    name = scene.client.split()[0].lower()
    return f"{rng.choice(SITES).format(name)}/{rng.choice(PATHS)}"
