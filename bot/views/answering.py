"""The *Answers* part of the *Connection* tab, for admins: the model, what it may cost, what people think."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.views.blocks import Block, View, actions, button, context, divider, field_block, plain, section
from bot.views.text import cut, day, escape, mention, one_line
from houston.agent.conversations.budgets import DAILY, MEMBER, Budget
from houston.agent.conversations.opinions import Opinions
from houston.errors import Invalid
from store.tables import Turn, Workspace

EDIT, FORM, OPINIONS = "edit_budget", "budget_form", "show_opinions"
FIELDS = ("daily", "member")

BAR = 10
RULES = "patterns"
"""The name of the model that is none."""

QUESTION, ANSWER, REASON = 200, 300, 1000


@dataclass(frozen=True, kw_only=True)
class Answering:
    model: str
    budget: Budget
    opinions: Opinions


def part(seen: Answering | None) -> Iterator[Block]:
    """None for those who are no admins."""
    if seen is None:
        return
    yield section("\n".join(["*Answers*", *_said(seen)]))
    pressed = [] if seen.model == RULES else [button("Budgets…", EDIT)]
    if seen.opinions.latest:
        pressed.append(button("What people think…", OPINIONS))
    if pressed:
        yield actions(*pressed)


def form(workspace: Workspace) -> View:
    daily, member = workspace.daily_tokens, workspace.member_tokens
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": plain("Budgets", 24),
        "submit": plain("Save", 24),
        "close": plain("Cancel", 24),
        "blocks": [
            section("What questions may cost a day. Beyond it Houston answers by rules until midnight."),
            _tokens("daily", "Tokens a day, of everybody", daily, DAILY),
            _tokens("member", "Tokens a day, of each member", member, MEMBER),
        ],
    }


def tokens(text: str, name: str) -> int | None:
    """None where nothing was written: the usual. Raises Invalid."""
    plain_number = text.replace(",", "").replace(" ", "")
    if not plain_number:
        return None
    if not plain_number.isdecimal() or len(plain_number) > 15:
        raise Invalid(name, "Write a whole number of tokens, 0 or more; leave it empty for the usual.")
    return int(plain_number)


def opinions(found: Opinions, zone: ZoneInfo) -> View:
    """Each of the latest: who, what was asked, how the answer began, and why it was not liked."""
    blocks: list[Block] = [section(_counted(found))]
    for turn in found.latest:
        blocks += [divider(), section(_opinion(turn, zone))]
    if not found.latest:
        blocks.append(context("None of an answer that you may see."))
    return {
        "type": "modal",
        "callback_id": "opinions",
        "title": plain("What people think", 24),
        "close": plain("Close", 24),
        "blocks": blocks,
    }


def _said(seen: Answering) -> Iterator[str]:
    budget = seen.budget
    if seen.model == RULES:
        yield "🧮 By rules: no language model is connected."
    else:
        yield f"🧠 `{escape(seen.model.replace('`', ''), 100)}`"
        yield _bar(budget)
        yield f"Each member: up to {budget.member:,} tokens a day"
    yield _counted(seen.opinions)


def _bar(budget: Budget) -> str:
    """`▰▰▰▱▱▱▱▱▱▱ 612,000 of 2,000,000 tokens today (Europe/London)`."""
    if not budget.daily:
        return "No tokens: questions are answered by rules"
    share = min(budget.used / budget.daily, 1.0)
    full = round(share * BAR)
    bar = "▰" * full + "▱" * (BAR - full)
    return f"{bar} {budget.used:,} of {budget.daily:,} tokens today ({escape(budget.zone)})"


def _counted(found: Opinions) -> str:
    return f"👍 {found.good:,}   👎 {found.bad:,}   in the last 30 days"


def _opinion(turn: Turn, zone: ZoneInfo) -> str:
    sign = "👍" if turn.opinion == "good" else "👎"
    at = f" · {day(turn.opinion_at, zone)}" if turn.opinion_at else ""
    lines: Sequence[str] = [
        f"{sign} {mention(turn.opinion_by)}{at}",
        f"*{escape(cut(one_line(turn.question), QUESTION))}*",
        escape(cut(one_line(turn.answer), ANSWER)),
    ]
    reason = f"\n> {escape(cut(one_line(turn.opinion_reason), REASON))}" if turn.opinion_reason else ""
    return "\n".join(line for line in lines if line) + reason


def _tokens(name: str, label: str, given: int | None, usual: int) -> Block:
    element: Block = {
        "type": "number_input",
        "is_decimal_allowed": False,
        "action_id": name,
        "min_value": "0",
        "placeholder": plain(f"{usual:,}, as usual", 150),
    }
    initial = {} if given is None else {"initial_value": str(given)}
    hint = plain("Empty: as usual. 0: always by rules, never by the language model.")
    return field_block(name, label, element | initial, optional=True, hint=hint)
