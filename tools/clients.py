from typing import Any

from houston.agent.tool import ToolContext, tool
from store.tables import Client
from tools.results import counted

MOST = 60


@tool(label="Looking up the clients", quiet=True)
async def list_clients(ctx: ToolContext) -> dict[str, Any]:
    """Lists the clients that the asker may see, and which one the conversation is about."""
    found = await ctx.desk.clients.all(ctx.scope)
    shown = [{**_client(client), "current": client.id == ctx.client_id} for client in found[:MOST]]
    return {"clients": shown, **counted(len(found), shown)}


@tool(label="Switching the client", runs_first=True, quiet=True)
async def switch_client(ctx: ToolContext, client: str) -> dict[str, Any]:
    """Makes another client the one that this conversation is about; the other tools then answer for it.

    Args:
        client: The client's name, slug or id; a slight misspelling will do.
    """
    found = await ctx.desk.clients.called(ctx.scope, client)
    ctx.switch_client(found)
    return {"client": _client(found)}


def _client(client: Client) -> dict[str, Any]:
    return {"id": str(client.id), "slug": client.slug, "name": client.name}
