"""Whether, when and where the daily digest is sent: in words, and as a tab of the App Home."""

from dataclasses import dataclass

from bot.views.blocks import Block, Message, actions, button, context, option, section, select
from bot.views.digest_lines import short_date
from bot.views.reader import Reader, who_can
from bot.views.rules import add_button
from bot.views.text import escape
from houston.notify.digests.settings import DigestPlace, DigestSettings

SHOWN, ALIAS = 10, 80
WHAT = (
    "Once a day: new notes, outliers and alerts with links to their threads, key metrics against the same "
    "day a week before, failed tasks, what nobody has taken, and what could not be delivered."
)
NOWHERE = (
    "⚠️ It goes nowhere yet: add a notification of type *Daily Digest*, or choose a default channel on the "
    "*Connection* tab."
)


@dataclass(frozen=True, kw_only=True)
class DigestTab:
    settings: DigestSettings
    reader: Reader


def tab(content: DigestTab) -> list[Block]:
    settings, reader = content.settings, content.reader
    blocks = [section(WHAT), section("\n".join(_said(settings, reader)))]
    preview = button("Preview", "digest_preview")
    if not reader.is_admin:
        return [*blocks, actions(preview), context(who_can(reader, "the daily digest"))]
    switch = button("Switch off", "digest_off") if settings.is_on else _switch_on()
    row = [switch, _times(settings.at), preview]
    return [*blocks, actions(*row, *([] if settings.places else [add_button()]))]


def told(settings: DigestSettings, reader: Reader) -> Message:
    """For `/houston digest`, and after a change."""
    lines = _said(settings, reader)
    usage = "`/houston digest on|off|at HH:MM` changes it, `/houston digest now` shows it to you alone."
    if not reader.is_admin:
        usage = f"`/houston digest now` shows it to you alone. {who_can(reader, 'the daily digest')}"
    return Message(text=lines[0], blocks=[section("\n".join(lines)), context(usage)])


def clock(at: str) -> str:
    """`17:30` as `5:30 PM`."""
    hour, minute = at.split(":")
    return f"{int(hour) % 12 or 12}:{minute} {'AM' if int(hour) < 12 else 'PM'}"


def _said(settings: DigestSettings, reader: Reader) -> list[str]:
    zone = escape(settings.timezone.key)
    if not settings.is_on:
        return [
            f"☀️ The daily digest is *off*. Its time is {clock(settings.at)} ({zone}).",
            *_to_switch_on(reader),
        ]
    said = f"☀️ The daily digest comes at *{clock(settings.at)}* ({zone})."
    if settings.next_at:
        said += f" Next: {short_date(settings.next_at.astimezone(settings.timezone).date())}."
    return [said, _places(settings, reader)]


def _to_switch_on(reader: Reader) -> list[str]:
    return ["`/houston digest on` switches it on."] if reader.is_admin else []


def _places(settings: DigestSettings, reader: Reader) -> str:
    if not settings.places:
        return NOWHERE
    shown = [_place(each, reader) for each in settings.places[:SHOWN]]
    more = len(settings.places) - len(shown)
    listed = ", ".join([*shown, f"{more:,} more"] if more > 0 else shown)
    return f"It goes to {listed}."


def _place(place: DigestPlace, reader: Reader) -> str:
    """`<#C1>`, `the default channel <#C1>`, `<#C1> (Acme)`."""
    to = place.destination
    name = f"<#{to.address}>" if to.kind == "channel" else escape(to.alias, ALIAS)
    if place.is_default:
        return f"the default channel {name}"
    return f"{name} ({escape(place.client.name, ALIAS)})" if place.client and reader.has_clients else name


def _switch_on() -> Block:
    return button("Switch on", "digest_on", style="primary")


def _times(at: str) -> Block:
    """Every half hour, and the time that was typed."""
    times = sorted({f"{half // 2:02}:{half % 2 * 30:02}" for half in range(48)} | {at})
    return select("digest_at", [option(clock(each), each) for each in times], chosen=at)
