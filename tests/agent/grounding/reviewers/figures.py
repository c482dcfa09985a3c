"""How many of the reviewers' lies are caught, and how many of their truths doubted.

`python -m tests.agent.grounding.reviewers.figures [answers] [seeds…]`. The results are those of the real
tools over the sample agency and over a catalogue that is made up anew for each seed.
"""

from houston.agent.grounding.grounding import Grounding
from tests.agent.grounding.blind import Suite, grounded
from tests.agent.grounding.reviewers.answers import KINDS, Answer, lies, truths
from tests.agent.grounding.reviewers.scenes import gathered


def checker(answer: Answer) -> Grounding:
    desk = answer.scene.desk
    return grounded(desk.context, answer.scene.question, desk.results)


SUITE = Suite(
    kinds=KINDS, gathered=gathered, lies=lies, truths=truths, checker=checker, salt="reviewers' answers"
)

if __name__ == "__main__":
    SUITE.main()
