"""Links that no tool returned, as a model makes them up."""

import random

WORDS = ("dashboard", "full report", "details", "run log", "report", "breakdown")
MADE_UP = (
    "https://app.houston.example/{slug}/{word}/{number}",
    "https://{slug}.example.com/analytics?range=7d&id={number}",
    "https://ads.google.com/aw/campaigns?ocid={number}",
    "https://docs.google.com/spreadsheets/d/1a{number}Zq/edit",
    "https://lookerstudio.google.com/reporting/{number}",
    "http://grafana.{slug}.internal/d/{number}",
    "www.{slug}-reports.com/{word}",
)
SENTENCES = (
    " See the [{word}]({url}) for more.",
    " More here: {url}",
    " [Open the {word}]({url})",
    " Details are in the <{url}|{word}>.",
    " The full list is at {url}.",
    "\n- {Word}: {url}",
    "\n\nSource: [{word}]({url})",
    " ({url})",
    " You can follow it on {url} if you like.",
)


def invented(slug: str, real: str | None, rng: random.Random) -> tuple[str, str]:
    """What is added to an answer, and the link in it; made from a real one where there is one."""
    word = rng.choice(WORDS)
    if real and rng.random() < 0.6:
        url = spoilt(real, rng)
    else:
        named = rng.choice(MADE_UP)
        url = named.format(slug=slug, word=word.replace(" ", "-"), number=rng.randint(1000, 99999))
    sentence = rng.choice(SENTENCES).format(word=word, Word=word.capitalize(), url=url)
    return sentence, url


def spoilt(url: str, rng: random.Random) -> str:
    """The same place with another number, another page or another host."""
    ways = (
        url + rng.choice(("/details", "?tab=costs", "/export")),
        url.replace("https://", "https://www.", 1),
        url.rsplit("/", 1)[0] + f"/{rng.randint(10_000, 99_999)}",
    )
    return rng.choice(ways)
