import re

END = re.compile(r"\n|[.!?…][\"'”’)\]*_]*\s")
ABBREVIATION = re.compile(
    r"(?:^\s*(?:\d{1,3}|[a-zA-Z])|\b(?:vs|e\.g|i\.e|approx|ca|no|nos|prev|incl|excl|est|avg|min|max|cf|Mr|Ms|Mrs|Dr"
    r"|(?<!\d )(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)))\.\s$",
    re.IGNORECASE,
)
"""A list's number, or a word that is cut short; `on 9 Nov.` ends a sentence."""

OPEN_LINK = re.compile(r"\[[^\]\n]*$|\]\([^)\n]*$")


class Sentences:
    """Holds text back to the end of a sentence, line or table row, so that it can be checked whole."""

    def __init__(self) -> None:
        self._held = ""

    def add(self, text: str) -> list[str]:
        """The sentences that this text completes."""
        self._held += text
        whole = []
        while (end := self._end()) is not None:
            whole.append(self._held[:end])
            self._held = self._held[end:]
        return whole

    def rest(self) -> str:
        held, self._held = self._held, ""
        return held

    def _end(self) -> int | None:
        for found in END.finditer(self._held):
            if found[0].endswith("\n") or not _goes_on(self._held[: found.end()]):
                return found.end()
        return None


def _goes_on(text: str) -> bool:
    """Whether a full stop ends no sentence here: in a table's row, in a link, after an abbreviation."""
    return text.lstrip().startswith("|") or bool(OPEN_LINK.search(text) or ABBREVIATION.search(text))
