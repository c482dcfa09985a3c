"""What can go wrong with a model, named by who must act.

ModelError
├── ModelUnavailable      nobody: it passes; ask again
│   └── ModelInterrupted  the reply broke off after its first piece
├── ModelRefused          an admin: key, quota, model name, address
└── ConversationTooLong   the asker: start a new thread
"""

from houston.errors import HoustonError


class ModelError(HoustonError):
    """The language model gave no (whole) reply. `for_admins` is what one of them can mend."""

    def __init__(self, message: str, *, for_admins: str = "") -> None:
        super().__init__(message)
        self.for_admins = for_admins


class ModelUnavailable(ModelError):
    """A temporary failure."""


class ModelInterrupted(ModelUnavailable):
    """The reply broke off after pieces of it were passed on."""


class ModelRefused(ModelError):
    """The request will fail until an admin changes something."""


class ConversationTooLong(ModelError):
    """More text than the model can read at once."""
