"""Words that mean a metric only by usage: `cost` beside a cost per click, `the rate`, `what did we earn`."""

import re
from dataclasses import replace

from houston.agent.patterns.understanding.candidates import earned_in_money, narrowed
from houston.agent.patterns.understanding.catalogue import Catalogue
from houston.agent.patterns.understanding.likeness import CLOSE
from houston.agent.patterns.understanding.names import Match, find_names, overlaps
from houston.agent.patterns.understanding.shorthand import stem
from houston.agent.patterns.understanding.words import plain_form, singular, words_of

SAID_BY_VERB = 75.0
"""The likeness of what no name says."""
COST_AS_VERB = re.compile(r"\b(?:did|does|do|has|have|how much)\b.{0,40}\bcosts?\b")
WRITING = re.compile(
    r"\b(?:writ(?:es?|ing|ten)|wrote|draft(?:s|ed|ing)?|prepar(?:es?|ed|ing)|compos(?:es?|ed|ing)|"
    r"typ(?:es?|ed|ing)(?: up)?|proofread(?:s|ing)?|answer(?:s|ing|ed)?|repl(?:y|ies|ying|ied) to) "
    r"(?:(?:the|an?|my|our|this|that|his|her|their|today|every|each) )?(?:(?!by |per |on |in )\w+ ){0,2}$"
)
RATE = re.compile(r"\b(?:(?P<which>[\w'-]+) )?(?P<noun>rate|ratio)s?\b")
NO_KIND = frozenset([
    "the", "a", "an", "our", "my", "this", "that", "what", "which", "by", "of", "is", "me", "give",
    "show", "same", "current", "and", "total", "overall", "for",
])  # fmt: skip
RANK = r"(?:most|least|top|best|biggest|highest|worst|lowest|largest|smallest)"
EARN = r"(?:earn(?:s|ed|ing|er|ers)?|lucrative|sells?|selling|sold|brings? in|brought in|bringing in|grossed)"
EARNINGS = (
    r"\b(?P<said>out(?:sells?|sold|earn(?:s|ed)?))\b",
    r"\b(?:how much|what)(?: money| cash)? (?:did|do|does|have|has|had|are|is|was|"
    r"were)\b.{0,40}?\b(?P<said>earn(?:ed|ing)?|mak(?:e|ing)|made|bring(?:ing)? in|brought in|(?:pull|rak|"
    r"tak|reel)(?:e|ed|ing)? in|take in|took in|sell|sold|turn over|gross(?:ed)?)\b",
    r"\b(?:how much|what) (?:we|they|i|it|you) (?:have |had |has |already )*(?P<said>earned|made|sold|took "
    r"in|brought in)\b",
    r"\b(?P<said>takings|earn(?:ed|s|ing)?)\b",
    r"\b(?:money|earned|earnings) (?P<said>made|coming in|earned)\b",
    r"\b(?P<said>(?:mak(?:e|es|ing)|made|earn(?:s|ed|ing)?|tak(?:e|es|ing)|took) (?:any |more |less |the "
    r"most |the least |most |much |enough |good |a lot of |lots of |us )*(?:money|cash|dough))\b",
    r"\b(?:money|cash|how much|dough)\b.{0,30}?\b(?P<said>(?:c[ao]me|comes|coming|flow(?:ed|s)?|roll(?:ed|"
    r"s)?|pour(?:ed|s)?|got|get) (?:in\b(?! ?to)|from|through|via|out of))",
    rf"\b{RANK}\b.{{0,25}}?\b(?P<said>{EARN})(?![\w-])",
    rf"\b(?P<said>{EARN}|made)\b.{{0,15}}?\b(?:the )?{RANK}\b",
)
PAYINGS = (
    r"\b(?P<said>outspen[dt])\b",
    r"\b(?P<said>pay|(?<=we )paid|(?<=i )paid|(?<=have )paid|(?<=has )paid|(?<=was )paid|(?<=were )paid|"
    r"(?<=get )paid|(?<=they )paid|paying|shell(?:ed)? out|fork(?:ed)? out|fork(?:ed)? over|invest(?:ed|"
    r"ing)?|blow|blew|splash(?:ed)? out|sp[ea]nd|spent)\b(?! (?:search|social|by))",
    r"\b(?:how much|what|money|cash|budget)\b.{0,40}\b(?P<said>(?:on|for|into) (?:the |our |all )*(?:paid |"
    r"online )?(?:ads?|adverts?|advertising|advertisement|marketing|media))\b",
    r"\b(?:how much|what|money|cash|budget)\b.{0,30}?\b(?P<said>(?:went|go|goes|gone|going|flow(?:ed|s)?|put|"
    r"pump(?:ed)?|pour(?:ed)?|sunk|sank|sink|stuck|thr[eo]wn?|plough(?:ed)?|plow(?:ed)?|funnel(?:l?ed)?)"
    r"(?: \w+)? (?:in ?to|towards?|at))\b",
    r"\b(?P<said>ads?[- ]wise|ads? (?:bill|money|costs?)|(?:ads?|marketing) (?:damage|outgoings|outlay))\b",
    r"\b(?P<said>damage|outgoings|outlay)\b.{0,20}\bads?\b",
)
EARNING, PAYING = (tuple(map(re.compile, each)) for each in (EARNINGS, PAYINGS))
BY_VERB = ((EARNING, "revenue"), (PAYING, "spend"))


