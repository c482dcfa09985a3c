"""Which addresses an event goes to: pure."""

from collections.abc import Sequence
from fnmatch import fnmatchcase

from houston.notify.vocabulary import at_least
from store.dispatch import Route, Target
from store.tables import Event


def targets(event: Event, routes: Sequence[Route]) -> list[Target]:
    """One target an address, however many rules and aliases lead to it."""
    found: dict[tuple[str, str], Target] = {}
    for route in routes:
        if not matches(event, route):
            continue
        where = (route.workspace_id, route.address)
        earlier = found.get(where)
        found[where] = Target(
            workspace_id=route.workspace_id,
            destination_id=earlier.destination_id if earlier else route.destination_id,
            address=route.address,
            rule_ids=[*earlier.rule_ids, route.rule_id] if earlier else [route.rule_id],
        )
    return list(found.values())


def matches(event: Event, route: Route) -> bool:
    return (
        route.event_type == event.type
        and _wall_lets_through(event, route)
        and route.client_id in (None, event.client_id)
        and at_least(event.severity, route.minimum_severity)
        and (not route.subject or fnmatchcase(event.subject.lower(), route.subject.lower()))
    )


def _wall_lets_through(event: Event, route: Route) -> bool:
    """A client's workspace, and a channel bound to a client, get that client's events only; what is no
    client's stays with agencies. A Slack Connect channel gets nothing before an admin approved it."""
    bound = {route.workspace_client_id, route.channel_client_id} - {None}
    return route.is_open and bound <= {event.client_id}
