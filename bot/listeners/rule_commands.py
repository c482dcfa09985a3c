"""`/houston rules` and what follows it."""

from bot.listeners import modals
from bot.listeners.typed import Subcommand, Typed, chosen
from bot.views import rules
from bot.views.blocks import Message
from bot.views.origin import Origin
from houston.errors import Invalid


async def listed(typed: Typed) -> Message | None:
    if not typed.text:
        typed.actor.demand_colleague("see its notifications")
        found = await typed.houston.rules.all(typed.scope)
        return rules.listed(found, typed.reader)
    return await chosen(RULES, typed, otherwise=_unknown)


async def _unknown(typed: Typed) -> Message:
    raise Invalid(
        "rules", "Write `/houston rules`, then nothing, `add`, `pause N`, `resume N` or `delete N`."
    )


async def _add(typed: Typed) -> None:
    origin = Origin(response_url=typed.context.response_url or "")
    await modals.open_form(typed.houston, typed.client, typed.actor, typed.trigger_id, origin)


async def _pause(typed: Typed) -> Message:
    rule = await typed.houston.rules.pause(typed.actor, _number(typed, "pause"))
    return rules.confirmed(rule, "Paused", typed.workspace)


async def _resume(typed: Typed) -> Message:
    rule = await typed.houston.rules.resume(typed.actor, _number(typed, "resume"))
    return rules.confirmed(rule, "Resumed", typed.workspace)


async def _delete(typed: Typed) -> Message:
    rule = await typed.houston.rules.delete(typed.actor, _number(typed, "delete"))
    return rules.confirmed(rule, "Deleted", typed.workspace)


def _number(typed: Typed, verb: str) -> int:
    digits = typed.text.removeprefix("#")
    if not digits.isdecimal() or len(digits) > 9:
        raise Invalid("number", f"Say which one by its number: `/houston rules {verb} 3`.")
    return int(digits)


RULES: dict[str, Subcommand] = {
    "add": _add,
    "pause": _pause,
    "resume": _resume,
    "delete": _delete,
}
