import re

END = re.compile(r"\n|[.!?…][\"'”’)\]*_]*\s")


class Sentences:
    """Holds text back to the end of a sentence, line or table row, so that it can be checked whole."""

    def __init__(self) -> None:
        self._held = ""

    def add(self, text: str) -> list[str]:
        """The sentences that this text completes."""
        self._held += text
        whole = []
        while found := END.search(self._held):
            whole.append(self._held[: found.end()])
            self._held = self._held[found.end() :]
        return whole

    def rest(self) -> str:
        held, self._held = self._held, ""
        return held
