"""The Web API: one module a family, one routing table."""

from bot.playground.api import (
    auth,
    chat,
    conversations,
    files,
    oauth,
    reactions,
    sessions,
    streams,
    users,
    views,
)
from bot.playground.api.call import Method

_FAMILIES = (auth, chat, conversations, files, oauth, reactions, sessions, streams, users, views)
METHODS: dict[str, Method] = {name: method for family in _FAMILIES for name, method in family.METHODS.items()}
