"""Where a rule may send, as people name it."""

import re

from houston.agent.tool import ToolContext
from houston.errors import NotFound

ME = frozenset({"me", "myself", "dm", "@me"})
"""The asker's own direct messages."""

MENTION = re.compile(r"<[#@](\w+)(?:\|[^>]*)?>")


async def place(ctx: ToolContext, name: str) -> tuple[str, str]:
    """Slack's id and what people read, `#sales`. Raises NotFound: the same for a channel that is not there,
    one without Houston, and a private one, but for the one where the conversation is."""
    wanted = _bare(name)
    if wanted.casefold() in ME or wanted == ctx.actor.user_id:
        return ctx.actor.user_id, f"a direct message to {ctx.actor.name}"
    found = await ctx.desk.channels.offered(ctx.scope, wanted, {ctx.channel})
    for channel in found:
        if wanted.casefold() in (channel.name.casefold(), channel.id.casefold()):
            return channel.id, f"#{channel.name}"
    raise NotFound(
        f"I know no channel #{wanted[:80]} that you can choose here. If it is there, /invite @Houston to it; "
        "a private one can be chosen with /houston rules add."
    )


def _bare(name: str) -> str:
    mention = MENTION.fullmatch(name.strip())
    return mention[1] if mention else name.strip().lstrip("#")
