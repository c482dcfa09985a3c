from bot.views.blocks import URL, Block, actions, link_button

SCHEMES = ("http://", "https://")


def view_buttons(url: str | None) -> list[Block]:
    """A *View* button, where there is a web page to view."""
    if not url or len(url) > URL or not url.lower().startswith(SCHEMES) or url != "".join(url.split()):
        return []
    return [actions(link_button("View", "view_report", url))]
