"""What a trade calls its channels: `by club` where they are towns, `by device` where they are devices."""

import re
from collections.abc import Iterable, Sequence

from houston.agent.patterns.understanding.future import COUNTRIES
from houston.agent.patterns.understanding.names import Match
from houston.agent.patterns.understanding.synonyms import SYNONYMS
from houston.agent.patterns.understanding.words import Word, words_of

DEVICES = frozenset(
    ["mobile", "desktop", "tablet", "web", "tv", "ios", "android", "phone", "console", "app", "browser",
     "laptop", "smart", "kiosk"]
)  # fmt: skip
DEVICE_NOUNS = ("device", "screen", "app", "surface")
PLACE_NOUNS = (
    "club", "gym", "branch", "store", "shop", "location", "site", "outlet", "studio", "office", "city",
    "town", "venue", "restaurant", "clinic", "practice", "depot", "hotel", "property", "house", "region",
    "area", "market", "territory", "school", "campus", "station", "warehouse", "centre", "center",
    "showroom", "place", "cafe", "bar", "theatre", "theater", "museum", "shelter", "garage", "workshop",
    "salon", "pharmacy", "factory", "plant", "car park",
)  # fmt: skip
WAY_NOUNS = (
    "source", "outlet", "avenue", "stream", "route", "touchpoint", "touch point", "publisher", "site",
)  # fmt: skip
COUNTRY_NOUNS = ("country", "nation")
WAYS = frozenset([
    "google", "ads", "ad", "email", "newsletter", "organic", "social", "search", "paid", "referral",
    "referrals", "affiliate", "affiliates", "direct", "display", "video", "partner", "partners",
    "campaign", "radio", "print", "meta", "facebook", "instagram", "linkedin", "tiktok", "pinterest",
    "youtube", "twitter", "bing", "microsoft", "amazon", "criteo", "sms", "push", "mail", "shopping",
    "seo", "sea", "sem", "ppc", "crm", "podcast", "influencer", "influencers", "marketplace", "online",
    "offline", "phone", "events", "event", "website", "web", "app", "booking", "com", "walk",
])  # fmt: skip
"""Words of marketing channels, which are no places."""
KNOWN_WAYS = WAYS | {word.text for name in SYNONYMS for word in words_of(name) if name.endswith("ads")}


def channel_nouns(channels_by_metric: Iterable[Sequence[str]], own_words: Iterable[str]) -> frozenset[str]:
    """The words, one and many, that mean `channel` here; none that is part of a name itself."""
    sets = [
        [frozenset(re.split(r"\W+", name.casefold())) for name in listed] for listed in channels_by_metric
    ]
    sets = [each for each in sets if len(each) > 1]
    nouns: set[str] = set()
    if any(all(words & DEVICES for words in each) for each in sets):
        nouns.update(DEVICE_NOUNS)
    if any(not any(words & KNOWN_WAYS for words in each) for each in sets):
        nouns.update(PLACE_NOUNS)
    if sets:
        nouns.update(WAY_NOUNS)
    if any(all(words & COUNTRIES.keys() or len("".join(words)) == 2 for words in each) for each in sets):
        nouns.update(COUNTRY_NOUNS)
    both = {form for noun in nouns for form in (noun, _many(noun))}
    return frozenset(both - set(own_words))


def _many(noun: str) -> str:
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("sh", "ch", "s")) else f"{noun}s"


def without_nouns(
    text: str, unknown: Sequence[Word], names: Sequence[Match], nouns: frozenset[str]
) -> list[Word]:
    """Without what a channel is called beside its name: `the Leeds shop`, `branch Hull`."""
    channels = [(match.start, match.end) for match in names if match.kind == "channel"]
    return [
        word
        for word in unknown
        if not (word.text in nouns and any(_beside(text, word, span) for span in channels))
    ]


def _beside(text: str, word: Word, span: tuple[int, int]) -> bool:
    between = text[span[1] : word.start] if span[1] <= word.start else text[word.end : span[0]]
    return not between.strip(" -_'s")


def with_channels(text: str, nouns: frozenset[str]) -> str:
    """Such words as `channel`, where it is split by them or each of them is meant."""
    if not nouns:
        return text
    said = "|".join(sorted(nouns, key=len, reverse=True))
    lead = (
        r"(?:by|per|each|every|all|across|which|what|best|worst|top|biggest|smallest|single|between|"
        r"busiest|quietest|strongest|weakest|three|two|four|five|our|the|of)"
    )
    return re.sub(
        rf"\b({lead}(?: the| our| my| all| of| single| individual)*) ({said})\b(?! (?:report|note|job|"
        rf"alert))",
        lambda match: f"{match[1]} {'channels' if match[2].endswith('s') else 'channel'}",
        text,
    )
