"""Every other service that people are told by: e-mail, Teams, PagerDuty, …, through Apprise."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qsl, urlsplit

from apprise import Apprise, AppriseAsset, NotifyBase, NotifyFormat, OverflowMode

from houston.errors import Invalid, NotDelivered, PermanentFailure, TemporaryFailure
from houston.notify.messenger import Announcement, Posted
from houston.notify.places.one_way import OneWay
from houston.notify.places.overheard import overheard
from houston.notify.places.reach import Trip, bounded
from store.sources.reach import Reach

UrlOf = Callable[[str, str], Awaitable[str]]
"""From a workspace and an address to its URL."""

Words = Callable[[Announcement], tuple[str, str]]
"""A message's title and body, in plain text."""

THREADS = 8
SECONDS, PATIENCE = 10.0, 30.0
"""For one answer of a service, and for all that a message takes."""

LOCAL = frozenset(
    {"blink1", "dbus", "gio", "glib", "gnome", "kde", "macosx", "qt", "rsyslog", "syslog", "windows"}
)
"""Schemes that speak to the computer on which Houston runs."""

OF_FILES = frozenset({"template", "keyfile", "subfile", "pgpkey", "pgppub", "pgpprv", "attach"})
"""Options that name files on that computer."""

STATUS = re.compile(r"error=(\d{3})\b")
"""As Apprise logs what a service answered."""

UNKNOWN = (
    "Houston does not understand this URL. Write it as Apprise has it, such as "
    "mailtos://user:password@gmail.com or pagerduty://…; https://github.com/caronc/apprise/wiki lists "
    "them all."
)
ASSET = AppriseAsset(app_id="Houston", app_desc="Houston", app_url="", async_mode=False)


class Elsewhere(OneWay):
    """The Messenger for addresses `service:…`."""

    def __init__(
        self,
        url_of: UrlOf,
        words: Words,
        reach: Reach,
        *,
        seconds: float = SECONDS,
        patience: float = PATIENCE,
    ) -> None:
        self._url_of = url_of
        self._words = words
        self._reach = reach
        self._seconds = seconds
        self._patience = patience
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="elsewhere")

    async def post(
        self,
        *,
        workspace_id: str,
        address: str,
        announcement: Announcement,
        delivery_ids: Sequence[int],
        thread_ts: str = "",
    ) -> Posted:
        url = await self._url_of(workspace_id, address)
        title, body = self._words(announcement)
        loop = asyncio.get_running_loop()
        work = loop.run_in_executor(self._threads, _send, url, title, body, self._reach, self._seconds)
        try:
            failure = await asyncio.wait_for(work, self._patience)
        except TimeoutError as error:
            raise TemporaryFailure("The service did not answer in time.", uncertain=True) from error
        if failure is not None:
            raise failure
        return Posted()

    async def close(self) -> None:
        """Without waiting for services that hang."""
        self._threads.shutdown(wait=False, cancel_futures=True)


async def check(url: str, *, is_operator: bool = False) -> str:
    """The URL as it is to be kept. Raises Invalid for one that Houston cannot or should not send to."""
    url = url.strip()
    scheme = url.partition("://")[0].lower()
    options = {
        name.lstrip("+-:").lower() for name, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True)
    }
    if scheme in LOCAL and not is_operator:
        raise Invalid("url", f"{scheme}:// speaks to the computer that Houston runs on. Choose a service.")
    if OF_FILES & options and not is_operator:
        raise Invalid("url", f"Leave “{min(OF_FILES & options)}” out: it names a file where Houston runs.")
    if await asyncio.to_thread(_service, url) is None:
        raise Invalid("url", UNKNOWN)
    return url


def _service(url: str) -> NotifyBase | None:
    """Loads Apprise's plugins at first, which takes a second or two."""
    return Apprise.instantiate(url, asset=ASSET)


def _send(url: str, title: str, body: str, reach: Reach, seconds: float) -> NotDelivered | None:
    service = _service(url)
    if service is None:
        return PermanentFailure(UNKNOWN)
    service.overflow_mode = OverflowMode.TRUNCATE
    service.retry = 0
    service.socket_read_timeout = service.socket_connect_timeout = seconds
    with bounded(reach) as trip, overheard() as said:
        arrived = service.notify(title=title, body=body, body_format=NotifyFormat.TEXT)
    return None if arrived else _failure(trip, said)


def _failure(trip: Trip, said: Sequence[str]) -> NotDelivered:
    """Why it did not arrive, as far as Apprise tells; never with its own words, which may hold secrets."""
    if trip.refused:
        return PermanentFailure(
            f"{trip.refused[0]} is no public address. Whoever runs Houston can allow it in "
            "HOUSTON_ALLOW_HOSTS; or choose another destination."
        )
    status = next((int(found[1]) for each in said if (found := STATUS.search(each))), 0)
    if status == 429:
        return TemporaryFailure("The service asks to slow down.")
    if 400 <= status < 500:
        return PermanentFailure(
            f"The service refused the message (HTTP {status}). Check its key and its target, then put the "
            "URL in anew with /houston destinations."
        )
    return TemporaryFailure(
        "The service could not be reached, or refused the message.", uncertain=status >= 500
    )
