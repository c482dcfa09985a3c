"""The review that a month's first digest ends with."""

from collections.abc import Iterator

from bot.views.blocks import Block, divider, section
from bot.views.text import count, escape, one_line
from houston.notify.digests.digest import Review, RuleSeldom
from houston.notify.vocabulary import EVENT_TYPES

WHERE, WHY, CLIENT = 80, 200, 80


def reviewed(review: Review) -> Iterator[Block]:
    """Each with what to do."""
    yield divider()
    yield section("🧹 *Once a month: is all of this still needed?*")
    if review.unheeded:
        lines = [f"• {_rule(each)}: {count(each.messages, 'message')} in 30 days" for each in review.unheeded]
        what = "→ Raise the minimum severity (*Edit* on the App Home), or `/houston rules pause N`."
        yield section("\n".join(["🔕 *Nobody reacts to*", *lines, what]))
    if review.silent:
        what = "→ If they watch for something rare, leave them; else `/houston rules delete N`."
        yield section(
            "\n".join(["🕸️ *Nothing in 60 days*", *(f"• {_rule(each)}" for each in review.silent), what])
        )
    if review.failing:
        lines = [
            f"• {escape(each.where, WHERE)}: {escape(one_line(each.why), WHY) or 'paused'}"
            for each in review.failing
        ]
        what = "→ `/houston destinations` tests, mends or removes them."
        yield section("\n".join(["💀 *Does not work*", *lines, what]))


def _rule(rule: RuleSeldom) -> str:
    """`#3 Outlier Alerts · Acme`."""
    client = f" · {escape(one_line(rule.client), CLIENT)}" if rule.client else ""
    return f"*#{rule.number}* {EVENT_TYPES.get(rule.event_type, rule.event_type)}{client}"
