"""What becomes of a question that the language model does not answer."""

from dataclasses import dataclass

from houston.agent.errors import ModelError

BY_RULES = "answered by rules:"
NOT_AVAILABLE = f"{BY_RULES} the language model is not available"
TOO_SLOW = "This took me too long, so I stopped. Please ask for less at once."


@dataclass(frozen=True, kw_only=True)
class Setback:
    """Why the language model gave no answer: for its asker, for who can mend it, and as a footnote."""

    sentence: str
    for_admins: str = ""
    note: str = NOT_AVAILABLE

    @classmethod
    def chosen(cls, note: str) -> "Setback":
        """It is not asked at all, for the reason that the note gives."""
        why = note.removeprefix(f"{BY_RULES} ")
        return cls(sentence=f"By rules alone I have no answer to that: {why}.", note=note)

    @classmethod
    def of(cls, error: ModelError | TimeoutError) -> "Setback":
        if isinstance(error, ModelError):
            return cls(sentence=error.message, for_admins=error.for_admins)
        return cls(sentence=TOO_SLOW)
