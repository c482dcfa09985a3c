"""Keeps Houston's own instructions out of its answers."""

import re

RUN = 6
"""Words in a row that no answer shares with the instructions by chance."""

WORD = re.compile(r"\w+")


class Discretion:
    def __init__(self, instructions: str) -> None:
        self._runs = _runs(instructions)

    def quotes(self, sentence: str) -> bool:
        """Whether a sentence repeats a run of the instructions' words."""
        return not self._runs.isdisjoint(_runs(sentence))


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = [word.casefold() for word in WORD.findall(text)]
    return frozenset(tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
