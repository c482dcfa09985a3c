"""After a change was asked for: that it waits for approval, or what is still missing."""

from collections.abc import Sequence

from houston.agent.facts import Facts
from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.planning.writing import meant_episodes
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.wording.figures import plain

MISSING = {
    "create_note": "What should the note say? Write for instance: note that the tracking is broken.",
    "edit_note": "What should become of that note? Write for instance: mark note “Its title” as done.",
    "snooze": "Until when should it be quiet? Write for instance: snooze this until tomorrow at 9.",
    "acknowledge": "There is no open alert that you could acknowledge.",
    "create_alert": "Which column of which report should it look at, and from which value on should it "
    "tell you? Write for instance: alert me when “Column” in the report “Name” falls below a value.",
    "create_rule": "Which events should go to which channel? Write for instance: create a rule that sends "
    "critical outliers to #marketing.",
    "create_outlier_definition": "Which metric should be watched for outliers?",
    "change_kept": "What should it tell of, and where should that go? I cannot change what is set up already "
    "(an admin can, in Slack with `/houston`), but I can prepare a new rule or alert for you to approve.",
}
MOST_NAMED = 5


def written(question: Question, results: Sequence[Result], facts: Facts) -> str:
    last = results[-1] if results else {}
    if last.get("status") == "waiting_for_approval":
        change = plain(str(last.get("change", "")))
        return f"I have prepared this: **{change}**. Nothing is changed until you approve it on the card."
    if "error" in last:
        return f"I could not prepare that. {plain(str(last['error']))}"
    if "episodes" in last:
        return _which_episode(question, last, facts)
    if last.get("notes"):
        titles = "\n".join(f"- {plain(note['title'])}" for note in last["notes"][:MOST_NAMED])
        return f"Which note do you mean?\n{titles}"
    if "notes" in last:
        return "I found no such note. Which one do you mean? Name it by its title."
    return MISSING[question.write]


def _which_episode(question: Question, result: Result, facts: Facts) -> str:
    meant = meant_episodes(question, result["episodes"], facts)
    if not meant:
        return "There is no open alert here."
    if len(meant) == 1:
        return MISSING[question.write]
    names = "\n".join(f"- {plain(str(one['what']))}" for one in meant[:MOST_NAMED])
    return f"Which one do you mean?\n{names}"
