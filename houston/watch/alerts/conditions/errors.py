from houston.errors import Invalid
from houston.watch.quoting import pointed

EXAMPLES = "Revenue < 10000, rows > 0, no data for 3h, Revenue drops 20% vs last week"


class ConditionError(Invalid):
    """What is wrong (`why`) and where in the text (`at`). `shown` is two lines for a monospace font: the
    text, and a caret under the spot; `message` has both."""

    def __init__(self, why: str, text: str, at: int) -> None:
        self.why, self.text, self.at = why, text, at
        self.shown = pointed(text, at)
        super().__init__("rules", f"{why}:\n{self.shown}")
