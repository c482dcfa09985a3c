"""`No, the returned ones`: another metric than the one talked of, by the word that sets it apart."""

import re
from collections.abc import Sequence

from houston.agent.patterns.understanding.catalogue import Catalogue
from houston.agent.patterns.understanding.shorthand import stem
from houston.agent.patterns.understanding.words import Word, words_of

ONES = re.compile(r"\b(?:the |those |only )*(?P<word>[a-z]{4,}) ones?\b", re.IGNORECASE)
NO_METRIC = frozenset(
    ["other", "others", "same", "first", "second", "third", "last", "this", "that", "these"]
)


def with_metric(say: str, talked_of: Sequence[str], catalogue: Catalogue) -> str:
    """With the metric put in, where one alone has that word and another of what was talked of."""
    found = ONES.search(say)
    if found is None or found["word"].casefold() in NO_METRIC:
        return say
    wanted = stem(found["word"].casefold())
    about = {stem(word.text) for name in talked_of for word in _words(name)}
    fitting = [
        metric.name
        for metric in catalogue.metrics
        if metric.name not in talked_of
        and wanted in {stem(word.text) for word in _words(metric.name)}
        and about & {stem(word.text) for word in _words(metric.name)}
    ]
    if len(fitting) != 1:
        return say
    return say[: found.start()] + fitting[0].replace("_", " ") + say[found.end() :]


def _words(name: str) -> list[Word]:
    return words_of(name.replace("_", " "))
