"""What is said without reading anything more: help, honest ignorance, lists of names."""

from collections.abc import Callable, Sequence

from houston.agent.facts import Facts
from houston.agent.patterns.understanding.catalogue import Catalogue
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.wording.figures import plain

MOST_NAMES = 12
MOST_WORDS = 5
TOTALLED = {
    "sum": "added up",
    "mean": "averaged",
    "last": "taken at its last value",
    "ratio": "a ratio",
    "": "averaged",
}


def not_understood(question: Question, catalogue: Catalogue, facts: Facts) -> str:
    """With the words that are no known ones, of which there is no data."""
    words = plain(" ".join(question.loose[:MOST_WORDS]))
    head = (
        f"I did not understand that, or I have no data for it (“{words}”)"
        if words
        else "I did not understand that"
    )
    return (
        f"{head}: what would you like to know? I can answer questions about "
        "metrics, outliers, notes and customers, "
        f"such as:\n{_examples(catalogue, facts)}\n\n"
        "For free conversation, an admin can set OPENAI_API_KEY."
    )


def unknown_words(question: Question, catalogue: Catalogue, facts: Facts) -> str:
    words = plain(" ".join(question.strays))
    return (
        f"I know no metric, channel or client called “{words}”, and I would rather not guess. "
        f"For {client_name(facts)} I know the metrics {listed(metric_names(catalogue))}"
        + (f", and the channels {listed(catalogue.channels)}." if catalogue.channels else ".")
        + f" Ask for instance:\n{_examples(catalogue, facts)}"
    )


def _help(question: Question, catalogue: Catalogue, facts: Facts) -> str:
    return (
        "Hello, I am Houston! I answer questions about metrics, outliers, notes, reports, "
        "customers, task runs and alerts "
        f"over any period, and prepare notes and alerts for you to approve. "
        f"Try:\n{_examples(catalogue, facts)}\n\n"
        "In a thread you can go on with “and last month?” or “by channel?”."
    )


def _thanks(question: Question, catalogue: Catalogue, facts: Facts) -> str:
    return "You are welcome."


def metric_list(question: Question, catalogue: Catalogue, facts: Facts) -> str:
    if not catalogue.metrics:
        return f"There are no metrics for {client_name(facts)} yet."
    lines = [
        f"- **{plain(metric.name.replace('_', ' '))}**"
        + (f" ({plain(metric.unit)})" if metric.unit else "")
        + (f": {listed(metric.channels)}" if any(metric.channels) else "")
        for metric in catalogue.metrics
    ]
    return f"The metrics for {client_name(facts)}, with their channels:\n" + "\n".join(lines)


def _client_list(question: Question, catalogue: Catalogue, facts: Facts) -> str:
    current = f" We are looking at **{client_name(facts)}**." if facts.client else ""
    return f"I know these clients: {listed(client_names(catalogue))}.{current}"


def _definition(question: Question, catalogue: Catalogue, facts: Facts) -> str:
    if not question.metrics:
        return unknown_words(question, catalogue, facts)
    return "\n".join(_defined(name, catalogue) for name in question.metrics)


def _defined(name: str, catalogue: Catalogue) -> str:
    metric = catalogue.metric(name)
    how = TOTALLED.get(metric.totalled_by, metric.totalled_by)
    of = (
        f" of {plain(metric.ratio_of[0].replace('_', ' '))} over "
        f"{plain(metric.ratio_of[1].replace('_', ' '))}"
        if len(metric.ratio_of) == 2
        else ""
    )
    unit = f", in {plain(metric.unit)}" if metric.unit else ""
    good = {"up": "; higher is better", "down": "; lower is better"}.get(metric.good_direction, "")
    return f"**{plain(name.replace('_', ' '))}**: over a period it is {how}{of}{unit}{good}."


def _unpicked(question: Question, catalogue: Catalogue, facts: Facts) -> str:
    return "What I listed last has no such row. Which one do you mean?"


ANSWERS: dict[str, Callable[[Question, Catalogue, Facts], str]] = {
    "help": _help,
    "hello": _help,
    "thanks": _thanks,
    "metrics": metric_list,
    "clients": _client_list,
    "definition": _definition,
    "unpicked": _unpicked,
}


def _examples(catalogue: Catalogue, facts: Facts) -> str:
    """Three, made from the names that the asker may see."""
    metrics = metric_names(catalogue)
    others = [
        client.name for client in catalogue.clients if not facts.client or client.name != facts.client.name
    ]
    examples = [
        *([f"{metrics[0]} last week, by channel"] if metrics else []),
        *([f"{metrics[-1]} this month compared with last month"] if len(metrics) > 1 else []),
        *([f"How is {others[0]} doing?"] if others else []),
        "Any outliers since Monday?",
        "Which notes are open?",
    ]
    return "\n".join(f"- {plain(example)}" for example in examples[:3])


def client_name(facts: Facts) -> str:
    return plain(facts.client.name) if facts.client else "all clients"


def client_names(catalogue: Catalogue) -> list[str]:
    return [client.name for client in catalogue.clients]


def metric_names(catalogue: Catalogue) -> list[str]:
    return [metric.name.replace("_", " ") for metric in catalogue.metrics]


def listed(names: Sequence[str]) -> str:
    shown = [plain(name) for name in names[:MOST_NAMES] if name]
    more = len(names) - MOST_NAMES
    if more > 0:
        return f"{', '.join(shown)} and others"
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:]))) or "none yet"
