"""Figures for Prometheus. Labels name Slack apps and states, never a client, workspace or channel."""

import hmac
import ipaddress
from collections.abc import Iterator, Mapping
from datetime import timedelta

from aiohttp import web

from houston import access
from houston.web.answering import HOUSTON, bearer_of
from houston.web.health import HEALTH
from houston.web.problems import Problem
from store.ids import first_at

VERSION = "0.1.0"
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
RECENT = timedelta(days=1)
Labels = tuple[tuple[str, str], ...]
METRICS_TOKEN = web.AppKey("metrics_token", str)


async def serve(request: web.Request) -> web.Response:
    _demand_leave(request)
    lines = [line for family in await _families(request) for line in family]
    return web.Response(text="\n".join(lines) + "\n", headers={"Content-Type": MEDIA_TYPE})


def _demand_leave(request: web.Request) -> None:
    """Raises Problem for who is neither on this machine nor holds the token.

    Behind a proxy everybody comes from this machine, so whoever was forwarded needs the token.
    """
    token = request.app[METRICS_TOKEN]
    if token and hmac.compare_digest(bearer_of(request).encode(errors="replace"), token.encode()):
        return
    forwarded = {"Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"} & set(request.headers)
    if forwarded or not _is_loopback(request.remote or ""):
        said = "Send the token of HOUSTON_METRICS_TOKEN: Authorization: Bearer …."
        raise Problem(401, said, headers={"WWW-Authenticate": "Bearer"})


def _is_loopback(peer: str) -> bool:
    try:
        return ipaddress.ip_address(peer).is_loopback
    except ValueError:
        return False


async def _families(request: web.Request) -> list[Iterator[str]]:
    houston, connections = request.app[HOUSTON], request.app[HEALTH].connections()
    recent = first_at(houston.clients.now() - RECENT)
    async with houston.store.read() as uow:
        due, sent, dead = await uow.deliveries.totals(scope=access.everything(), after=recent)
    held = houston.dispatcher.held if houston.dispatcher else 0
    states: dict[Labels, int] = {(("app_id", each.app_id), ("state", each.state)): 1 for each in connections}
    return [
        family("build_info", "gauge", "The running version.", {(("version", VERSION),): 1}),
        family("events_recorded_total", "counter", "Events since the start.", {(): houston.outbox.recorded}),
        family(
            "deliveries",
            "gauge",
            "Deliveries that are due, and those of the last 24 hours that were sent or are dead.",
            {(("state", state),): count for state, count in (("due", due), ("sent", sent), ("dead", dead))},
        ),
        family("outbox_held", "gauge", "Deliveries held in memory by this process.", {(): held}),
        family("connection", "gauge", "Connections to Slack: 1 for the state of each app's.", states),
    ]


def family(name: str, kind: str, help: str, samples: Mapping[Labels, int]) -> Iterator[str]:
    """One metric in the text format 0.0.4; `samples` are values by labels."""
    yield f"# HELP houston_{name} {help}"
    yield f"# TYPE houston_{name} {kind}"
    for labels, value in samples.items():
        shown = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels)
        yield f"houston_{name}{{{shown}}} {value}" if shown else f"houston_{name} {value}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')


ROUTES = (web.get("/metrics", serve),)
