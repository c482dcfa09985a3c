"""Whether the language model answers."""

from collections.abc import Sequence
from contextlib import aclosing

from houston.agent.errors import ModelRefused, ModelUnavailable
from houston.agent.llm.model import OpenAIModel, Patience
from houston.agent.messages import Message
from houston.config import Settings
from houston.doctor.finding import Finding, unset, well, wrong

CHECK = "Language model"
PATIENCE = Patience(connect=5, first_chunk=15, between_chunks=15, reply=15, tries=1)
PROMPT = (Message(role="user", text="Say OK."),)
LATER = "Run this again in a minute; if it goes on, check OPENAI_BASE_URL and the network."


async def look_at_model(settings: Settings) -> Sequence[Finding]:
    if not settings.openai_api_key:
        mend = "Set OPENAI_API_KEY for free conversation."
        return [unset(CHECK, "not set up; patterns answer plain questions without one", mend)]
    model = OpenAIModel(
        api_key=settings.openai_api_key,
        base_url=settings.openai_base_url,
        model=settings.houston_model,
        patience=PATIENCE,
    )
    try:
        await _first_piece(model)
    except ModelUnavailable as error:
        return [wrong(CHECK, error.message.partition(". ")[0], LATER)]
    except ModelRefused as error:
        return [wrong(CHECK, error.for_admins or error.message)]
    finally:
        await model.close()
    return [well(CHECK, f"{settings.houston_model} answers")]


async def _first_piece(model: OpenAIModel) -> None:
    """Hang up at the first piece. A limit on tokens has no name that every server knows: reasoning
    models refuse `max_tokens`, others have never heard of `max_completion_tokens`."""
    async with aclosing(model.stream(PROMPT, ())) as pieces:
        await anext(pieces)