def with_doubts(text: str, names: list[Match], catalogue: Catalogue) -> list[Match]:
    names = [
        _doubted(text, narrowed(text, match, catalogue), catalogue)
        for match in names
        if not _only_ads(text, match) and not _being_written(text, match)
    ]
    if any(match.kind == "metric" and match.likeness > 80 for match in names):
        return names
    others = [match for match in names if match.kind != "metric"]
    if _same_stem(text, others, catalogue):
        names = others
    names = _agreed(names)
    done = _done(text, names, catalogue)
    said = [(match.start, match.end) for match in done]
    sure = [match for match in names if len(match.names) == 1 or not overlaps(match.start, match.end, said)]
    return sorted([*sure, *_rates(text, names, catalogue), *done], key=lambda match: match.start)


def _agreed(names: list[Match]) -> list[Match]:
    """`how full were the classes`: one word fits an occupancy, the other any metric of classes."""
    sure = {match.names[0] for match in names if match.kind == "metric" and len(match.names) == 1}
    return [match for match in names if len(match.names) == 1 or not sure & set(match.names)]


def _only_ads(text: str, match: Match) -> bool:
    """`ads` is no short name of a return on ad spend."""
    return (
        match.kind == "metric" and text[match.start : match.end] in ("ad", "ads") and match.likeness < CLOSE
    )


def _being_written(text: str, match: Match) -> bool:
    """`whoever is writing the daily mail`: what is written there is no channel."""
    return match.kind == "channel" and WRITING.search(text[: match.start]) is not None


def resolved(names: list[Match]) -> list[Match]:
    """The likeliest of each: within arithmetic, `cost per signup` is plain."""
    return [replace(match, names=match.names[:1]) if match.likeness >= 99 else match for match in names]


def _doubted(text: str, match: Match, catalogue: Catalogue) -> Match:
    """One usual word for a metric, which is also part of another metric's own name."""
    said = text[match.start : match.end]
    if (
        match.kind != "metric"
        or len(match.names) != 1
        or match.likeness != 99
        or " " in said
        or COST_AS_VERB.search(text)
    ):
        return match
    others = [
        metric.name
        for metric in catalogue.metrics
        if singular(said) in singular(plain_form(metric.name)).split() and metric.name not in match.names
    ]
    return replace(match, names=(*match.names, *others)) if others else match


def _rates(text: str, names: list[Match], catalogue: Catalogue) -> list[Match]:
    """`the rate` may be any ratio; `the open rate` none but that one, which is unknown then."""
    found = RATE.search(text)
    if not found or (found["which"] and found["which"] not in NO_KIND):
        return []
    ratios = tuple(
        metric.name for metric in catalogue.metrics if metric.totalled_by == "ratio" or "rate" in metric.name
    )
    at = found.span("noun")
    free = not any(match.start < at[1] and at[0] < match.end for match in names)
    return (
        [Match(kind="metric", names=ratios, likeness=70.0, start=at[0], end=at[1])] if ratios and free else []
    )


def _done(text: str, names: list[Match], catalogue: Catalogue) -> list[Match]:
    """What is said by a verb: `visited us` of visits, `what did we earn` of revenue."""
    if any(match.kind == "metric" for match in names):
        return []
    return _same_stem(text, names, catalogue) or _earned(text, names, catalogue)


def _same_stem(text: str, names: list[Match], catalogue: Catalogue) -> list[Match]:
    stems = {stem(plain_form(metric.name)): metric.name for metric in catalogue.metrics}
    taken = [(match.start, match.end) for match in names]
    return [
        Match(
            kind="metric",
            names=(stems[stem(word.text)],),
            likeness=SAID_BY_VERB,
            start=word.start,
            end=word.end,
        )
        for word in words_of(text)
        if word.text.endswith(("ed", "ing")) and stem(word.text) in stems
        if not overlaps(word.start, word.end, taken)
    ][:1]


def _earned(text: str, names: list[Match], catalogue: Catalogue) -> list[Match]:
    for patterns, usual in BY_VERB:
        if found := next((match for pattern in patterns if (match := pattern.search(text))), None):
            meant = find_names(usual, {"metric": catalogue.kinds["metric"]})
            start, end = found.span("said")
            if not meant and usual == "revenue" and (money := earned_in_money(catalogue)):
                return [Match(kind="metric", names=money, likeness=SAID_BY_VERB, start=start, end=end)]
            return [replace(match, start=start, end=end, likeness=SAID_BY_VERB) for match in meant[:1]]
    return []
