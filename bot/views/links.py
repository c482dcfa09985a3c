from bot.views.blocks import URL, Block, actions, link_button
from bot.views.text import escape

SCHEMES = ("http://", "https://")

UNSAFE = {"<": "%3C", ">": "%3E", "|": "%7C", "&": "&amp;"}
"""What would end a link before its time."""


def web_page(url: str | None) -> str:
    """The address of a page that people can open; '' where it is none."""
    if not url or len(url) > URL or not url.lower().startswith(SCHEMES) or url != "".join(url.split()):
        return ""
    return url


def link(url: str, text: str) -> str:
    """mrkdwn for a web page."""
    quoted = "".join(UNSAFE.get(char, char) for char in url)
    return f"<{quoted}|{escape(text.replace('|', ' '))}>"


def view_button(url: str | None, text: str = "View") -> Block | None:
    """Where there is a web page to view."""
    page = web_page(url)
    return link_button(text, "view_report", page) if page else None


def view_buttons(url: str | None) -> list[Block]:
    """A row with a *View* button, where there is a web page to view."""
    button = view_button(url)
    return [actions(button)] if button else []
