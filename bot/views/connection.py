"""The *Connection* tab of the App Home: the workspace, what it is connected to, and what fails."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.views import alerts_only, answering, default_channel, destinations, invitation
from bot.views.answering import Answering
from bot.views.blocks import Block, actions, button, confirm, context, divider, facts, section
from bot.views.reader import Reader, who_can
from bot.views.text import count, escape
from houston.notify.places.default_channel import Default
from houston.notify.places.urls import SEALED
from houston.status import ConnectionState
from houston.team.setup import Installed, Setup
from store.tables import Channel, Destination

CHANNELS_SHOWN, WORKSPACES_SHOWN, FAILING_SHOWN, APPS_SHOWN, SEALED_SHOWN = 100, 15, 6, 6, 20
NAME = 40


@dataclass(frozen=True, kw_only=True)
class Connection:
    """`words` say how this workspace's own connection stands; `states` are every app's. `destinations`
    and `answering` are for admins only."""

    setup: Setup
    channels: Sequence[Channel]
    words: str
    states: Sequence[ConnectionState]
    reader: Reader
    default: Default
    destinations: Sequence[Destination] = ()
    answering: Answering | None = None


def tab(content: Connection) -> list[Block]:
    blocks = [
        _facts(content),
        *_people(content),
        *_channels(content.channels),
        *answering.part(content.answering),
        *alerts_only.choosing(content.channels, content.reader),
        *default_channel.chosen(content.default, content.reader),
    ]
    blocks += [*_sealed(content), *_failing(content.setup.failing, content.reader)]
    if content.reader.has_clients:
        blocks += _workspaces(content)
    if content.reader.runs_agency:
        blocks += [*_apps(content.states), *invitation.open_ones(content.setup.invited, content.reader.zone)]
    return blocks


def _facts(content: Connection) -> Block:
    workspace = content.setup.workspace
    zone = escape(workspace.timezone)
    pairs = [
        ("Workspace", escape(workspace.name, 200)),
        ("🔌 Slack", escape(content.words)),
        ("🕐 Time zone", f"{zone} (`/houston timezone Area/City`)" if content.reader.is_admin else zone),
        ("👥 Members", count(content.setup.members, "member")),
    ]
    if content.reader.has_clients:
        pairs.insert(1, ("Kind", "Agency"))
    return facts(pairs)


def _people(content: Connection) -> Iterator[Block]:
    yield actions(button("People", "home_people"))
    if not content.reader.is_admin:
        yield context(who_can(content.reader, "what is set up here"))


def _channels(channels: Sequence[Channel]) -> Iterator[Block]:
    names = [f"<#{each.id}>" for each in channels[:CHANNELS_SHOWN]]
    more = len(channels) - len(names)
    listed = ", ".join([*names, f"{more} more"] if more > 0 else names)
    yield section(f"*Channels that Houston is in*\n{listed or 'None yet.'}")
    yield context("To add one, type `/invite @Houston` in that channel.")


def _sealed(content: Connection) -> Iterator[Block]:
    """Webhooks and other services, which admins alone put in."""
    if not content.reader.is_admin:
        return
    found = [each for each in content.destinations if each.kind in SEALED]
    lines = [
        f"• {destinations.named(each)} · {destinations.KINDS[each.kind]}" for each in found[:SEALED_SHOWN]
    ]
    if len(found) > SEALED_SHOWN:
        lines.append(f"{len(found) - SEALED_SHOWN} more: `/houston destinations`")
    yield section("\n".join(["*Webhooks and other services*", *(lines or ["None yet."])]))
    yield destinations.adding()


def _failing(found: Sequence[Destination], reader: Reader) -> Iterator[Block]:
    if not found:
        return
    yield section("*Where messages do not arrive*")
    for each in found[:FAILING_SHOWN]:
        yield section("\n".join([f"*{destinations.named(each)}*", *destinations.wrong(each)]))
        if reader.is_admin:
            yield actions(*destinations.mending(each))
    if len(found) > FAILING_SHOWN:
        more = f"{len(found) - FAILING_SHOWN} more"
        yield context(f"{more}: `/houston destinations`" if reader.is_admin else f"{more}.")


def _workspaces(content: Connection) -> Iterator[Block]:
    installed = content.setup.installed
    lines = [_workspace(each) for each in installed[:WORKSPACES_SHOWN]]
    if len(installed) > WORKSPACES_SHOWN:
        lines.append(f"{len(installed) - WORKSPACES_SHOWN} more.")
    yield divider()
    yield section("\n".join(["*Other workspaces*", *(lines or ["None yet."])]))
    if content.reader.runs_agency:
        question = "Whoever installs Houston by this link makes a workspace that sees every client."
        agency = button("Invite another agency workspace", "invite_agency")
        yield actions(
            button("Invite a client", "invite_client"),
            agency | {"confirm": confirm("Invite an agency workspace", question, "Make the link")},
            button("Own Slack app…", "own_app"),
        )


def _workspace(each: Installed) -> str:
    """`• Acme Inc · client Acme · its own Slack app · ⚠️ removed`."""
    parts = [
        escape(each.workspace.name, NAME),
        f"client {escape(each.client.name, NAME)}" if each.client else "agency",
    ]
    if each.own_app:
        parts.append("its own Slack app")
    if not each.workspace.active:
        parts.append("⚠️ Houston was removed; a reinstall brings everything back")
    return f"• {' · '.join(parts)}"


def _apps(states: Sequence[ConnectionState]) -> Iterator[Block]:
    if not states:
        return
    lines = [line(each) for each in states[:APPS_SHOWN]]
    if len(states) > APPS_SHOWN:
        lines.append(f"{len(states) - APPS_SHOWN} more.")
    yield section("\n".join(["*Connections to Slack*", *lines]))


def line(state: ConnectionState) -> str:
    """`✅ main app: connected`."""
    names = ", ".join(escape(name, 60) for name in state.names[:5]) or "an app of no workspace"
    return f"{'✅' if state.state == 'connected' else '⚠️'} {names}: {escape(state.state, 200)}"
