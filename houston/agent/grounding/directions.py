"""Which way a sentence says that a figure went."""

import re
from typing import Literal

from houston.agent.grounding.text import says

Way = Literal["", "up", "down"]

UP = (
    r"up|rose|rises?|rising|risen|grew|grows?|grown|growing|increase[sd]?|increasing|climb(?:ed|s|ing)?|jump(?:ed|s|ing)?|"
    r"gain(?:ed|s)?|surg(?:ed|es?|ing)|growth|uptick|lift(?:ed|s)?|spik(?:ed|es)|plus|improv(?:ed|ement)|added|soared|"
    r"advanced|expanded|swelled|picked up|went up|▲|↑|⬆️?|🔺|📈|↗"
)
DOWN = (
    r"down|fell|falls?|falling|fallen|drop(?:ped|s|ping)?|declin(?:ed?|es|ing)|decreas(?:ed?|es|ing)|shr[aiu]nk|lost|los[es]s?|"
    r"slid|slipped|slump(?:ed)?|dip(?:ped|s)?|minus|reduc(?:ed|tion)|cut|sank|plunged|tumbled|shed|contracted|▼|↓|⬇️?|🔻|📉|↘"
)
MORE = (
    r"higher|more|above|over(?!\s(?:the\s)?(?:last|past|previous|same|period|full|whole|course|\d|week|month|day))|up|increase|growth|gain|rise|better|ahead|jump|uplift|lift|upswing|improvement"
    r"|larger|bigger|▲|↑|🔺"
)
LESS = (
    r"lower|less|fewer|below|under|down|decrease|drop|decline|fall|behind|short of|loss|dip|reduction|smaller"
    r"|▼|↓|🔻"
)
FILL = (
    r"(?:[\s*_(~≈+−-]|by|of|about|around|roughly|approximately|some|a|an|another|nearly|almost|over|just|only|"
    r"sharply|slightly|"
    r"more than|less than|further|total|whopping|well|strongly|steeply|full|the|is|was|were|year-over-year|"
    r"week-over-week|"
    r"week on week|month on month|again|even|US)*"
)
LEAD = re.compile(rf"(?:\b|(?<=\W))(?:(?P<up>{UP})|(?P<down>{DOWN}))(?!\w){FILL}[$€£¥]?\s?$", re.IGNORECASE)
TRAIL = re.compile(rf"^[\s*_)~]*(?:(?P<up>{MORE})|(?P<down>{LESS}))(?!\w)", re.IGNORECASE)
LEVEL = re.compile(
    r"(?:\bto|\bat|\bfrom|\bthan)[\s*_~≈$€£¥]*(?:(?:about|around|roughly|nearly|almost|just|over)\s)?[\s*_$€£]*$",
    re.I,
)
MOVED = re.compile(
    rf"\b(?:(?P<up>{UP})|(?P<down>{DOWN}))(?!\w)[^.;!?|]{{0,40}}?\bfrom[\s*_~$€£¥a-z]{{0,12}}$", re.IGNORECASE
)
CHANGES = re.compile(
    rf"\b(?:{UP}|{DOWN}|{MORE}|{LESS}|differ\w*|chang\w*|gap|swing|delta|versus|vs|against|compar\w*|than|off|"
    r"deviat\w*|moved?|"
    r"spread|between|margin|previous\w*|prior|before|on the|wow|mom|yoy|%? on|swung|departure|away)\b"
    r"|[▲▼↑↓🔺🔻📈📉↗↘±+−Δ]",
    re.IGNORECASE,
)
PLACES = re.compile(r"^[\s*_)~]*(?:over|under|up|down|above|below|ahead|behind|lift|better)\b", re.IGNORECASE)
"""After an amount these are also places: $5 over 7 days, $5 below it."""


def way_of(text: str, start: int, end: int) -> tuple[Way, bool]:
    """The way that the words right before or after a figure give it, and whether the word came before."""
    lead = text[max(0, start - 70) : start]
    if found := LEAD.search(lead):
        return ("up" if found["up"] else "down"), True
    if not LEVEL.search(lead) and (found := TRAIL.search(text[end : end + 24])):
        return ("up" if found["up"] else "down"), False
    return "", False


def moved_from(text: str, start: int) -> Way:
    """`rose from 4`, `up from 4`: the way, where the figure is what it came from."""
    found = MOVED.search(text[max(0, start - 80) : start])
    return "" if not found else "up" if found["up"] else "down"


def changes(text: str) -> bool:
    """Whether the words speak of a change at all."""
    return says(CHANGES, text)
