"""`Is that more than last month?` is answered with yes or no first."""

import re

from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.understanding.question import Question

ASKED = re.compile(
    r"^\W*(?:and |so |but |ok,? )*(?:is|was|are|were) (?:that|it|this|they|those|these) (?:much |any "
    r"|a lot )?"
    r"(?:(?P<more>more|higher|up|bigger|larger|greater)|(?P<less>less|lower|down|smaller|fewer|cheaper))\b"
)


def verdict(question: Question, result: Result) -> str:
    """`Yes: `, `No: ` or `Hardly: `; nothing where it was not asked so or cannot be told."""
    if question.bounds:
        return "Yes: " if question.bounds.holds(result.get("total")) else "No: "
    asked = ASKED.match(question.raw.casefold())
    against = result.get("compared_to") or {}
    difference = against.get("difference")
    if not asked or difference is None:
        return ""
    if not against.get("percent"):
        return "Hardly: "
    return "Yes: " if (difference > 0 if asked["more"] else difference < 0) else "No: "
