"""What is said without reading anything more: help, questions back, and honest ignorance."""

from collections.abc import Sequence

from houston.agent.facts import Facts
from houston.agent.patterns.catalogue import Catalogue
from houston.agent.patterns.figures import plain
from houston.agent.patterns.query import Query

MOST_NAMES = 12
NEEDS_CLIENT = ("performance", "overview", "why")


def reply_without_tools(query: Query, catalogue: Catalogue, facts: Facts) -> str:
    """Something to say instead of a tool's answer; empty where a tool is to answer."""
    if query.intent == "switch" or (query.intent == "unknown" and query.client and not query.unread):
        return _switched(query, catalogue, facts)
    if query.unclear:
        return _ask_which(query.unclear[0])
    if query.intent == "unknown" and not (query.period and query.unread):
        return _not_understood(query, catalogue)
    if query.intent in ANSWERS:
        return ANSWERS[query.intent](catalogue, facts)
    if query.unread:
        return _unknown_words(query, catalogue, facts)
    if query.intent in NEEDS_CLIENT and facts.client is None:
        return f"Which client do you mean? I know {_listed(_clients(catalogue))}."
    if query.intent in NEEDS_CLIENT and not catalogue.metrics:
        return f"There are no metrics for {_client(facts)} yet."
    if query.intent == "performance" and not query.metrics:
        return f"Which metric do you mean? For {_client(facts)} I know {_listed(_metrics(catalogue))}."
    return ""


def _switched(query: Query, catalogue: Catalogue, facts: Facts) -> str:
    if query.client is None:
        return f"Which client? I know {_listed(_clients(catalogue))}."
    return f"We are looking at **{_client(facts)}** now. What would you like to know?"


def _ask_which(names: Sequence[str]) -> str:
    options = [f"**{plain(name.replace('_', ' '))}**" for name in names]
    return f"Which one do you mean: {', '.join(options[:-1])} or {options[-1]}?"


def _unknown_words(query: Query, catalogue: Catalogue, facts: Facts) -> str:
    words = plain(" ".join(query.unread))
    return (
        f"I am not sure what “{words}” means here, and I would rather not guess. "
        f"For {_client(facts)} I know the metrics {_listed(_metrics(catalogue))}"
        + (f", and the channels {_listed(catalogue.channels)}." if catalogue.channels else ".")
    )


def _not_understood(query: Query, catalogue: Catalogue) -> str:
    return (
        "I did not understand that. I can answer questions about metrics, outliers, notes and customers, "
        f"such as:\n{_examples(catalogue)}\n\n"
        "For free conversation, an admin can set OPENAI_API_KEY."
    )


def _help(catalogue: Catalogue, facts: Facts) -> str:
    return (
        "Hello! I answer questions about metrics, outliers, notes and customers over any period. "
        f"Try:\n{_examples(catalogue)}\n\n"
        "In a thread you can go on with “and last month?” or “by channel?”."
    )


def _thanks(catalogue: Catalogue, facts: Facts) -> str:
    return "You are welcome."


def _metric_list(catalogue: Catalogue, facts: Facts) -> str:
    if not catalogue.metrics:
        return f"There are no metrics for {_client(facts)} yet."
    lines = [
        f"- **{plain(metric.name.replace('_', ' '))}**"
        + (f": {_listed(metric.channels)}" if metric.channels else "")
        for metric in catalogue.metrics
    ]
    return f"The metrics for {_client(facts)}, with their channels:\n" + "\n".join(lines)


def _client_list(catalogue: Catalogue, facts: Facts) -> str:
    current = f" We are looking at **{_client(facts)}**." if facts.client else ""
    return f"I know these clients: {_listed(_clients(catalogue))}.{current}"


ANSWERS = {"help": _help, "thanks": _thanks, "metrics": _metric_list, "clients": _client_list}


def _examples(catalogue: Catalogue) -> str:
    """Made from the names that really exist."""
    metric = catalogue.metrics[0].name.replace("_", " ") if catalogue.metrics else ""
    other = catalogue.metrics[-1].name.replace("_", " ") if catalogue.metrics else ""
    examples = [
        *([f"{metric} last week, by channel"] if metric else []),
        *([f"{other} this month compared with last month"] if other != metric else []),
        "Any outliers since Monday?",
        "Which notes are open?",
    ]
    return "\n".join(f"- {plain(example)}" for example in examples[:3])


def _client(facts: Facts) -> str:
    return plain(facts.client.name) if facts.client else "all clients"


def _clients(catalogue: Catalogue) -> list[str]:
    return list((catalogue.clients or {}).values())


def _metrics(catalogue: Catalogue) -> list[str]:
    return [metric.name.replace("_", " ") for metric in catalogue.metrics]


def _listed(names: Sequence[str]) -> str:
    shown = [plain(name) for name in names[:MOST_NAMES]]
    more = len(names) - len(shown)
    if more:
        return f"{', '.join(shown)} and {more} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:]))) or "none yet"
