"""Whether a cell is of the days that a sentence names."""

from datetime import date, timedelta

from houston.agent.grounding.cell import Cell
from houston.agent.grounding.moments import DAYS, Moment


def is_when(cell: Cell, moment: Moment) -> bool:
    if moment.weekday is not None and (weekday := cell.names.get("weekday")):
        return weekday[0].startswith(DAYS[moment.weekday])
    spans = [span for span in (cell.span, cell.other_span) if span]
    unsaid = moment.weekday is None and moment.first is None
    if not spans or unsaid or cell.role == "id":
        return True
    for first, last in spans:
        if moment.weekday is not None:
            if first != last or first.weekday() == moment.weekday:
                return True
        elif _within(first, last, moment, counted=cell.role == "count", weekly=".rows[" in cell.path):
            return True
    return False


def _within(first: date, last: date, moment: Moment, *, counted: bool, weekly: bool) -> bool:
    start, end = moment.first, moment.last
    if start is None or end is None:
        return True
    if moment.named and start != end:
        return first <= end and start <= last
    if start == end and (moment.edge or counted):
        return first <= start <= last
    if weekly and start == end == first and last - first == timedelta(days=6):
        return True
    return start <= first and last <= end
