"""A figure of the period before is said as one."""

import re

from houston.agent.grounding.cell import Cell
from houston.agent.grounding.figures import Figure
from houston.agent.grounding.reading import Said
from houston.agent.grounding.text import says

WORDS = re.compile(
    r"\b(?:before|previous\w*|prior|preceding|earlier|vs|versus|against|than|compar\w*|ago|then|baseline"
    r"|after|used to|instead|last (?:week|month|year|quarter)|had been|originally|formerly|once"
    r"|(?<=\()(?:was|prev\.?)"
    r"|same (?:week|month|period|time)|year-over-year|week-over-week|yoy|wow|mom|started|other)\b|→|->"
    r"|\bfrom[\s*_~(]*(?:about |around |roughly |nearly )?[$€£A-Z]{0,3}\s?\d"
    r"|(?:%|percent|points?|\)|[$€£]\s?[\d.,]+[kmb]?|\b(?:up|down|rose|fell|more|less))[\s*_~]*"
    r"\b(?:on|over|above|below|under)[\s*_~(]*(?:the |about |around |roughly |nearly )?[$€£A-Z]{0,3}\s?\d",
    re.IGNORECASE,
)
BEFORE, AFTER = 60, 40
"""Characters around a figure in which a word may say that it is of an earlier time."""


def is_earlier(cell: Cell) -> bool:
    """Of the period that another one is held against."""
    return cell.role == "level" and (cell.key == "compared_value" or ".compared_to." in cell.path)


def row_of(cell: Cell) -> str:
    """What a value and the one that it is held against have in common."""
    return cell.path.rpartition(".")[0].removesuffix(".compared_to")


def speaks_of_earlier(said: Said, figure: Figure, cell: Cell) -> bool:
    """Whether the words around it, its heading or its column's head say so, or the sentence has dates.

    Dates tell nothing of a cell whose own are not known, as those of a day's compared value.
    """
    column = said.line.column(figure.start)
    if column and column.header and NOW.search(column.header):
        return False
    if column or (cell.span and any(moment.first for moment in said.moments)):
        return True
    after = re.split(r"[,;]", said.text[figure.end : figure.end + AFTER])[0]
    near = said.text[max(0, figure.start - BEFORE) : figure.end] + after
    return bool(WORDS.search(near) or says(WORDS, said.line.heading))


NOW = re.compile(r"\b(?:now|current\w*|this|latest|new)\b", re.IGNORECASE)
"""The head of a column whose figures are of the newer period."""
