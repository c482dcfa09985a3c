from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Of one turn."""

    steps: int = 8
    calls: int = 24
    tokens: int = 250_000
    """Spent by all its requests; after that the model has to answer with what it has."""
    mends: int = 1
    """How often an unfounded sentence goes back to the model; what fails after that goes out marked."""
    window: int = 100_000
    """Tokens that the model reads at once."""
    tool_seconds: float = 30.0
    seconds: float = 240.0
    """The language model's time; below the five minutes after which Slack closes a stream."""
