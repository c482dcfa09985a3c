"""Figures that are written as words: three outliers, twelve per cent, 1 in 5."""

import re

from houston.agent.grounding.figures import Figure, Kind
from houston.agent.grounding.numerals import Reading
from houston.agent.grounding.portions import portions

UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBERS = {word: float(index) for index, word in enumerate(UNITS)} | {
    word: 20.0 + 10 * index for index, word in enumerate(TENS)
}
BIG = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "dozen": 12.0}
ONE = "|".join(sorted(NUMBERS, key=len, reverse=True))
SPELLED = re.compile(
    rf"\b(?:(?:{ONE})(?:[-\s](?:{ONE}|(?:{'|'.join(BIG)})(?:\sand(?=\s(?:{ONE})\b))?))*"
    r"|(?:a|several)\s(?:dozen|hundred|thousand|million))\b"
    rf"(?P<percent>\s(?:percentage points|percent|per cent))?",
    re.IGNORECASE,
)
META = re.compile(
    r"^\s(?:\w+\s)?(?:things?|reasons?|points?|ways?|caveats?|questions?|options?|possibilit\w+|causes?|"
    r"steps?|notes of "
    r"caution|figures?|numbers?|periods?|others?|stand\w*|more|"
    r"explanations?|"
    r"candidates?|sides?|halves|parts?|drivers?|takeaways?|observations?|suggestions?)\b",
    re.IGNORECASE,
)
"""What is counted in an answer's own words, and not in the data."""

RATIO = re.compile(
    rf"\b(?<!\d[.,])(?P<part>\d+|{ONE})(?: in | out of (?:every )?)(?P<whole>\d+|{ONE})\b"
    r"(?![.,]\d|\s*(?:days?|weeks?))",
    re.IGNORECASE,
)


def spelled(text: str) -> list[Figure]:
    """Word figures, in order; `one` counts only before a noun that the caller knows."""
    shares = portions(text)
    taken = [(figure.start, figure.end) for figure in shares]
    numbers = [
        figure
        for match in SPELLED.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in taken)
        and (figure := _number(match, text))
    ]
    return sorted([*shares, *numbers], key=lambda figure: figure.start)


def one_in(text: str) -> list[tuple[int, int, float]]:
    """`1 in 5`, as (start, end, percent)."""
    found = []
    for match in RATIO.finditer(text):
        part, whole = amount(match["part"]), amount(match["whole"])
        if whole and part <= whole:
            found.append((match.start(), match.end(), part / whole * 100))
    return found


def amount(word: str) -> float:
    """Of digits, or of one word."""
    return float(word) if word.isdigit() else NUMBERS[word.lower()]


def _number(match: re.Match[str], text: str) -> Figure | None:
    value = _value(match[0].lower())
    if META.search(text[match.end() :]) and value <= 12:
        return None
    percent = (match["percent"] or "").strip().lower()
    kind: Kind = "points" if "point" in percent else "percent" if percent else "plain"
    coarse = value / 10 if value >= 100 else 1.0
    return Figure(match[0], match.start(), match.end(), (Reading(value, coarse),), kind, word=True)


def _value(words: str) -> float:
    total = current = 0.0
    for word in re.split(r"[-\s]+", words):
        if word in NUMBERS:
            current += NUMBERS[word]
        elif word in BIG:
            current = (current or 1.0) * BIG[word]
            if BIG[word] >= 1000:
                total, current = total + current, 0.0
    return total + current
