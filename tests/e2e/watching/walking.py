"""The ways through the tab *Watching* of Bob's App Home."""

from typing import Any

from bot.playground.state import Message, View
from tests.bot.conftest import House, shown


async def section(house: House, name: str, text: str) -> View:
    """A section of *Watching*, once it shows this text."""
    await house.bob.open_home()
    home = await house.home(house.bob, "Watching")
    await house.bob.click("home_watching", view=home)
    home = await house.home(house.bob, "Metric feeds")
    await house.bob.click(f"watching_{name}", view=home)
    return await house.home(house.bob, text)


async def form(house: House, home: View, action_id: str, title: str) -> View:
    assert (await house.bob.click(action_id, view=home)).ok
    return await house.modal(house.bob, lambda view: title in str(view.title))


async def pressed(house: House, view: View, action_id: str, text: str, values: dict[str, Any]) -> View:
    """The form once it shows this text, after one of its own buttons or Enter in one of its fields."""
    typed = values.get(action_id)
    assert (await house.bob.click(action_id, view=view, value=typed, values=values)).ok
    return await house.modal(house.bob, lambda view: text in str(view.blocks))


async def replied(house: House, root: Message, text: str) -> None:
    """Wait for a reply under a message."""

    def found() -> bool:
        thread = house.bob.messages(house.general.id, root.ts)
        return any(text in shown(each) for each in thread if each.ts != root.ts)

    await house.bob.wait_for(lambda: found() or None)
