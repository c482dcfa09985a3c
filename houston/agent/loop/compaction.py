"""Keeps what the model reads within its window: what is oldest is told in fewer words first."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from houston.agent.messages import Message, ToolSpec, Usage

CHARACTERS_PER_TOKEN = 3.5
WHOLE_TURNS = 3
"""The newest turns are read with their tool results as they were; older ones in short."""

ANSWER = 4_000
"""Tokens that are left free for the reply."""

LONGEST_CELL = 200

Part = list[Message]


class Window:
    """How much one model reads at once, in tokens; it learns from what the model says it counted."""

    def __init__(self, tokens: int) -> None:
        self._tokens = tokens
        self._characters = CHARACTERS_PER_TOKEN
        self._sent = 0

    def fit(self, current: Part, history: Part, around: Part, specs: Sequence[ToolSpec]) -> tuple[Part, Part]:
        """The history and the current turn as they may be sent, `around` being sent as it is."""
        room = (self._tokens - ANSWER) * self._characters - size(around) - _specs(specs)
        past, now = history, current
        for past, now in _shorter(history, current):
            if size(past) + size(now) <= room:
                break
        self._sent = size(past) + size(now) + size(around) + _specs(specs)
        return past, now

    def shrink(self) -> None:
        """The model said that this was too much: half of it then."""
        self._tokens = int(min(self._tokens, self._sent / self._characters) / 2) + ANSWER

    def counted(self, usage: Usage) -> None:
        """What the model made of what was sent last; text of many tokens is known from then on."""
        if usage.prompt_tokens:
            self._characters = min(CHARACTERS_PER_TOKEN, max(1.0, self._sent / usage.prompt_tokens))

    def estimate(self, said: str) -> Usage:
        """Of a reply whose usage never came."""
        return Usage(
            prompt_tokens=round(self._sent / self._characters),
            completion_tokens=round(len(said) / self._characters),
        )


def size(messages: Sequence[Message]) -> int:
    """In characters, as they go over the wire."""
    return sum(
        20 + len(message.text) + sum(40 + len(call.name) + len(call.arguments) for call in message.calls)
        for message in messages
    )


def turns(history: Sequence[Message]) -> list[Part]:
    """A list each, from its question on."""
    parts: list[Part] = []
    for message in history:
        if message.role == "user" or not parts:
            parts.append([])
        parts[-1].append(message)
    return parts


def compact(message: Message) -> Message:
    """A tool result without its rows: its totals, and the `source` that says where it is from."""
    if message.role != "tool":
        return message
    data = json.loads(message.text)
    short = {
        key: value for key, value in ((key, _short(value)) for key, value in data.items()) if value != {}
    }
    return replace(message, text=json.dumps(short, ensure_ascii=False, separators=(",", ":")))


def _shorter(history: Part, current: Part) -> Iterator[tuple[Part, Part]]:
    """From whole to as little as makes sense."""
    past = turns(history)
    kept = max(0, len(past) - WHOLE_TURNS)
    yield _joined(past[:kept], compact) + _joined(past[kept:]), current
    yield _joined(past, compact), current
    for dropped in range(len(past) + 1):
        yield _joined(_words(each) for each in past[dropped:]), current
    last = max((number for number, each in enumerate(current) if each.calls), default=0)
    yield [], [*map(compact, current[:last]), *current[last:]]
    yield [], [compact(each) for each in current]


def _words(turn: Part) -> Part:
    """What was said, without the calls."""
    return [
        replace(each, calls=()) for each in turn if each.role == "user" or (each.text and each.role != "tool")
    ]


def _joined(
    parts: Sequence[Part] | Iterator[Part], change: Callable[[Message], Message] | None = None
) -> Part:
    return [change(message) if change else message for part in parts for message in part]


def _short(value: Any) -> Any:
    if isinstance(value, list):
        return f"{len(value)} left out here; call the tool again to read them"
    if isinstance(value, Mapping):
        return {key: _short(each) for key, each in value.items()}
    return value[:LONGEST_CELL] if isinstance(value, str) else value


def _specs(specs: Sequence[ToolSpec]) -> int:
    return sum(60 + len(spec.description) + len(json.dumps(spec.parameters)) for spec in specs)
