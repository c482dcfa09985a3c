from collections.abc import Sequence

from bot.views.blocks import Message, context, section
from bot.views.text import count, escape
from store.tables import Client

SHOWN = 60


def listed(clients: Sequence[Client]) -> Message:
    if not clients:
        said = (
            "No clients yet. They come with the first import: `app.py import metrics FILE.csv --client SLUG`."
        )
        return Message(text=said, blocks=[section(said)])
    title = f"*{count(len(clients), 'client')}*"
    lines = [f"• {escape(client.name, 30)} — `{client.slug}`" for client in clients[:SHOWN]]
    blocks = [section("\n".join([title, *lines[:30]]))]
    if lines[30:]:
        blocks.append(section("\n".join(lines[30:])))
    if len(clients) > SHOWN:
        blocks.append(context(f"{len(clients) - SHOWN} more are not shown."))
    blocks.append(context("Ask about one with `/houston ask --client SLUG QUESTION`."))
    return Message(text=title.strip("*"), blocks=blocks)
