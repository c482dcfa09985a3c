"""The local Slack's page: what a person sees of the playground in a browser."""

from collections.abc import Awaitable, Callable
from functools import partial

from aiohttp import web

from bot.playground.page import assets, deeds, feed, pages
from bot.playground.page.unread import Marks
from bot.playground.page.visit import Site
from bot.playground.state import Playground

Answer = Callable[[Site, web.Request], Awaitable[web.StreamResponse]]

HERE = "/w/{team}/u/{user}"
ROUTES: tuple[tuple[str, str, Answer], ...] = (
    ("GET", "/", pages.front),
    ("GET", "/static/{name}", assets.static),
    ("GET", HERE, pages.workspace_front),
    ("GET", HERE + "/c/{channel}", pages.channel_page),
    ("GET", HERE + "/c/{channel}/t/{ts}", pages.channel_page),
    ("GET", HERE + "/dm/{other}", pages.dm_page),
    ("GET", HERE + "/app/{app}/{tab:home|messages|about}", pages.app_page),
    ("GET", HERE + "/files/{file}", assets.uploaded),
    ("GET", HERE + "/feed", feed.feed),
    ("GET", HERE + "/parts/sidebar", pages.sidebar_part),
    ("GET", HERE + "/parts/c/{channel}", pages.conversation_part),
    ("GET", HERE + "/parts/c/{channel}/t/{ts}", pages.thread_part),
    ("GET", HERE + "/parts/home/{app}", pages.home_part),
    ("GET", HERE + "/parts/modal", pages.modal_part),
    ("POST", HERE + "/do/{deed}", deeds.do),
)


def routes(playground: Playground) -> list[web.RouteDef]:
    site = Site(playground=playground, marks=Marks())
    return [web.route(method, path, partial(answer, site)) for method, path, answer in ROUTES]
