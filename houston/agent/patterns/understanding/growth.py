"""`Which channel grew most?` ranks by the change, not by what it came to."""

import re
from dataclasses import replace

from houston.agent.patterns.understanding.question import Question

MOST = r"(?:most|fastest|strongest|best|hardest|furthest|quickest)"
UP = r"(?:gr[eo]w\w*|gain\w*|increas\w*|rose|risen|ris(?:e|es|ing)|climb\w*|jump\w*|surg\w+)"
DOWN = r"(?:fell|fall\w*|dropp?\w*|declin\w*|decreas\w*|lost|shr[aiu]nk\w*|sank|dipp?\w*|slid\w*|slump\w*)"
BIG = r"(?:biggest|largest|highest|strongest|steepest|greatest|sharpest)"
GROWN = re.compile(rf"\b{UP}\b(?: \w+){{0,2}} {MOST}\b|\b{BIG} (?:\w+ )?{UP}\b")
FALLEN = re.compile(rf"\b{DOWN}\b(?: \w+){{0,2}} {MOST}\b|\b{BIG} (?:\w+ )?{DOWN}\b")
RANKED = ("channel", "client")


def with_growth(question: Question) -> Question:
    """Its rows are compared with the period before, where no other one was said."""
    said = question.raw.casefold()
    measure = "grown" if GROWN.search(said) else "fallen" if FALLEN.search(said) else ""
    if not measure or question.by not in RANKED or question.intent != "performance":
        return question
    against = question.compare or (None if question.against else "previous_period")
    return replace(question, rank=None, limit=None, measure=measure, compare=against)
