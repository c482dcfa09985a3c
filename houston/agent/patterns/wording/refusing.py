"""Short, plain refusals, and what can be done instead."""

from houston.agent.patterns.wording.figures import plain

REFUSALS = {
    "approval": "I cannot do that: whatever I change waits until you approve it on a card. Ask me for "
    "the change, and I will prepare the card.",
    "prompt": "I do not share my instructions. Ask me about metrics, outliers, notes or customers instead.",
    "secrets": "I cannot show tokens, keys or passwords, and no tool of mine can read them.",
    "mention": "I cannot mention or message people: I only answer here, in this thread.",
    "messaging": "I cannot message people or channels: I only answer here, in this thread.",
    "posting": "I cannot post or send that anywhere, and I do not open or write links: I only answer "
    "here, in this thread.",
    "code": "I cannot run code or SQL. Ask me for the figures instead, and I will read them.",
    "rules": "I cannot set my rules aside: I see only what you may see, whoever asks. Ask me about "
    "your metrics, outliers, notes or customers.",
    "others": "I cannot show that: I only see what you may see here, and nothing of other people's "
    "or other companies' matters.",
    "destroy": "I cannot do that. I do not delete, falsify or buy anything; I read figures and, with "
    "your approval, write notes, alerts and rules.",
}
CAN = "I can tell you about metrics, outliers, notes, reports, customers, task runs and alerts."


def refusal(kind: str) -> str:
    return REFUSALS[kind]


def without_data(words: str) -> str:
    known = "I only know what has been recorded so far, nothing of the future or of the world outside"
    return f"I have no data for that (“{plain(words)}”): {known}. {CAN}"
