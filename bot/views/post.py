"""A message of its own: one thing that happened or goes on, always as it stands now."""

from bot.views import buttons, episode
from bot.views.blocks import Block, Message, context, image, long_header
from bot.views.kind import Kind
from bot.views.links import view_button
from bot.views.text import escape, when
from houston.notify.messenger import Announcement


def posted(kind: Kind, announcement: Announcement) -> Message:
    """Its buttons act on its episode; what has none is only told."""
    heading = title(kind, announcement)
    blocks = [long_header(heading), *kind.body(announcement)]
    if announcement.chart_file:
        alt = announcement.chart.alt if announcement.chart else f"Chart of {kind.name(announcement)}"
        blocks.append(image(announcement.chart_file, alt))
    if below := _below(announcement):
        blocks.append(context("\n".join(below)))
    return Message(
        text=_fallback(kind, announcement, heading), blocks=_with_buttons(kind, announcement, blocks)
    )


def title(kind: Kind, announcement: Announcement) -> str:
    """By how it stands: `✅ Resolved: Cost per click · google-ads`."""
    headings = {
        episode.RESOLVED: kind.over,
        episode.NO_DATA: "❔ No data",
        episode.ERROR: "⚠️ Could not be checked",
    }
    heading = headings.get(episode.state(announcement))
    return f"{heading}: {kind.name(announcement)}" if heading else kind.title(announcement)


def url(announcement: Announcement) -> str | None:
    """The web page of what it is about."""
    return episode.current(announcement).get("url") or episode.fired(announcement).get("url")


def _below(announcement: Announcement) -> list[str]:
    said = episode.people(announcement)
    if episode.state(announcement) == "recovering":
        said.insert(0, "↩️ Better again, and watched a little longer before it counts as over")
    minutes = announcement.event.payload.get("escalated_minutes")
    if announcement.is_escalated:
        said.append(f"⏫ Nobody took this within {minutes} minutes" if minutes else "⏫ Nobody took this yet")
    return said


def _with_buttons(kind: Kind, announcement: Announcement, blocks: list[Block]) -> list[Block]:
    link = view_button(url(announcement), kind.button)
    if not kind.can_ask:
        return buttons.beside(announcement, blocks, link)
    episodes = [announcement.episode] if announcement.episode else []
    return [*blocks, *buttons.row(announcement, episodes, link)]


def _fallback(kind: Kind, announcement: Announcement, heading: str) -> str:
    client = f" for {announcement.client_name}" if announcement.client_name else ""
    brief = kind.brief(announcement)
    said = f"{heading}{client}: {brief}" if brief else f"{heading}{client}"
    moment = episode.ended(announcement) or episode.began(announcement)
    return escape(f"{said.rstrip('.')}. {when(moment, announcement.timezone)}")
