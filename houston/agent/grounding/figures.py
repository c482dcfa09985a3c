"""The figures of a sentence, with what they are measured in."""

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from houston.agent.grounding.numerals import NUMERAL, Reading, hedged, readings
from houston.agent.grounding.text import leading

Kind = Literal["percent", "points", "money", "time", "times", "plain", "ordinal", "id"]

CURRENCIES = {
    **{"$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "€": "EUR", "eur": "EUR"},
    **{"euro": "EUR", "euros": "EUR", "£": "GBP", "gbp": "GBP", "pounds": "GBP", "¥": "JPY", "jpy": "JPY"},
    **{"chf": "CHF", "yen": "JPY", "fr.": "CHF", "sek": "SEK", "pln": "PLN", "cad": "CAD", "aud": "AUD"},
}
SCALES = {
    **dict.fromkeys(("k", "thousand", "thousands"), 1e3),
    **dict.fromkeys(("m", "mm", "mn", "mio", "million", "millions"), 1e6),
    **dict.fromkeys(("bn", "b", "billion"), 1e9),
}
SECONDS = {
    **{"ms": 0.001, "millisecond": 0.001, "milliseconds": 0.001, "s": 1, "sec": 1, "second": 1, "seconds": 1},
    **{"min": 60, "mins": 60, "minute": 60, "minutes": 60, "h": 3600, "hr": 3600, "hrs": 3600, "hour": 3600},
    **{"hours": 3600, "d": 86400, "day": 86400, "days": 86400, "week": 604800, "weeks": 604800},
}
POINTS = ("pp", "ppt", "percentage point", "percentage points", "points", "%-points", "% points")
PERCENTS = ("%", "percent", "per cent", "pct")
TIMES = ("×", "x", "-fold", "fold")
PERCENT_SIGN = re.compile(r"%|\bper ?cent\b", re.IGNORECASE)
TIMES_AS = re.compile(
    r"[\s*_]{0,5}times(?=[\s*_]+(?:as|the|its|their|that|what|more|higher|larger|bigger|greater|usual|of)\b)",
    re.IGNORECASE,
)
"""`2.5 times as much`; `failed 2 times` is a count."""
TIMES_OVER = re.compile(r"\d[.,]\d{1,2}[\s*_]{1,5}times\b", re.IGNORECASE)
"""Nothing fails 2.5 times."""


def _any(words: "dict[str, object] | tuple[str, ...]") -> str:
    longest = sorted(words, key=len, reverse=True)
    return "|".join(map(_word, longest))


def _word(word: str) -> str:
    exact = f"(?-i:{word})" if word in ("s", "h", "d") else re.escape(word)
    return exact + (r"(?![^\W_])" if word[-1].isalpha() else "")


FIGURE = re.compile(
    rf"(?P<sign>[+\-−–±](?:\s|\*\*|__?)?)?(?P<before>(?:US\$|[$€£¥]|(?:USD|EUR|GBP|CHF|JPY|SEK|PLN|CAD|AUD)(?=[\s\d−-]))\s?)?"
    rf"(?P<inner>[−-])?(?<![^\W_])(?<![\d][.,])(?P<digits>{NUMERAL})"
    rf"(?:(?P<ordinal>st|nd|rd|th)\b)?"
    rf"(?P<scale>[\s\u00a0\u202f]?(?:{_any(dict(SCALES))}))?"
    rf"(?:[\s\u00a0\u202f*_-]{{0,4}}(?P<after>{_any(POINTS)}|{_any(PERCENTS)}|{_any(TIMES)}|{_any(dict(CURRENCIES))}"
    rf"|{_any(dict(SECONDS))}))?",
    re.IGNORECASE,
)
HEDGES = re.compile(
    r"(?:~|≈|≃|\b(?:about|around|roughly|approximately|approx\.?|circa|ca\.?|nearly|almost|over|just|some|than|"
    r"under|above|below|close to|close on|well|least|most|exceed\w*|top\w*|near|short of))[\s*_$€£]*$",
    re.IGNORECASE,
)
IDS = re.compile(
    r"(?:#|\b(?:id|no\.|nr\.|number|order|ticket|run|note|report|outlier|rule|invoice|alert)\s*#?)$", re.I
)
BEFORE_SIGN = re.compile(r"[\w%)][*_~]*$|[\d%)]\s$")
CODES = re.compile(r"\b[^\W\d_]+[-_]?\d{4,}\b")
"""Made of letters and many digits; one that no result names is made up."""


@dataclass(frozen=True, slots=True)
class Figure:
    text: str
    start: int
    end: int
    readings: tuple[Reading, ...]
    kind: Kind = "plain"
    unit: str = ""
    """A currency's code; seconds in one unit for times."""
    sign: str = ""
    """`+`, `-` or nothing."""
    word: bool = False
    hedge: bool = False


def figures(text: str, most: int | None = None) -> list[Figure]:
    """Every run of digits that claims something, or the first of them, in order; what is masked is blank."""
    claims = (match for match in FIGURE.finditer(text) if _claims(match, text))
    found = [_figure(match, text) for match in islice(claims, most)]
    return sorted([*_inherit(found, text), *_codes(text)], key=lambda figure: figure.start)


def _codes(text: str) -> list[Figure]:
    return [
        Figure(code[0], code.start(), code.end(), readings(re.sub(r"\D", "", code[0])), "id")
        for code in CODES.finditer(text)
        if code[0][:3].lower() not in CURRENCIES
    ]


def _claims(match: re.Match[str], text: str) -> bool:
    """`GA4`, `Q3`, `google-ads-2` and `3D` are names."""
    before = text[max(0, match.start("digits") - 2) : match.start("digits")]
    if re.search(r"[A-Za-z][-._]?$", before) and not match["before"]:
        named = before[-1].isalpha() or len(match["digits"]) <= 2
        return not named or bool(match["after"])
    after = text[match.end() : match.end() + 2]
    return not (re.match(r"[A-Za-z]", after) and text[match.end() - 1].isdigit() and len(match["digits"]) < 4)


def _figure(match: re.Match[str], text: str) -> Figure:
    start = match.start()
    sign = (match["inner"] or match["sign"] or "").strip(" \u00a0*_\t\n")
    if match["sign"] and leading(BEFORE_SIGN, text, start):
        start, sign = match.start("before") if match["before"] else match.start("digits"), ""
    if match["sign"] and match["sign"][1:].isspace() and match["sign"][0] in "–-−":
        sign = ""
    before, after = (match["before"] or "").strip().lower(), (match["after"] or "").strip().lower()
    kind, unit = _measure(before, after)
    if after == "points" and PERCENT_SIGN.search(text):
        kind = "points"
    if (kind, unit) == ("plain", "") and _is_multiple(match, text):
        kind = "times"
    factor = SCALES[match["scale"].strip().lower()] if match["scale"] else 1.0
    if match["ordinal"]:
        kind = "ordinal"
    elif kind == "plain" and leading(IDS, text, start):
        kind = "id"
    meant = tuple(one.times(factor) for one in readings(match["digits"]))
    if match["scale"] and match["scale"].strip() == "m" and not before and not after:
        meant = (*meant, *readings(match["digits"]))
    hedge = bool(leading(HEDGES, text, start))
    if hedge:
        meant = (*meant, *map(hedged, meant))
    sign = "-" if sign in ("-", "−", "–") else sign.replace("±", "")
    written = text[start : match.end()].strip()
    return Figure(written, start, start + len(written), meant, kind, unit, sign, hedge=hedge)


def _is_multiple(match: re.Match[str], text: str) -> bool:
    digits = match["digits"]
    fraction = re.search(r"\d[.,]\d{1,2}$", digits)
    over = fraction and TIMES_OVER.match(text, match.start("digits") + fraction.start())
    return bool(TIMES_AS.match(text, match.end()) or over)


def _measure(before: str, after: str) -> tuple[Kind, str]:
    if before:
        return "money", CURRENCIES[before]
    if after in POINTS:
        return ("points", "") if after != "points" else ("plain", "")
    if after in PERCENTS:
        return "percent", ""
    if after in TIMES:
        return "times", ""
    if after in CURRENCIES:
        return "money", CURRENCIES[after]
    return ("time", str(SECONDS[after])) if after in SECONDS else ("plain", "")


def _inherit(found: list[Figure], text: str) -> list[Figure]:
    """`4.4–17 %`: the unit of a range stands at its end, or at its beginning."""
    whole = list(found)
    for index in range(len(whole) - 2, -1, -1):
        one, other = whole[index], whole[index + 1]
        if not re.search(
            r"^[\s*_]*(?:[–−-]|(?<!\s)—(?!\s)|to|and|or|bis)[\s*_]*$",
            text[one.end : other.start],
            re.IGNORECASE,
        ):
            continue
        if one.sign and re.search(r"\w", text[one.end : other.start]):
            continue  # `+45 or +2 %`
        if one.kind == "plain" and other.kind in ("percent", "points", "money", "time"):
            factor = _scale(other)
            also = tuple(reading.times(factor) for reading in one.readings) if factor != 1 else ()
            whole[index] = replace(one, kind=other.kind, unit=other.unit, readings=(*one.readings, *also))
    return whole


def _scale(figure: Figure) -> float:
    words = re.search(rf"\d[\s\u00a0]?({_any(dict(SCALES))})", figure.text, re.IGNORECASE)
    return SCALES[words[1].lower()] if words else 1.0
