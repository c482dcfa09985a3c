"""What stands under an answer, in the best form that Slack takes."""

import logging
from collections.abc import Sequence

from slack_sdk.errors import SlackApiError

from bot.answers.place import Place
from bot.posting.writing import LAYOUT
from bot.refusals import code
from bot.views.blocks import Block

log = logging.getLogger(__name__)

Layouts = Sequence[Sequence[Block]]
"""The best first."""

NOTHING_UNDER: Layouts = ((),)


class Under:
    def __init__(self, place: Place, layouts: Layouts) -> None:
        self._place = place
        self._layouts = list(layouts)

    @property
    def best(self) -> list[Block]:
        return list(self._layouts[0])

    def gives_way(self, error: Exception) -> bool:
        """Whether Slack refused the layout, and there is another one to try."""
        is_layout = isinstance(error, SlackApiError) and code(error) in LAYOUT
        if not is_layout or len(self._layouts) < 2:
            return False
        log.info("Slack refused what stands under an answer in %s", self._place.channel)
        refused = self._layouts.pop(0)
        if _has_feedback(refused) and not _has_feedback(self._layouts[0]):
            self._place.refused.keep(self._place.workspace_id, "feedback")
        return True


def _has_feedback(blocks: Sequence[Block]) -> bool:
    return any(block["type"] == "context_actions" for block in blocks)
