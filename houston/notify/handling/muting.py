"""Why somebody got a message, and how it is not sent again: the rules behind a delivery."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from houston.access import Actor
from houston.errors import Conflict
from houston.notify.handling.pressed import Pressed, pressed
from houston.notify.outbox import Outbox
from houston.notify.rules.rules import CHANGE, Rules, RuleSeen
from houston.team.notices import NOTICE
from store import Store
from store.posts import showing


class Cause(StrEnum):
    """What brought a message to where it is."""

    RULES = "rules"
    ESCALATION = "escalation"
    PREFERENCE = "preference"
    DEFAULT_CHANNEL = "default_channel"
    HOUSTON = "houston"


@dataclass(frozen=True, kw_only=True)
class Why:
    """`rules` are those that matched and are still there, `gone` how many of them are not."""

    cause: Cause
    rules: Sequence[RuleSeen] = ()
    gone: int = 0


@dataclass(frozen=True, kw_only=True)
class Muting:
    store: Store
    rules: Rules
    outbox: Outbox
    stale: Callable[[], None] = lambda: None

    async def why(self, actor: Actor, delivery_id: int) -> Why:
        """Raises NotFound, NotAllowed."""
        found = await self._pressed(actor, delivery_id)
        wanted = set(found.delivery.rule_ids)
        rules = [rule for rule in await self.rules.all(actor.scope) if rule.id in wanted]
        return Why(cause=_cause(found), rules=rules, gone=len(wanted) - len(rules))

    async def mute(self, actor: Actor, delivery_id: int) -> Sequence[RuleSeen]:
        """Pause the rules that sent it. Raises NotFound, NotAllowed, Conflict."""
        return await self._switch(actor, delivery_id, active=False)

    async def unmute(self, actor: Actor, delivery_id: int) -> Sequence[RuleSeen]:
        """Raises NotFound, NotAllowed, Conflict."""
        return await self._switch(actor, delivery_id, active=True)

    async def _switch(self, actor: Actor, delivery_id: int, *, active: bool) -> Sequence[RuleSeen]:
        found = await self._pressed(actor, delivery_id)
        actor.demand_admin(CHANGE)
        wanted = set(found.delivery.rule_ids)
        rules = [rule for rule in await self.rules.all(actor.scope) if rule.id in wanted]
        if not rules:
            raise Conflict(WITHOUT_RULE[_cause(found)])
        others = [rule.id for rule in rules if rule.active != active]
        if not others:
            raise Conflict("Already unmuted." if active else "Already muted.")
        switched = await self.rules.switch(actor, others, active=active)
        await self.outbox.record(None, showing([episode.id for episode in found.episodes]))
        self.stale()
        return switched

    async def _pressed(self, actor: Actor, delivery_id: int) -> Pressed:
        async with self.store.read() as uow:
            return await pressed(uow, actor, delivery_id)


WITHOUT_RULE = {
    Cause.RULES: "The rule that sent this has been deleted.",
    Cause.ESCALATION: "The rule that sent this has been deleted.",
    Cause.PREFERENCE: "No rule sent this: it came by a member's preferences. /houston prefs changes yours.",
    Cause.DEFAULT_CHANNEL: "No rule sent this: the default channel gets what no rule matches. An admin can "
    "change that on the Connection tab of Houston's App Home.",
    Cause.HOUSTON: "No rule sent this: Houston itself had something to say.",
}


def _cause(found: Pressed) -> Cause:
    if found.event.payload.get("escalation"):
        return Cause.ESCALATION
    if found.delivery.rule_ids:
        return Cause.RULES
    if found.event.type == NOTICE or found.event.workspace_id is not None:
        return Cause.HOUSTON
    return Cause.PREFERENCE if found.delivery.address.startswith("dm:") else Cause.DEFAULT_CHANNEL
