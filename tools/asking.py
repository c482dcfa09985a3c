from typing import Annotated, Any

from pydantic import Field

from houston.agent.grounding.links import unlinked
from houston.agent.grounding.text import clean
from houston.agent.tool import ToolContext, ToolError, tool
from houston.agent.turn import ChoicesOffered

NOTE = "The person answers next: end your turn with this question, and do not guess."

Option = Annotated[str, Field(min_length=1, max_length=75)]


@tool(label="Asking back")
async def ask_person(
    ctx: ToolContext,
    question: Annotated[str, Field(min_length=3, max_length=300)],
    options: Annotated[list[Option], Field(min_length=2, max_length=5)],
) -> dict[str, Any]:
    """Offers buttons where a question can be meant in several ways, such as which of two clients. Pressing
    one asks its text as the next question, so each option must stand on its own.

    Args:
        question: What you ask, as one sentence.
        options: Two to five answers, such as "Revenue for Acme" and "Revenue for Globex".
    """
    said = (" ".join(unlinked(clean(option)).split()) for option in options)
    offered = tuple(dict.fromkeys(option for option in said if option))
    if not offered:
        raise ToolError("Give options in words, without links and mentions.")
    ctx.show(ChoicesOffered(options=offered))
    return {"asked": question, "options": list(offered), "note": NOTE}
