"""Which of an alert's conditions a complaint is about."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from houston.access import Actor
from houston.errors import InvalidFields
from houston.watch.alerts.alerts import AlertDraft, Alerts
from houston.watch.alerts.conditions import ConditionError, read


@asynccontextmanager
async def complaining(alerts: Alerts, actor: Actor, draft: AlertDraft) -> AsyncIterator[None]:
    """A complaint about `rules` is raised again as one about `rules.0`, `rules.1` and so on."""
    try:
        yield
    except InvalidFields as error:
        raise InvalidFields(await _placed(alerts, actor, draft, error.errors)) from error


async def _placed(
    alerts: Alerts, actor: Actor, draft: AlertDraft, errors: Mapping[str, str]
) -> Mapping[str, str]:
    if "rules" not in errors:
        return errors
    wrong = dict(filter(None, (_unread(number, each.text) for number, each in enumerate(draft.rules))))
    if not wrong and set(errors) == {"rules"}:
        explained = await alerts.explain(actor, draft)
        wrong = {f"rules.{number}": each.error for number, each in enumerate(explained) if each.error}
    others = {name: said for name, said in errors.items() if name != "rules"}
    return others | wrong if wrong else errors


def _unread(number: int, text: str) -> tuple[str, str] | None:
    try:
        read(text)
    except ConditionError as error:
        return f"rules.{number}", error.message
    return None
