"""The card that a chart is drawn on: light and solid, so that it reads in dark mode too.

A picture is drawn SIZE inches wide and shown at 390 pixels on a phone, 0.68 of them a point: text has
16 points or more, which is 11 pixels there.
"""

DPI = 150
WIDTH, HEIGHT = 8.0, 5.2
"""1200 by 780 pixels."""

CARD, INK, MUTED, GRID, EDGE = "#f7f8fa", "#1d1c1d", "#55595f", "#dfe2e6", "#b4b9c0"
LINES = ("#1264a3", "#1f7a4d", "#8a4baf", "#9a5b00")
COMPARED = "#7c8aa0"
BAND, BAND_EDGE = "#c3dbf0", "#8fb8dc"
MARK, LIMIT, GONE = "#c9211e", "#a8201a", "#6b7280"
TINT, LEFT_OUT = "#f6dcd8", "#e6e8ec"

FAMILY = "DejaVu Sans"
TITLE, TEXT, SMALL = 21, 17, 16.5

HEAD = 0.18
"""The part of the picture that its title and subtitle have."""
