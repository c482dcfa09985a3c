"""What a button inside a form shows below itself: an answer, or what is wrong, never a closed form."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

from bot.views.blocks import Block, section
from bot.views.text import escape
from houston.errors import HoustonError

T = TypeVar("T")


async def answered(work: Coroutine[Any, Any, T], shown: Callable[[T], Sequence[Block]]) -> Sequence[Block]:
    try:
        return shown(await work)
    except HoustonError as error:
        return [section(f"⚠️ {escape(error.message, 2900)}")]
