"""`/houston client`: which client a channel is held to."""

from bot.listeners.typed import Typed
from bot.views import binding
from bot.views.blocks import Message

NONE = "none"


async def client_of_channel(typed: Typed) -> Message:
    """Shows it, or changes it. The channel itself does not narrow who changes what it is bound to."""
    if not typed.has_clients:
        return binding.only_one()
    houston, channel_id, wanted = typed.houston, typed.channel_id, typed.text.strip()
    if not wanted:
        return binding.shown(await houston.bindings.of(typed.scope, channel_id))
    actor = await houston.access.actor(typed.workspace.id, typed.user_id)
    actor.demand_admin("bind channels to clients")
    if wanted.casefold() == NONE:
        return binding.changed(await houston.bindings.bind(actor, channel_id, None))
    client = await houston.clients.find(actor.scope, wanted)
    return binding.changed(await houston.bindings.bind(actor, channel_id, client.id))
