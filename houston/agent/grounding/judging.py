"""Which figures of a sentence nothing supports."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from houston.agent.grounding.allowances import allowed
from houston.agent.grounding.arithmetic import Known, follows
from houston.agent.grounding.asked import Asked
from houston.agent.grounding.belonging import Belonging, Wanted
from houston.agent.grounding.binding import Bound, bind, unclaimed
from houston.agent.grounding.cell import Cell, Name
from houston.agent.grounding.coherence import coherent
from houston.agent.grounding.directions import moved_from, way_of
from houston.agent.grounding.doubt import Doubt
from houston.agent.grounding.evidence import Evidence
from houston.agent.grounding.figures import Figure
from houston.agent.grounding.fitting import contradicts, fits
from houston.agent.grounding.happening import happened
from houston.agent.grounding.limits import bounds_another
from houston.agent.grounding.nouns import COPULA, counted, is_counted
from houston.agent.grounding.pairs import compared, multiplied, said_twice, shifted, turned
from houston.agent.grounding.reading import Said
from houston.agent.grounding.tallies import Tally, tally
from houston.agent.grounding.vocabulary import Mention

MOST_POINTED_AT = 12
ROUNDS = 2
"""What a sum of the sentence makes is one more."""


def doubts(said: Said, evidence: Evidence, asked: Asked, today: date) -> list[Doubt]:
    wrong = [
        Doubt(one.text, one.start, one.end)
        for one in said.moments
        if not happened(one, said, evidence, asked, today)
    ]
    tallies = {one.start: found for one in said.figures if (found := tally(one, said, evidence))}
    claims = [one for one in said.figures if one.start in tallies or not _is_pronoun(one, said, evidence)]
    bound, close = _bound(claims, said, evidence)
    wrong += _unsupported(claims, bound, close, tallies, said, evidence, asked, today)
    if said.rest:
        start, end = said.rest
        wrong.append(Doubt(said.line.text[start:end], start, end, is_rest=True))
    known = {doubt.start for doubt in wrong}
    wrong += (
        turned(claims, said, known)
        or compared(claims, said, known)
        or shifted(claims, said, known)
        or multiplied(claims, bound.cells, said, known)
    )
    return sorted(wrong, key=lambda doubt: doubt.start)


def _bound(
    claims: Sequence[Figure], said: Said, evidence: Evidence
) -> tuple[Bound, Sequence[Sequence[Cell]]]:
    """Under the best reading, and the cells of every figure whatever it is said to be of."""
    close = [fits(figure, said, evidence) for figure in claims]
    candidates = [counted(figure, cells, said, evidence) for figure, cells in zip(claims, close, strict=True)]
    return bind(claims, candidates, said, evidence), close


def _unsupported(
    claims: Sequence[Figure],
    bound: Bound,
    close: Sequence[Sequence[Cell]],
    tallies: Mapping[int, Tally],
    said: Said,
    evidence: Evidence,
    asked: Asked,
    today: date,
) -> list[Doubt]:
    """What is no cell, no figure that needs none, and no sum of those."""
    borne_out = frozenset[int]().union(*(one.borne_out for one in tallies.values() if one.is_true))
    known, open_ = _known(claims, bound, close, borne_out, said, evidence, asked, today)
    untrue = [i for i, one in enumerate(claims) if one.start in tallies and not tallies[one.start].is_true]
    twice = said_twice(claims, bound.cells, said)
    return [
        Doubt(claims[index].text, claims[index].start, claims[index].end, claims[index], tuple(close[index]))
        for index in sorted({*_free(open_, claims, known, bound, said, evidence), *twice, *untrue})
    ]


def _known(
    claims: Sequence[Figure],
    bound: Bound,
    close: Sequence[Sequence[Cell]],
    borne_out: Collection[int],
    said: Said,
    evidence: Evidence,
    asked: Asked,
    today: date,
) -> tuple[list[Known], list[int]]:
    """(what is a cell or needs none, the others)"""
    astray = unclaimed(bound, claims, said, evidence)
    unclear = [
        index for index, cells in enumerate(bound.cells) if close[index] and (not cells or index in astray)
    ]
    agreeing = coherent(claims, close, said, evidence) if unclear and not said.line.is_row else set()
    known: list[Known] = []
    open_: list[int] = []
    for index, figure in enumerate(claims):
        if figure.start in borne_out:
            known.append(Known(figure, figure.readings[0].value))
        elif index in agreeing or (bound.cells[index] and index not in astray):
            first = (bound.cells[index] or close[index])[0]
            known.append(Known(figure, _value(figure, first), first.names.get("metric", ())))
        elif bounds_another(figure, claims, said) or allowed(figure, said, evidence, asked, today):
            known.append(Known(figure, figure.readings[0].value))
        else:
            open_.append(index)
    return known, open_


def _free(
    open_: Sequence[int],
    claims: Sequence[Figure],
    known: list[Known],
    bound: Bound,
    said: Said,
    evidence: Evidence,
) -> set[int]:
    """What nothing makes; of what is made, others can be made: `A and B made 5, that is 18 % of all`."""
    free = list(open_)
    for _ in range(ROUNDS):
        made = [i for i in free if not _is_free(claims[i], known, bound.wanted[i], said, evidence)]
        known += [Known(claims[index], claims[index].readings[0].value) for index in made]
        free = [index for index in free if index not in made]
        if not made or not free:
            break
    return set(free)


def _is_free(figure: Figure, known: Sequence[Known], wanted: Wanted, said: Said, evidence: Evidence) -> bool:
    """Whether neither a cell nor the figures beside it make it."""
    way, _ = way_of(said.text, figure.start, figure.end)
    is_made = follows(figure, known, way, _metric(wanted), text=said.text)
    if is_made and way and any(moved_from(said.text, each.figure.start) == way for each in known):
        return False
    belonging = Belonging.of(said, evidence)
    return not is_made or contradicts(
        figure, said, evidence, lambda cell: belonging.holds(figure, cell, wanted)
    )


def _metric(wanted: Wanted) -> Name:
    """What the sentence says that the figure is of, where it names one metric."""
    names = {
        anchor.name
        for anchor in wanted.get("metric", ())
        if isinstance(anchor, Mention) and anchor.start >= 0
    }
    return names.pop() if len(names) == 1 else ()


def _value(figure: Figure, cell: Cell) -> float:
    """As the figure shows it: a share of 0.04 is 4 percent."""
    if figure.kind == "time":
        return figure.readings[0].value * float(figure.unit)
    shown = figure.readings[0].value
    return cell.value if abs(abs(cell.value) - shown) <= figure.readings[0].step else shown


def _is_pronoun(figure: Figure, said: Said, evidence: Evidence) -> bool:
    """`one of them`, `two are worth a look`; `one outlier` is a count."""
    if not figure.word or is_counted(figure, said, evidence):
        return False
    small = figure.kind == "plain" and figure.readings[0].value <= MOST_POINTED_AT
    return figure.text.lower() == "one" or (small and bool(COPULA.match(said.text[figure.end :])))
