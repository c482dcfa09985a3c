"""What is wrong with a sentence, for the model that is to mend it and for the person who may read it."""

from dataclasses import dataclass

MARK = "⚠️ unverified"


@dataclass(frozen=True, kw_only=True)
class Cut:
    """A stretch of the cleaned sentence, and what stands there instead."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Complaint:
    figures: tuple[str, ...] = ()
    """Figures as written that nothing returned supports."""
    links: tuple[str, ...] = ()
    """Links and mentions as written that no tool made."""
    for_model: str = ""
    clean: str = ""
    """The sentence without invisible characters, to which `cuts` apply."""
    cuts: tuple[Cut, ...] = ()

    def marked(self, sentence: str) -> str:
        """The sentence as it may go out: links cut to their words, each unsupported figure marked."""
        text = self.clean or sentence
        for cut in sorted(self.cuts, key=lambda cut: cut.start, reverse=True):
            text = text[: cut.start] + cut.text + text[cut.end :]
        return text
