"""Permissions in the words of Slack's consent page."""

WORDS = {
    "app_mentions:read": "View messages that directly mention it in conversations that it is in",
    "assistant:write": "Act as an AI assistant",
    "channels:history": "View messages in public channels that it has been added to",
    "channels:join": "Join public channels",
    "channels:manage": "Manage public channels that it has been added to, and create new ones",
    "channels:read": "View basic information about public channels",
    "chat:write": "Send messages",
    "chat:write.customize": "Send messages with a customised name and picture",
    "chat:write.public": "Send messages to public channels that it is not a member of",
    "commands": "Add slash commands and shortcuts that people can use",
    "files:read": "View files shared in conversations that it has been added to",
    "files:write": "Upload, edit and delete files",
    "groups:history": "View messages in private channels that it has been added to",
    "groups:read": "View basic information about private channels that it has been added to",
    "groups:write": "Manage private channels that it has been added to",
    "im:history": "View direct messages that it has been added to",
    "im:read": "View basic information about its direct messages",
    "im:write": "Start direct messages with people",
    "incoming-webhook": "Post messages to one channel",
    "reactions:read": "View reactions in conversations that it has been added to",
    "reactions:write": "Add and edit reactions",
    "team:read": "View the name, email domain and icon of the workspace",
    "users:read": "View people in the workspace",
    "users:read.email": "View email addresses of people in the workspace",
}


def described(scopes: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each scope with what it allows; one that is not known here is its own description."""
    return [(scope, WORDS.get(scope, scope)) for scope in scopes]
