"""How many of the analysts' lies are caught, and how many of their truths doubted.

`python -m tests.agent.grounding.analysts.figures [answers] [seeds…]`. The results are those of the real
tools over the sample agency and over one that is made up anew for each seed.
"""

from houston.agent.grounding.grounding import Grounding
from tests.agent.grounding.analysts.answers import Answer, lies, truths
from tests.agent.grounding.analysts.lies import KINDS
from tests.agent.grounding.analysts.scenes import gathered
from tests.agent.grounding.blind import Suite, grounded


def checker(answer: Answer) -> Grounding:
    desk = answer.scene.desk
    return grounded(desk.context, answer.scene.question, desk.results)


SUITE = Suite(kinds=KINDS, gathered=gathered, lies=lies, truths=truths, checker=checker)

if __name__ == "__main__":
    SUITE.main()
