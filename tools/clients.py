from typing import Any

from houston.agent.tool import ToolContext, tool


@tool(label="Looking up the clients")
async def list_clients(ctx: ToolContext) -> dict[str, Any]:
    """Lists the clients that the asker may see, and which one the conversation is about."""
    return {
        "clients": [
            {"slug": client.slug, "name": client.name, "current": client.id == ctx.client_id}
            for client in await ctx.desk.clients.all(ctx.scope)
        ]
    }


@tool(label="Switching the client", runs_first=True)
async def switch_client(ctx: ToolContext, client: str) -> dict[str, Any]:
    """Makes another client the one that this conversation is about; the other tools then answer for it.

    Args:
        client: The client's name or slug.
    """
    found = await ctx.desk.clients.find(ctx.scope, client)
    ctx.switch_client(found)
    return {"client": {"slug": found.slug, "name": found.name}}
