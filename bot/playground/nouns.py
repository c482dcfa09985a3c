"""What a Slack workspace is made of. Everything is plain data; `Playground` is the only owner."""

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
#: block_id -> action_id -> what Slack reports under `state.values`
Values = dict[str, dict[str, Json]]

SLACKBOT = "USLACKBOT"


class NotAllowed(Exception):
    """Slack's client would not let the person do this; the text says why."""


@dataclass(kw_only=True)
class Workspace:
    id: str
    name: str
    domain: str
    icon_colour: str
    #: whether only admins and owners may install apps
    apps_need_admin: bool = False
    #: whether apps are installed for the whole Enterprise organisation that the workspace is part of
    is_org_wide: bool = False
    #: Web API method -> the error that its plan or its admins refuse it with
    refuses: dict[str, str] = field(default_factory=dict)
    #: types of blocks that it takes in no message
    lacks_blocks: set[str] = field(default_factory=set)

    @property
    def enterprise(self) -> Json | None:
        """The organisation, as Slack names it beside a team."""
        return {"id": f"E{self.id[1:]}", "name": f"{self.name} Org"} if self.is_org_wide else None


@dataclass(kw_only=True)
class User:
    id: str
    workspace_id: str
    name: str
    real_name: str
    email: str = ""
    tz: str = "UTC"
    is_admin: bool = False
    is_owner: bool = False
    is_primary_owner: bool = False
    #: a guest, who is in chosen channels only
    is_restricted: bool = False
    #: a guest of a single channel; such a one is `is_restricted` too
    is_ultra_restricted: bool = False
    is_bot: bool = False
    bot_id: str | None = None
    app_id: str | None = None
    deleted: bool = False
    colour: str = "#4a154b"
    #: seconds since the epoch of the last change
    updated: int = 0

    def may_install(self, workspace: Workspace) -> bool:
        """Whether the workspace lets this person install apps."""
        is_member = not (self.deleted or self.is_bot or self.is_restricted)
        return is_member and (self.is_admin or not workspace.apps_need_admin)


@dataclass(kw_only=True)
class Channel:
    id: str
    workspace_id: str
    name: str
    created: int
    creator: str = ""
    is_private: bool = False
    is_archived: bool = False
    is_im: bool = False
    is_ext_shared: bool = False
    #: the other workspaces that it is shared with by Slack Connect
    connected: set[str] = field(default_factory=set)
    members: set[str] = field(default_factory=set)
    topic: str = ""

    @property
    def teams(self) -> list[str]:
        """The workspaces in which it can be seen, its host first."""
        return [self.workspace_id, *sorted(self.connected)]

    @property
    def type(self) -> Literal["im", "group", "channel"]:
        """What Slack's events call `channel_type`."""
        if self.is_im:
            return "im"
        return "group" if self.is_private else "channel"


@dataclass(kw_only=True)
class Edited:
    user: str
    ts: str


@dataclass(kw_only=True)
class Stream:
    """A message that is still being written. Its blocks grow with each appended chunk."""

    app_id: str
    started_at: float
    recipient_user_id: str | None = None
    recipient_team_id: str | None = None
    task_display_mode: str = "timeline"
    is_open: bool = True


@dataclass(kw_only=True)
class Message:
    ts: str
    channel: str
    text: str
    user: str | None = None
    bot_id: str | None = None
    app_id: str | None = None
    username: str | None = None
    icon_emoji: str | None = None
    icon_url: str | None = None
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    is_broadcast: bool = False
    subtype: str | None = None
    metadata: Json | None = None
    edited: Edited | None = None
    ephemeral_to: str | None = None
    stream: Stream | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    client_msg_id: str | None = None
    deleted: bool = False
    #: what each user has entered into this message's inputs
    states: dict[str, Values] = field(default_factory=dict)

    @property
    def is_streaming(self) -> bool:
        return self.stream is not None and self.stream.is_open

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(kw_only=True)
class View:
    id: str
    workspace_id: str
    app_id: str
    user_id: str
    type: Literal["modal", "home"]
    hash: str
    root_view_id: str
    previous_view_id: str | None = None
    callback_id: str = ""
    external_id: str = ""
    title: Json | None = None
    submit: Json | None = None
    close: Json | None = None
    blocks: list[Json] = field(default_factory=list)
    private_metadata: str = ""
    clear_on_close: bool = False
    notify_on_close: bool = False
    submit_disabled: bool = False
    state: Values = field(default_factory=dict)


@dataclass(kw_only=True)
class File:
    id: str
    workspace_id: str
    user: str
    name: str
    title: str
    length: int
    alt_text: str = ""
    mimetype: str = "application/octet-stream"
    content: bytes | None = None
    created: int = 0
    #: when Slack has processed it, so that a block may show it; None until the upload is completed
    ready_at: float | None = None
    channels: list[str] = field(default_factory=list)
    deleted: bool = False


@dataclass(frozen=True, kw_only=True)
class SlashCommand:
    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True, kw_only=True)
class Shortcut:
    name: str
    type: Literal["global", "message"]
    callback_id: str
    description: str = ""


@dataclass(kw_only=True)
class Webhook:
    id: str
    workspace_id: str
    app_id: str
    channel: str
    secret: str
    is_active: bool = True


#: the error that a call with a token which was once good is refused with
TokenProblem = Literal["account_inactive", "token_revoked", "token_expired"]


@dataclass(kw_only=True)
class BotToken:
    workspace_id: str
    #: None where it never runs out
    expires_at: float | None = None
    refused_with: TokenProblem | None = None

    def problem(self, now: float) -> TokenProblem | None:
        if self.refused_with is None and self.expires_at is not None and self.expires_at <= now:
            return "token_expired"
        return self.refused_with


@dataclass(kw_only=True)
class Installation:
    """An app in a workspace: its bot user, its newest token and what its tokens may do."""

    app_id: str
    workspace_id: str
    bot_user_id: str
    bot_id: str
    token: str = ""
    #: the only one that is good; None without token rotation
    refresh_token: str | None = None
    scopes: set[str] = field(default_factory=set)
    #: who allowed it; empty where nobody was asked
    installer: str = ""
    #: why the app is no longer at work here
    refused_with: Literal["account_inactive", "token_revoked"] | None = None


@dataclass(kw_only=True)
class App:
    id: str
    client_id: str
    name: str
    app_token: str
    client_secret: str = ""
    description: str = ""
    scopes: tuple[str, ...] = ()
    #: where people may be sent after they were asked for consent; a list, since ports change
    redirect_urls: list[str] = field(default_factory=list)
    rotates_tokens: bool = False
    events: frozenset[str] = frozenset()
    commands: tuple[SlashCommand, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    suggested_prompts: tuple[Json, ...] = ()
    has_home: bool = False
    has_messages: bool = True
    #: workspace id -> installation
    installations: dict[str, Installation] = field(default_factory=dict)
    #: every bot token ever issued, good or not
    tokens: dict[str, BotToken] = field(default_factory=dict)


@dataclass(kw_only=True)
class Status:
    """The line under a thread that says what the assistant is doing."""

    text: str
    loading_messages: tuple[str, ...] = ()
    expires_at: float
    session: Literal["processing", "active", "suspended", "closed"] | None = None


@dataclass(frozen=True, kw_only=True)
class SuggestedPrompts:
    title: str | None
    prompts: tuple[Json, ...]
