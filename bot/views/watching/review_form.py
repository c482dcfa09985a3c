"""*Not an outlier*: what could be changed so that the like is not told again, and what that would do."""

import json
from collections.abc import Mapping

from bot.views.blocks import Block, Message, View, context, image, option, plain, section
from bot.views.filled import Values, chosen, row_id
from bot.views.text import escape
from houston.watch.reviewing import Proposal, Proposals

CALLBACK = "review_form"
LOOKING = Message(text="⏳ Looking at what would have been told in the last 90 days…")
FIELD = "change"


def form(
    delivery_id: int, proposals: Proposals, files: Mapping[str, str], kind: str = "", *, may_change: bool
) -> View:
    """`files` are Slack's ids of the charts, by the kind of proposal; `kind` is the one that is chosen."""
    now = next((each for each in proposals.options if each.kind == kind), proposals.options[0])
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain("Not an outlier", 24),
        "submit": plain("Apply" if may_change else "Say so", 24),
        "close": plain("Cancel", 24),
        "private_metadata": json.dumps({"delivery": delivery_id, "files": dict(files)}),
        "blocks": [
            section(f"*{escape(proposals.metric, 200)}* · {escape(proposals.sentence, 500)}"),
            _choice(proposals, now),
            *_difference(now, files),
            *([] if may_change else [context("🔒 Only admins change the definition; your word is kept.")]),
        ],
    }


def delivery_id(view: View) -> int:
    return row_id(str(json.loads(view["private_metadata"])["delivery"]))


def files(view: View) -> dict[str, str]:
    found: dict[str, str] = json.loads(view["private_metadata"])["files"]
    return found


def kind(values: Values) -> str:
    return chosen(values, FIELD)


def _choice(proposals: Proposals, now: Proposal) -> Block:
    options = [_option(each) for each in proposals.options]
    element: Block = {"type": "radio_buttons", "action_id": FIELD, "options": options}
    element["initial_option"] = _option(now)
    return {
        "type": "input",
        "block_id": FIELD,
        "label": plain("What should change?"),
        "dispatch_action": True,
        "element": element,
    }


def _option(proposal: Proposal) -> Block:
    told = plain(f"{proposal.before} → {proposal.after} told in 90 days", 75)
    return option(proposal.words, proposal.kind) | {"description": told}


def _difference(now: Proposal, files: Mapping[str, str]) -> list[Block]:
    if now.before == now.after:
        said = f"No difference over the last 90 days: {now.before} told, as now."
    else:
        said = f"Over the last 90 days *{now.after}* would have been told, where {now.before} are now."
    picture = [image(files[now.kind], now.chart.alt)] if now.chart and files.get(now.kind) else []
    return [section(said), *picture]
