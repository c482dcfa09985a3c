"""`The cheapest clicks`: what is counted is said, what one of them costs is meant."""

import re
from collections.abc import Sequence
from dataclasses import replace

from houston.agent.patterns.understanding.candidates import is_money
from houston.agent.patterns.understanding.catalogue import Catalogue
from houston.agent.patterns.understanding.formulas import Formula
from houston.agent.patterns.understanding.likeness import WHOLE
from houston.agent.patterns.understanding.names import Match, find_names
from houston.agent.patterns.understanding.words import plain_form, singular

PRICED = re.compile(
    r"\b(?:cheap\w*|(?:in|least |most |less |more |too )?expensive|pric(?:e?y|ie\w+)|dear\w+|costl\w+|"
    r"affordable|cost(?:s|ing)? (?:us )?(?:the )?(?:most|least|less|more))\b"
)
RATIOS = ("ratio", "mean")


def priced(text: str, names: Sequence[Match], catalogue: Catalogue) -> tuple[list[Match], Formula | None]:
    """The metric that tells what one costs, where one does; else what is spent for each that is counted."""
    said = PRICED.search(text)
    metrics = [one for one in names if one.kind == "metric" and not (said and _within(one, said))]
    if not said or len(metrics) != 1 or len(metrics[0].names) != 1:
        return list(names), None
    counted = catalogue.metric(metrics[0].names[0])
    if is_money(counted) or counted.totalled_by in RATIOS:
        return list(names), None
    kept = [one for one in names if one.kind != "metric"]
    one = singular(plain_form(counted.name))
    if cost := _named(f"cost per {one}", catalogue):
        return sorted([*kept, replace(metrics[0], names=cost)], key=lambda match: match.start), None
    spent = _named("spend", catalogue)
    if len(spent) != 1:
        return list(names), None
    return [*kept, metrics[0]], Formula(kind="ratio", metrics=(spent[0], counted.name))


def _named(words: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The metrics that are called so, as a whole."""
    found = find_names(words, {"metric": catalogue.kinds["metric"]}, likeness=WHOLE - 1)
    return found[0].names if found and (found[0].start, found[0].end) == (0, len(words)) else ()


def _within(match: Match, said: re.Match[str]) -> bool:
    return said.start() <= match.start and match.end <= said.end()
