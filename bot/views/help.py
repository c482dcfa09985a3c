"""What `/houston` says when it is asked for help, or not understood: only what the asker may use."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.views.blocks import Block, Message, actions, button, context, section
from bot.views.reader import Reader
from bot.views.rules import add_button
from bot.views.text import escape


@dataclass(frozen=True, kw_only=True)
class Usage:
    """`is_admin` and `has_clients` say for whom: True, False, or None for either."""

    typed: str
    what: str
    is_admin: bool | None = None
    has_clients: bool | None = None

    @property
    def word(self) -> str:
        return self.typed.split()[0]

    def is_for(self, reader: Reader) -> bool:
        return self.is_admin in (None, reader.is_admin) and self.has_clients in (None, reader.has_clients)


USAGES = (
    Usage(
        typed="ask [--client SLUG] QUESTION",
        what="ask about metrics, outliers, notes and customers",
        has_clients=True,
    ),
    Usage(typed="ask QUESTION", what="ask about metrics, outliers, notes and customers", has_clients=False),
    Usage(typed="outliers", what="what was unusual in the last 7 days"),
    Usage(typed="alerts", what="the alerts on reports: what is checked, and how it stands"),
    Usage(typed="sources", what="the databases and folders that reports read", is_admin=True),
    Usage(typed="rules", what="the notifications: what is posted where"),
    Usage(typed="rules add", what="add a notification", is_admin=True),
    Usage(typed="rules pause|resume|delete N", what="change notification N", is_admin=True),
    Usage(
        typed="note [--client SLUG] TEXT", what="write a note; its first line is the title", has_clients=True
    ),
    Usage(typed="note TEXT", what="write a note; its first line is the title", has_clients=False),
    Usage(typed="clients", what="the clients that you can ask about", is_admin=False, has_clients=True),
    Usage(typed="clients", what="the clients: invite, add, delete", is_admin=True, has_clients=True),
    Usage(typed="client", what="the client that this channel is for", is_admin=False, has_clients=True),
    Usage(typed="client SLUG|none", what="hold this channel to one client", is_admin=True, has_clients=True),
    Usage(typed="answers", what="whether questions are answered in this channel", is_admin=False),
    Usage(
        typed="answers on|off", what="answer questions in this channel, or post alerts only", is_admin=True
    ),
    Usage(typed="prefs", what="choose what Houston sends to you alone"),
    Usage(typed="people", what="who is an admin", is_admin=False),
    Usage(
        typed="people", what="who is an admin, and who sees which clients", is_admin=True, has_clients=True
    ),
    Usage(typed="people", what="who is an admin, and who becomes one", is_admin=True, has_clients=False),
    Usage(typed="status", what="how Houston is doing"),
    Usage(typed="deliveries [dead]", what="what was sent where, and what did not arrive"),
    Usage(typed="digest [now]", what="the daily digest; now: to you alone", is_admin=False),
    Usage(typed="digest [now|on|off|at HH:MM]", what="the daily digest; now: to you alone", is_admin=True),
    Usage(typed="timezone", what="the workspace's time zone", is_admin=False),
    Usage(typed="timezone Area/City", what="the workspace's time zone", is_admin=True),
    Usage(typed="pause [1h]", what="hold all messages for a while, e.g. for maintenance", is_admin=True),
    Usage(typed="resume", what="end the pause", is_admin=True),
    Usage(typed="destinations", what="where messages go: channels, webhooks, other services", is_admin=True),
    Usage(typed="test #channel|NAME|@me", what="whether a message arrives there", is_admin=True),
    Usage(typed="test @me", what="whether a message of Houston's reaches you", is_admin=False),
    Usage(typed="audit", what="who changed what, and when", is_admin=True),
)
"""In the order shown."""


def words(reader: Reader, known: Collection[str]) -> list[str]:
    """The commands that this person may use, of those that exist."""
    return list(dict.fromkeys(each.word for each in USAGES if each.is_for(reader) and each.word in known))


def helped(reader: Reader, known: Collection[str], unknown: str = "", nearest: str | None = None) -> Message:
    """`known` are the commands there are; `nearest` is the one probably meant by `unknown`."""
    shown = (each for each in USAGES if each.is_for(reader) and each.word in known)
    lines = [f"`/houston {each.typed}` — {each.what}" for each in shown]
    intro = _intro(unknown, nearest)
    return Message(
        text=intro,
        blocks=[
            section(intro),
            section("\n".join(lines)),
            actions(*_buttons(reader)),
            context("You can also write to me in a direct message, or mention me in a channel."),
        ],
    )


def _intro(unknown: str, nearest: str | None) -> str:
    if not unknown:
        return "🛰️ *Houston* watches your metrics, tells the right channel and answers your questions."
    said = f"I do not know `{escape(unknown.replace('`', ''), 60)}`."
    if not nearest:
        return said
    return f"{said} Did you mean `/houston {escape(nearest.replace('`', ''), 300)}`?"


def _buttons(reader: Reader) -> list[Block]:
    looking = [button("Notifications", "show_rules"), button("Latest outliers", "show_outliers")]
    return [add_button(), *looking] if reader.is_admin else looking
