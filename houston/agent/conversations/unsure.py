"""A client that somebody named and that is not there."""

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from houston.agent.conversations.conversation import parse_question
from houston.agent.messages import Message, Usage
from houston.agent.turn import AgentEvent, ChoicesOffered, Finished, Footer, TextAdded, TurnRecord
from houston.errors import NotFound
from store.tables import Client

MOST = 5
ALIKE = 60.0
"""Of 100. Where no name is as much like it, those are offered that come nearest."""


def ask_which(
    unknown: NotFound, question: str, named: str, clients: Sequence[Client]
) -> Iterator[AgentEvent]:
    """A whole answer: that it is not known, and the nearest of those that the asker may see as buttons."""
    options = nearest(named, clients)
    text = f"{unknown.message} Which one do you mean?" if options else unknown.message
    yield TextAdded(markdown=text)
    if options:
        yield ChoicesOffered(options=options)
    said = (
        Message(role="user", text=parse_question(question).text),
        Message(role="assistant", text=text),
    )
    record = TurnRecord(messages=said, results=(), answer=text, client=None, model="", usage=Usage())
    yield Finished(footer=Footer(), record=record)


def nearest(named: str, clients: Sequence[Client]) -> tuple[str, ...]:
    """The names of the clients that it is most like."""
    scores = {
        client.name: max(
            fuzz.WRatio(named.casefold(), each.casefold()) for each in (client.name, client.slug)
        )
        for client in clients
    }
    best = sorted(scores, key=lambda name: (-scores[name], name))
    alike = [name for name in best if scores[name] >= ALIKE]
    return tuple(alike or best)[:MOST]
