"""People who join a workspace, change, and leave it."""

from typing import TYPE_CHECKING, TypedDict

from bot.playground import team_events
from bot.playground.nouns import User

if TYPE_CHECKING:
    from bot.playground.state import Playground


class Traits(TypedDict, total=False):
    """What can be said of a user; the meanings are those of `User`."""

    real_name: str
    email: str
    tz: str
    is_admin: bool
    is_owner: bool
    is_primary_owner: bool
    is_restricted: bool
    is_ultra_restricted: bool
    deleted: bool


def settle(user: User) -> None:
    """The roles that other roles bring with them: an owner is an admin, a guest is neither."""
    user.is_restricted = user.is_restricted or user.is_ultra_restricted
    user.is_owner = (user.is_owner or user.is_primary_owner) and not user.is_restricted
    user.is_admin = (user.is_admin or user.is_owner) and not user.is_restricted
    user.is_primary_owner = user.is_primary_owner and user.is_owner


def change(playground: "Playground", user: User, traits: Traits) -> None:
    for name, value in traits.items():
        setattr(user, name, value)
    if traits.get("is_owner") is False:
        user.is_primary_owner = False
    if traits.get("is_admin") is False:
        user.is_owner = user.is_primary_owner = False
    settle(user)
    user.updated = int(playground.now())
    playground.changes.publish("user", user.workspace_id, user=user.id)
    team_events.user_changed(playground, user)
