from collections.abc import Sequence

from bot.views import connection, pausing
from bot.views.blocks import Message, facts, section
from bot.views.reader import Reader
from bot.views.text import count, escape
from houston.status import ConnectionState, Status

APPS_SHOWN = 10


def shown(status: Status, words: str, states: Sequence[ConnectionState], reader: Reader) -> Message:
    """`words` say how this workspace's own connection stands; `states`, for agency admins, every app's."""
    title = f"*Houston in {escape(status.workspace, 200)}*"
    pairs = [
        ("🔌 Slack", escape(words)),
        ("🕐 Time zone", escape(status.timezone)),
        ("#️⃣ Channels", count(status.channels, "channel")),
        ("🔔 Notifications", f"{status.active_rules:,} active of {status.rules:,}"),
        ("📈 Outlier definitions", _definitions(status)),
        ("📬 Last 24 hours", _deliveries(status)),
        ("🧠 Answers by", escape(status.model, 200)),
    ]
    if reader.has_clients:
        pairs.insert(1, ("Kind", "Agency"))
    blocks = [section(title), *pausing.blocks(status.paused, reader), facts(pairs)]
    if len(states) > 1:
        blocks.append(section("\n".join(connection.line(each) for each in states[:APPS_SHOWN])))
    return Message(text=title.strip("*"), blocks=blocks)


def _definitions(status: Status) -> str:
    failing = f", ⚠️ {status.failing_definitions:,} failing" if status.failing_definitions else ""
    return f"{status.definitions:,}{failing}"


def _deliveries(status: Status) -> str:
    waiting = f", {status.due:,} waiting" if status.due else ""
    dead = f", ⚠️ {status.dead:,} not delivered" if status.dead else ""
    return f"{count(status.sent, 'message')} sent{waiting}{dead}"
