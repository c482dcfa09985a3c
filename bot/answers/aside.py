"""What is said beside an answer, to its asker and nobody else."""

import logging

from bot.answers.place import Place
from bot.refusals import FAILURES, failure
from bot.views import answer as views
from bot.views.blocks import Message
from houston.agent.conversations.conversation import kind
from houston.assembly import Houston

log = logging.getLogger(__name__)


async def tell_asker(place: Place, message: Message) -> None:
    """In the thread. A courtesy: the answer stands without it too."""
    try:
        if kind(place.channel) == "dm":
            await place.client.chat_postMessage(**place.thread, **message.arguments())
        else:
            await place.client.chat_postEphemeral(
                **place.thread, user=place.user_id, text=message.text, blocks=message.blocks
            )
    except FAILURES as error:
        log.info("the asker could not be told: %s", failure(error).message)


async def tell_admin(houston: Houston, place: Place, cause: str) -> None:
    """What only an admin can mend, where one has asked."""
    if not cause:
        return
    actor = await houston.access.actor(place.workspace_id, place.user_id, place.channel)
    if actor.runs_houston:
        await tell_asker(place, views.for_admin(cause))
