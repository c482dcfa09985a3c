"""Errors of a model's server in plain words, by who must act."""

import re

import openai

from houston.agent.errors import (
    ConversationTooLong,
    ModelError,
    ModelInterrupted,
    ModelRefused,
    ModelUnavailable,
)

TOO_LONG = re.compile(
    r"context (?:length|window|size)|maximum context|too many tokens|prompt is too long", re.I
)
"""How servers that give no code of their own say it."""

NOT_SET_UP = "My language model is not set up as it should be, so I cannot answer. My admins are told why."
UNREACHABLE = "The language model could not be reached. Please ask again in a minute."
LATER = "Please ask again in a minute."


def passes_by_itself(error: Exception) -> bool:
    if isinstance(error, openai.RateLimitError):
        return error.code != "insufficient_quota"
    if isinstance(error, openai.APIStatusError):
        return error.status_code >= 500 or error.status_code in (408, 409)
    return True


def retry_after(error: openai.APIStatusError) -> float:
    try:
        return max(0.0, float(error.response.headers.get("retry-after", "0")))
    except ValueError:
        return 0.0


def interrupted(error: Exception) -> ModelError:
    cause = "fell silent" if isinstance(error, TimeoutError) else "broke off"
    return ModelInterrupted(f"The language model {cause} in the middle of its answer. Please ask again.")


def explain(error: Exception, model: str) -> ModelError:
    """The error in plain words; what an admin can mend is said to them alone."""
    if isinstance(error, openai.APIStatusError):
        return _explain_status(error, model)
    if isinstance(error, TimeoutError | openai.APITimeoutError):
        return ModelUnavailable(f"The language model did not answer in time. {LATER}")
    if isinstance(error, openai.APIConnectionError):
        cause = "I cannot connect to the language model's server. Check OPENAI_BASE_URL and the network."
        return ModelUnavailable(UNREACHABLE, for_admins=cause)
    return ModelUnavailable(f"The language model failed while answering. {LATER}")


def _explain_status(error: openai.APIStatusError, model: str) -> ModelError:
    if error.code == "context_length_exceeded" or error.status_code == 413 or TOO_LONG.search(error.message):
        return ConversationTooLong("This conversation has become too long for me. Please start a new thread.")
    if cause := _for_admins(error, model):
        return ModelRefused(NOT_SET_UP, for_admins=cause)
    if error.status_code == 429:
        return ModelUnavailable(f"The language model is busy right now. {LATER}")
    return ModelUnavailable(f"The language model has trouble right now. {LATER}")


def _for_admins(error: openai.APIStatusError, model: str) -> str:
    """What only a change of Houston's settings or of the account mends; '' where it passes by itself."""
    if error.code == "insufficient_quota":
        return (
            "The language model's account has no credit left (429 insufficient_quota). "
            "Add credit there, or set another OPENAI_API_KEY."
        )
    match error.status_code:
        case 401:
            return "The language model's server refused Houston's key (401). Check OPENAI_API_KEY."
        case 403:
            return f"OPENAI_API_KEY may not use the model “{model}” (403). Check it and HOUSTON_MODEL."
        case 404:
            return (
                f"The language model “{model}” is not known at its server (404). "
                "Check HOUSTON_MODEL and OPENAI_BASE_URL."
            )
        case 408 | 409 | 429:
            return ""
        case status if status < 500:
            return (
                f"The language model's server turned the request away ({status}). "
                "Check HOUSTON_MODEL and OPENAI_BASE_URL; the log has its reason."
            )
    return ""
