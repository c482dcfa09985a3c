"""How many of the outsiders' lies are caught, and how many of their truths doubted.

`python -m tests.agent.grounding.outsiders.figures [answers] [seeds…]`. The results are those of the real
tools over the sample agency and over clients of other trades that are made up anew for each seed.
"""

from houston.agent.grounding.grounding import Grounding
from tests.agent.grounding.blind import Suite, grounded
from tests.agent.grounding.outsiders.answers import KINDS, Answer, lies, truths
from tests.agent.grounding.outsiders.gathering import gathered


def checker(answer: Answer) -> Grounding:
    talk = answer.scene.talk
    return grounded(talk.context, talk.question, talk.results)


SUITE = Suite(kinds=KINDS, gathered=gathered, lies=lies, truths=truths, checker=checker)

if __name__ == "__main__":
    SUITE.main()
