"""Text that the font can draw, and no mathematics made of dollar signs."""

from matplotlib.font_manager import findfont, get_font

from bot.views.charts.palette import FAMILY
from bot.views.text import cut, one_line


def drawable(text: str, limit: int) -> str:
    known = get_font(findfont(FAMILY)).get_charmap()
    shown = "".join(char if ord(char) in known else "□" for char in cut(one_line(text), limit))
    return shown.replace("$", r"\$")
