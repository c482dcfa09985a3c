"""Several look-ups of an answer, told on one card."""

from collections.abc import Iterable, Sequence

from bot.views.cards import SIGNS
from bot.views.text import cut, one_line
from houston.agent.turn import CardChanged, CardState

NAMED, LINES = 3, 12
"""Things that a title names, and look-ups that the card lists; of more the rest is counted."""

NAME, LINE = 40, 160


def together(lookups: Sequence[CardChanged], *, whole: bool = True) -> CardChanged:
    """One card of several, under the first one's id; of a single one that itself.

    What each came to is said only of all of them, where they are `whole`: Slack adds a detail to what a
    card says already.
    """
    first = lookups[0]
    if len(lookups) == 1:
        return first if whole else _short(first)
    state = _state(lookups)
    failed = sum(each.state == "failed" for each in lookups)
    title = f"{_title(lookups)} ({failed} failed)" if failed and state == "done" else _title(lookups)
    detail = "\n".join(_lines(lookups)) if whole and state != "running" else ""
    return CardChanged(id=first.id, title=title, state=state, detail=detail)


def _short(lookup: CardChanged) -> CardChanged:
    return CardChanged(id=lookup.id, title=lookup.title, state=lookup.state)


def _state(lookups: Sequence[CardChanged]) -> CardState:
    """Failed where there is nothing else to tell."""
    states = {each.state for each in lookups}
    if "running" in states:
        return "running"
    return "done" if "done" in states else "failed"


def _title(lookups: Sequence[CardChanged]) -> str:
    """`Looking at Acme: outliers, pipeline runs, notes and 3 more`."""
    subjects, clients, periods = (
        _distinct(getattr(each, name) for each in lookups) for name in ("subject", "client", "period")
    )
    if len(subjects) > 1:
        whose = f"{_listed(clients)}: " if clients else ""
        return f"Looking at {whose}{_listed(subjects)}"
    if len(clients) > 1:
        return f"Looking at {subjects[0]} for {_listed(clients)}"
    whose = f"{subjects[0]} for {clients[0]}" if clients else subjects[0]
    return f"Looking at {whose}: {_listed(periods) if len(periods) > 1 else f'{len(lookups)} times'}"


def _distinct(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(cut(word, NAME) for word in words if word))


def _listed(words: Sequence[str]) -> str:
    """`alerts, jobs, notes and 3 more`."""
    if len(words) == 1:
        return words[0]
    if len(words) <= NAMED + 1:
        return f"{', '.join(words[:-1])} and {words[-1]}"
    return f"{', '.join(words[:NAMED])} and {len(words) - NAMED} more"


def _lines(lookups: Sequence[CardChanged]) -> list[str]:
    """`✓ Reading revenue for Acme, 1–14 Nov · 14 rows`, what failed before the rest."""
    told = sorted(lookups, key=lambda each: each.state != "failed")
    said = [_line(each) for each in told[:LINES]]
    return said + ([f"… and {len(told) - LINES} more"] if len(told) > LINES else [])


def _line(lookup: CardChanged) -> str:
    said = f"{lookup.title} · {lookup.detail}" if lookup.detail else lookup.title
    return f"{SIGNS[lookup.state]} {cut(one_line(said), LINE)}"
