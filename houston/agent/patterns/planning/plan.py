"""From a question to the tool calls that answer it; again after each step: later ones need results."""

from houston.agent.facts import Facts
from houston.agent.patterns.planning.figures import performances
from houston.agent.patterns.planning.listing import PLANS
from houston.agent.patterns.planning.performance import overviews
from houston.agent.patterns.planning.reports import report, reports
from houston.agent.patterns.planning.talked import TALKED
from houston.agent.patterns.planning.wanted import Done, Wanted, wanted
from houston.agent.patterns.planning.why import outliers, whys
from houston.agent.patterns.planning.writing import writing
from houston.agent.patterns.understanding.catalogue import Catalogue
from houston.agent.patterns.understanding.question import Question


def plan(question: Question, catalogue: Catalogue, facts: Facts, done: Done) -> tuple[Wanted, ...]:
    """All calls, those that were made too. Empty where no tool can answer."""
    calls = _calls(question, catalogue, facts, done)
    return calls if all(call.tool in done.tools for call in calls) else ()


def _calls(question: Question, catalogue: Catalogue, facts: Facts, done: Done) -> tuple[Wanted, ...]:
    match question.intent:
        case "performance":
            return performances(question, facts, done)
        case "overview":
            return overviews(question, catalogue)
        case "why":
            return whys(question, facts, done)
        case "outliers":
            return (outliers(question),)
        case "reports":
            return reports(question)
        case "report":
            return report(question, done)
        case "calculate":
            return (wanted("calculate", expression=question.expression),)
        case "write":
            return writing(question, facts, done)
    planned = {**PLANS, **TALKED}.get(question.intent)
    return planned(question, facts, done) if planned else ()
