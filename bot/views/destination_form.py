"""The form of a webhook, another service, or a destination's name."""

from bot.views.blocks import Block, Message, View, field_block, plain
from bot.views.origin import Origin
from houston.notify.places.targets import LONGEST_ALIAS, LONGEST_URL
from houston.notify.places.urls import SEALED, SERVICE, WEBHOOK
from store.tables import Destination

CALLBACK = "destination_form"
TITLES = {WEBHOOK: "Slack webhook", SERVICE: "Other service"}
HINTS = {
    WEBHOOK: "From the app's page “Incoming Webhooks”: https://hooks.slack.com/services/T…/B…/… "
    "It is tried before it is kept, and never shown again.",
    SERVICE: "As Apprise writes it: mailtos://user:password@gmail.com, pagerduty://…, msteams://… "
    "It is tried before it is kept, and never shown again.",
}
TRYING = Message(text="⏳ Sending a test there…")


def form(origin: Origin, destination: Destination | None = None) -> View:
    """Of a destination that is there, an empty URL means the one that it has."""
    blocks = [_alias(destination)]
    if origin.kind in SEALED:
        blocks.append(_url(origin.kind, is_new=destination is None))
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain(TITLES.get(origin.kind, "Destination"), 24),
        "submit": plain("Save" if destination else "Test and add", 24),
        "close": plain("Cancel", 24),
        "private_metadata": origin.as_text(),
        "blocks": blocks,
    }


def _alias(destination: Destination | None) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": "alias",
        "max_length": LONGEST_ALIAS,
        "placeholder": plain("Such as “Ops by e-mail”", 150),
    }
    if destination:
        element["initial_value"] = destination.alias
    return field_block("alias", "Name", element)


def _url(kind: str, *, is_new: bool) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": "url", "max_length": LONGEST_URL}
    hint = HINTS[kind] if is_new else f"Leave it empty to keep the one that it has. {HINTS[kind]}"
    return field_block("url", "URL", element, hint=plain(hint), optional=not is_new)
