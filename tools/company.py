"""Who reads along: what is a workspace's own business is not told in front of another company's people."""

from houston.agent.tool import ToolContext
from houston.errors import NotAllowed

AMONG_STRANGERS = "People of another company read this channel. Ask about {} in a direct message to Houston."


async def demand_own_people(ctx: ToolContext, what: str) -> None:
    """`what` reads as in "its rules". Raises NotAllowed."""
    ctx.actor.demand_colleague(f"ask about {what}")
    if not await is_among_own_people(ctx):
        raise NotAllowed(AMONG_STRANGERS.format(what))


async def is_among_own_people(ctx: ToolContext) -> bool:
    if ctx.actor.is_stranger:
        return False
    workspace_id = ctx.scope.workspace_id
    if not ctx.channel or workspace_id is None:
        return True
    channel = await ctx.desk.channels.find(workspace_id, ctx.channel)
    return channel is None or not channel.is_shared
