"""What people can do with a message. Handled in bot/listeners/handling.py, by these ids."""

from collections.abc import Sequence

from bot.views.blocks import Block, Message, actions, button, menu, option, overflow
from bot.views.filled import row_id
from houston.notify.messenger import Announcement
from houston.team.notices import NOTICE
from houston.watch.standing import Standing

DELIVERY = "delivery:"
"""How the id of a block names the delivery that its message brings."""

SNOOZES = {
    "1h": "For 1 hour",
    "tomorrow": "Until tomorrow 9:00 AM",
    "1w": "For 1 week",
    "change": "Until it changes",
}


def row(announcement: Announcement, episodes: Sequence[Standing], *extra: Block | None) -> list[Block]:
    """The actions block for these episodes: one, or all of a group; `extra` are links.

    Ask Houston's value is the event, everything else goes by the delivery: as the value of a button,
    and as the block's id for what has no value.
    """
    going_on = [each for each in episodes if each.is_open]
    elements = [button("Ask Houston", "ask_houston", value=str(announcement.event.id), style="primary")]
    if going_on and announcement.delivery_id:
        elements += _handles(going_on, str(announcement.delivery_id), is_group=len(episodes) > 1)
    if announcement.delivery_id and len(episodes) == 1 and episodes[0].type == "outlier":
        elements.append(_dismissal(episodes[0], str(announcement.delivery_id)))
    elements += [each for each in extra if each]
    if announcement.delivery_id:
        elements.append(more(going_on, is_muted=announcement.muted is not None))
    return [actions(*elements, block_id=block_id(announcement))]


def beside(announcement: Announcement, blocks: list[Block], link: Block | None = None) -> list[Block]:
    """With what belongs to a thing that nobody handles; without a link no row is spent on it. Whoever
    wants to ask about it finds that in the overflow."""
    at = next((at for at, block in enumerate(blocks) if block["type"] == "section"), None)
    elements = [
        each
        for each in (
            link,
            _aside(announcement) if announcement.delivery_id else None,
        )
        if each
    ]
    if not elements:
        return blocks
    if link or at is None:
        return [*blocks, actions(*elements, block_id=block_id(announcement))]
    first = blocks[at] | {"accessory": elements[0], "block_id": block_id(announcement)}
    return [*blocks[:at], first, *blocks[at + 1 :]]


def _aside(announcement: Announcement) -> Block:
    """A word of Houston's own, about itself, needs no explaining."""
    return more(is_muted=announcement.muted is not None, asks=announcement.event.type != NOTICE)


def more(going_on: Sequence[Standing] = (), *, is_muted: bool = False, asks: bool = False) -> Block:
    """The overflow."""
    choices = {"ask": "Ask Houston"} if asks else {}
    choices |= {"assign": "Assign…"} if going_on else {}
    if any(each.assigned for each in going_on):
        choices |= {"unassign": "Unassign"}
    choices |= {"unmute_rule": "Unmute rule"} if is_muted else {"mute_rule": "Mute rule"}
    choices |= {"why": "Why did I get this?"}
    return overflow("more", [option(text, value) for value, text in choices.items()])


def block_id(announcement: Announcement) -> str:
    return f"{DELIVERY}{announcement.delivery_id}" if announcement.delivery_id else ""


def delivery_of(block_id: str) -> int:
    """0, which is none, for a block that names no delivery."""
    return row_id(block_id.removeprefix(DELIVERY))


def without_buttons(message: Message) -> Message:
    """For places that cannot answer: links stay, and so does what everybody can load."""
    kept = [_linked(block) for block in message.blocks if "slack_file" not in block]
    return Message(text=message.text, blocks=[block for block in kept if block.get("elements") != []])


def _handles(going_on: Sequence[Standing], delivery_id: str, *, is_group: bool) -> list[Block]:
    every = " all" if is_group else ""
    if all(each.acknowledged for each in going_on):
        acknowledge = button("Undo acknowledge", "unacknowledge", value=delivery_id)
    else:
        acknowledge = button(f"Acknowledge{every}", "acknowledge", value=delivery_id)
    if all(each.is_snoozed for each in going_on):
        return [acknowledge, button("End snooze", "unsnooze", value=delivery_id)]
    choices = [option(text, value) for value, text in SNOOZES.items()]
    return [acknowledge, menu("snooze", f"Snooze{every}", choices)]


def _dismissal(episode: Standing, delivery_id: str) -> Block:
    if episode.dismissed:
        return button("It is an outlier", "undo_not_an_outlier", value=delivery_id)
    return button("Not an outlier", "not_an_outlier", value=delivery_id)


def _linked(block: Block) -> Block:
    plain = {name: value for name, value in block.items() if name != "accessory"}
    if block["type"] != "actions":
        return plain
    return plain | {"elements": [each for each in block["elements"] if "url" in each]}
