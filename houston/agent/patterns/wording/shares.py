"""How much of all revenue some customers bring."""

from collections.abc import Sequence

from houston.agent.facts import Facts
from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.wording.figures import figure, plain
from houston.agent.patterns.wording.phrases import client_of, when_of


def customer_share(question: Question, results: Sequence[Result], facts: Facts) -> list[str]:
    share = next((result for result in results if "expression" in result), None)
    read = [result for result in results if "matching" in result]
    listed = question.listed or question
    if share is None or not read:
        return [f"What they come to cannot be worked out: the customers of {_who(question, results, facts)}."]
    whole = read[-1]
    matching = whole["matching"]
    who = "The customers listed" if listed.intent == "customers" else _who(question, results, facts)
    return [
        f"{who} bring **{figure(share['value'], '%')}** of the revenue of all customers of "
        f"{client_of(whole)}, which is {figure(matching['revenue'], matching.get('unit') or '')} in all.",
        "_Counted is all that they ever ordered: the data has no dates of single orders._",
    ]


def _who(question: Question, results: Sequence[Result], facts: Facts) -> str:
    listed = question.listed or question
    if listed.period is None:
        return "The customers listed"
    span = {"start": listed.period.start.isoformat(), "end": listed.period.end.isoformat()}
    segment = f" in {plain(listed.segment)}" if listed.segment else ""
    return f"The new customers{segment} of {when_of(span, facts)}"
