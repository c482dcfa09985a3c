"""Who gets which digest: pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from store.dispatch import Route
from store.tables import Workspace

ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Addresses that get the same digest: of these clients, None all. `name` tells audiences apart."""

    name: str
    client_ids: frozenset[int] | None
    routes: tuple[Route, ...]

    @property
    def client_id(self) -> int | None:
        """The one client that it is about, if it is about one only."""
        return next(iter(self.client_ids)) if self.client_ids and len(self.client_ids) == 1 else None


def audiences(workspace: Workspace, routes: Sequence[Route]) -> list[Audience]:
    """`routes` are those of rules and members, or the default channel's. An address that gets every
    client's digest gets none of a single client beside it."""
    chosen: dict[str, tuple[frozenset[int] | None, list[Route]]] = {}
    for route in routes:
        bound = {workspace.client_id, route.channel_client_id, route.client_id} - {None}
        if route.is_open and len(bound) <= 1:
            seen = _seen(route, next(iter(bound), None))
            if seen != frozenset():
                chosen.setdefault(_name(route, seen), (seen, []))[1].append(route)
    everywhere = {route.address for route in chosen[ALL][1]} if ALL in chosen else set()
    found = []
    for name, (seen, ways) in chosen.items():
        kept = [way for way in ways if name == ALL or way.address not in everywhere]
        if kept:
            found.append(Audience(name=name, client_ids=seen, routes=tuple(_plain(way) for way in kept)))
    return found


def _plain(route: Route) -> Route:
    """What it asks for was seen to: the digest itself has no severity, may be about several clients, and
    is a daily message already."""
    return replace(route, client_id=None, client_ids=None, minimum_severity="info", subject="", daily_at="")


def _seen(route: Route, bound: int | None) -> frozenset[int] | None:
    if bound is None:
        return route.client_ids
    if route.client_ids is not None and bound not in route.client_ids:
        return frozenset()
    return frozenset({bound})


def _name(route: Route, seen: frozenset[int] | None) -> str:
    """Several clients are a person's own choice."""
    if seen is None:
        return ALL
    return str(next(iter(seen))) if len(seen) == 1 else route.address
