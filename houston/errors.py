"""Houston's errors, each named by who must act. Every `message` is safe to show to a person.

HoustonError (store/errors.py)
├── NotFound, Conflict, Invalid     the person who asked: name something else, or mend a field
├── Unreadable                      the operator: HOUSTON_SECRET_KEY
├── NotAllowed                      the person who asked: somebody else can do it, and is named
├── InvalidFields                   the person who filled a form: several fields at once
├── DatabaseError                   the operator: the database
├── SettingsError                   the operator: environment variables, all of them at once
├── NotDelivered
│   ├── TemporaryFailure            nobody: the outbox tries again
│   └── PermanentFailure            an admin: the message says what to do
│       ├── Withdrawn               nobody: what it was about was deleted
│       ├── Gone                    nobody: the message to change is not there any more
│       ├── Unsuitable              us: the message is at fault, not the place that it goes to
│       ├── Withheld                an admin: our own wall holds it back; the place itself works
│       └── ShutOut                 an admin: Slack lets Houston into the whole workspace no more
└── the model's errors              houston/agent/errors.py
"""

from collections.abc import Mapping

from store.errors import Conflict, DatabaseError, HoustonError, Invalid, NotFound, Unreadable


class InvalidFields(HoustonError):
    """Several fields hold something that cannot be kept; `errors` maps field to what to do."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = dict(errors)


class NotAllowed(HoustonError):
    """Somebody else may do this; the message says who."""


class SettingsError(HoustonError):
    """Environment variables that are missing or wrong; `problems` maps each to its mend."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("\n".join(f"{name}: {mend}" for name, mend in problems.items()))
        self.problems = dict(problems)


class NotDelivered(HoustonError):
    """A message did not arrive, or nobody knows whether it did."""


class TemporaryFailure(NotDelivered):
    """Worth another try, after `retry_after` seconds where Slack named them.

    `uncertain` means that the message may have arrived although no answer came.
    """

    def __init__(self, message: str, *, retry_after: float | None = None, uncertain: bool = False) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.uncertain = uncertain


class PermanentFailure(NotDelivered):
    """No try will help until somebody does what the message says."""


class Withdrawn(PermanentFailure):
    """There is nothing to tell any more, and nothing to mend."""


class Gone(PermanentFailure):
    """The message that was to be changed was deleted, or cannot be changed any more."""


class Unsuitable(PermanentFailure):
    """Slack refused what the message is made of; the place that it was for is all right."""


class Withheld(PermanentFailure):
    """Houston's own wall holds the message back; the place that it was for is all right."""


class ShutOut(PermanentFailure):
    """Houston may do nothing in this workspace any more; no single place there is at fault."""


__all__ = [
    "Conflict",
    "DatabaseError",
    "Gone",
    "HoustonError",
    "Invalid",
    "InvalidFields",
    "NotAllowed",
    "NotDelivered",
    "NotFound",
    "PermanentFailure",
    "SettingsError",
    "ShutOut",
    "TemporaryFailure",
    "Unreadable",
    "Unsuitable",
    "Withdrawn",
    "Withheld",
]
