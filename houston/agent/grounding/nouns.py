"""What a count counts: `3 critical outliers` are no 3 notes."""

import re
from collections.abc import Sequence

from houston.agent.grounding.cell import Cell, Name
from houston.agent.grounding.evidence import Evidence
from houston.agent.grounding.figures import Figure
from houston.agent.grounding.reading import Said
from houston.agent.grounding.subjects import is_hinted
from houston.agent.grounding.text import REACH, leading, name_of, tokens

NEAR = re.compile(r"^[\s*_)]*((?:[A-Za-z][\w'’-]*\s+){0,3}[A-Za-z][\w'’-]*)")
LIMIT = re.compile(
    r"^(?:in|on|of|for|from|at|with|by|to|and|or|were|was|are|is|came|per|than|more|vs|between|over|out|against|versus|compared|while|where|but|an?|each|every|into)$",
    re.I,
)
WORDS = 4
PAUSE = re.compile(r"[,;.:()|]")
OUT_OF = re.compile(r"\w[\s*_]+(?:out )?of[\s*_]+(?:the |all )?[\s*_]*$", re.IGNORECASE)
COPULA = re.compile(
    r"^[\s*_)]*(?:(?:are|is|were|was|still|remains?|remained|stand|stood)\s+)+", re.IGNORECASE
)
SUBJECTS = frozenset(
    ["outlier", "note", "customer", "channel", "client", "alert", "report", "rule", "episode"]
)
"""What Houston counts; where nothing of it was returned, no number of it is true."""


def counted(figure: Figure, candidates: Sequence[Cell], said: Said, evidence: Evidence) -> list[Cell]:
    """The candidates that are of what the words after the figure name."""
    if figure.kind != "plain" or not candidates:
        return list(candidates)
    words = _words(said.text[figure.end :])
    if leading(OUT_OF, said.text, figure.start):
        words = _noun_phrase(words, evidence)
    if any(
        word in SUBJECTS and (word,) not in evidence.nouns and word not in _fields(evidence) for word in words
    ):
        return []
    known = [(word,) for word in words if (word,) in evidence.nouns]
    fields = {mention.name for mention in said.mentions if mention.dimension == "field"} & {
        (word,) for word in words
    }
    if not known and not fields:
        return list(candidates)
    near = _clause(said.text, figure)
    is_vague = _is_vague(words, evidence)
    return [
        cell
        for cell in candidates
        if _is_phrase(cell, words)
        or (is_vague and cell.role == "count" and cell.key != "count")
        or (_counts(cell, known, fields) and _is_said(cell, near))
    ]


def _is_vague(words: Sequence[str], evidence: Evidence) -> bool:
    """`5 good runs`: a count of some of them, by a word that no result has."""
    first = next((at for at, word in enumerate(words) if (word,) in evidence.nouns), 0)
    return any((word,) not in evidence.nouns for word in words[:first])


def _noun_phrase(words: list[str], evidence: Evidence) -> list[str]:
    """In `one of 15 runs failed`, the 15 are runs, and what failed is one."""
    last = next((at for at, word in enumerate(words) if (word,) in evidence.nouns), len(words))
    return words[: last + 1]


def _clause(text: str, figure: Figure) -> str:
    """The words around a figure, to the next comma."""
    before = PAUSE.split(text[max(0, figure.start - REACH) : figure.start])[-1]
    after = PAUSE.split(text[figure.end : figure.end + REACH])[0]
    return f"{before} {after}"


def _is_said(cell: Cell, near: str) -> bool:
    """A count of one kind, `failed`, is no count of all."""
    metric = cell.names.get("metric", ())
    return cell.role != "count" or cell.key == "count" or not metric or _is_hinted(metric, near)


def _is_hinted(metric: Name, text: str) -> bool:
    return set(metric) <= set(name_of(text)) or is_hinted(metric, text)


def leads(after: str, name: Name) -> bool:
    """Whether a name follows at once: `16 new`."""
    return tuple(_words(after)[: len(name)]) == name


def is_anothers(name: Name, figure: Figure, said: Said) -> bool:
    """Whether a name is said, and each time right after another figure: `9 notes, 4 open`."""
    words = tokens(said.text)
    places = [
        start
        for at, (_, start, _) in enumerate(words)
        if tuple(word for word, _, _ in words[at : at + len(name)]) == name
    ]
    return bool(places) and all(
        any(one is not figure and _is_beside(said.text[one.end : start]) for one in said.figures)
        for start in places
    )


def _is_beside(between: str) -> bool:
    return not between.strip(" *_") or bool(COPULA.fullmatch(between))


def _fields(evidence: Evidence) -> frozenset[str]:
    """Words of the metrics and fields that were returned."""
    return frozenset(word for metric, _, _ in evidence.belongings for word in metric)


def is_counted(figure: Figure, said: Said, evidence: Evidence) -> bool:
    """Whether the very next words are something that the results list."""
    return any((word,) in evidence.nouns for word in _words(said.text[figure.end :])[:2])


def _words(after: str) -> list[str]:
    """The few words of the noun phrase that follows."""
    found = NEAR.match(COPULA.sub("", after[:REACH]))
    words: list[str] = []
    for word in found[1].split() if found else ():
        if LIMIT.match(word) or len(words) == WORDS:
            break
        words += name_of(word)
    return words


def _is_phrase(cell: Cell, words: Sequence[str]) -> bool:
    """`8 new customers` is the field `new`."""
    metric = cell.names.get("metric", ())
    return cell.role == "count" and bool(metric) and _is_hinted(metric, " ".join(words))


def _counts(cell: Cell, known: Sequence[Name], fields: set[Name]) -> bool:
    if cell.role == "text":
        return False
    metric = cell.names.get("metric")
    if metric in fields:
        return True
    if not known:
        return metric is None
    if cell.role == "level" and metric is None and not cell.nouns and "[" not in cell.path:
        return True
    own = {*cell.nouns, *cell.names.values(), name_of(cell.key)}
    return all(noun in own for noun in known)
