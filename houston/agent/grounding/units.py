"""Whether a cell can be measured in what a figure is written in."""

import re

from houston.agent.grounding.cell import Cell
from houston.agent.grounding.evidence import Evidence
from houston.agent.grounding.figures import Figure
from houston.agent.grounding.reading import Said
from houston.agent.grounding.text import says

MOST_TIMES = 12
"""A whole number above it is a count, and says nothing of how many times as much something is."""
WHOLE_PERCENT = 100
"""A smaller share is not said as a multiple."""
LIFETIME = re.compile(r"\bcustomers?\b|\blifetime\b|\borders?\b", re.IGNORECASE)
MEASURE = re.compile(r"[\s*_]*([A-Za-zµ]{1,9})\b")
MEASURES = {
    **dict.fromkeys(("l", "litre", "litres", "liter", "liters"), "l"),
    **dict.fromkeys(("gallon", "gallons", "gal"), "gal"),
    **dict.fromkeys(("t", "ton", "tons", "tonne", "tonnes"), "t"),
    **dict.fromkeys(("g", "gram", "grams"), "g"),
    **dict.fromkeys(("kg", "kilo", "kilos", "kilograms"), "kg"),
    **dict.fromkeys(("lb", "lbs"), "lb"),
    **dict.fromkeys(("km", "kilometres", "kilometers"), "km"),
    **dict.fromkeys(("mile", "miles"), "mi"),
    **{unit: unit for unit in ("ml", "hl", "cm", "mm", "wh", "kwh", "mwh", "gwh", "kw", "mw")},
}
"""What is measured in one of these is not measured in another, whatever the digits."""


def has_unit(figure: Figure, cell: Cell, said: Said, evidence: Evidence) -> bool:
    if figure.kind == "money":
        return cell.unit == figure.unit or (
            cell.unit == "?" and figure.unit in evidence.currencies and _named(cell, said, evidence)
        )
    if figure.kind == "times" and cell.measure == "percent" and cell.role == "level" and not figure.word:
        return cell.value >= WHOLE_PERCENT
    if figure.kind == "times" and cell.role == "level" and cell.measure == "plain":
        return cell.value <= MOST_TIMES or cell.value != int(cell.value) or figure.readings[0].step < 1
    if figure.kind == "points":
        is_amount = cell.measure != "percent" or cell.key == "difference"
        return cell.unit == "pp" or (cell.role == "change" and is_amount)
    if figure.kind == "percent" and cell.role == "change":
        return cell.measure == "percent"
    if cell.role == "id":
        return figure.kind in ("id", "plain") and not figure.word
    return not _is_of_other_measure(figure, cell, said)


def _is_of_other_measure(figure: Figure, cell: Cell, said: Said) -> bool:
    """`63 MWh`, where they are kWh; `5 tonnes`, where they are litres."""
    found = MEASURE.match(said.text, figure.end) if cell.unit and figure.kind == "plain" else None
    if not found or cell.unit.isupper():
        return False
    word, unit = found[1].casefold(), cell.unit.casefold()
    if word in MEASURES and unit in MEASURES:
        return MEASURES[word] != MEASURES[unit]
    return word != unit and (word[1:] == unit or unit[1:] == word or (word[1:] == unit[1:] != ""))


def _named(cell: Cell, said: Said, evidence: Evidence) -> bool:
    """Money of an unsaid currency is believed where the sentence names whose it is."""
    own = {name for dimension, name in cell.names.items() if dimension not in ("client", "metric")}
    if not own:
        return says(LIFETIME, said.text)
    return any(mention.name in own for mention in said.mentions)
