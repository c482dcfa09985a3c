from bot.views.blocks import Message, facts, section
from bot.views.text import count, escape
from houston.status import Status


def shown(status: Status, connection: str) -> Message:
    """`connection` is what the Socket Mode connection is doing."""
    title = f"*Houston in {escape(status.workspace, 200)}*"
    pairs = [
        ("🔌 Slack", escape(connection)),
        ("🕐 Time zone", escape(status.timezone)),
        ("#️⃣ Channels", count(status.channels, "channel")),
        ("🔔 Notifications", f"{status.active_rules:,} active of {status.rules:,}"),
        ("📈 Outlier definitions", _definitions(status)),
        ("📬 Last 24 hours", _deliveries(status)),
        ("🧠 Answers by", escape(status.model, 200)),
    ]
    return Message(text=title.strip("*"), blocks=[section(title), facts(pairs)])


def _definitions(status: Status) -> str:
    failing = f", ⚠️ {status.failing_definitions:,} failing" if status.failing_definitions else ""
    return f"{status.definitions:,}{failing}"


def _deliveries(status: Status) -> str:
    waiting = f", {status.due:,} waiting" if status.due else ""
    dead = f", ⚠️ {status.dead:,} not delivered" if status.dead else ""
    return f"{count(status.sent, 'message')} sent{waiting}{dead}"
