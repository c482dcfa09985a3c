"""Apprise at work on a real local server."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from houston.errors import Gone, Invalid, NotDelivered, PermanentFailure, TemporaryFailure
from houston.notify.messenger import Announcement, Posted
from houston.notify.places.elsewhere import Elsewhere, check
from store.sources.reach import Reach
from store.tables import Event

NOW = datetime(2026, 11, 14, 12, tzinfo=UTC)
TITLE, BODY = "Outlier: Spend", "$420, usually $90 to $120"
HOME = Reach(allowed=["127.0.0.1"])


def announcement() -> Announcement:
    event = Event(id=1, type="notice", occurred_at=NOW, recorded_at=NOW, dedupe_key="", payload={})
    return Announcement(event=event, client_name=None, timezone=ZoneInfo("UTC"))


@dataclass(kw_only=True)
class Service:
    """What answers to Apprise's `json://`."""

    port: int = 0
    status: int = 200
    leads_to: str = ""
    hangs: asyncio.Event | None = None
    got: list[dict[str, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"json://user:hunter2@127.0.0.1:{self.port}/hook"

    async def answer(self, request: web.Request) -> web.Response:
        if self.hangs:
            await self.hangs.wait()
        if self.leads_to:
            return web.Response(status=307, headers={"Location": self.leads_to})
        self.got.append(json.loads(await request.text()))
        return web.Response(status=self.status)


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    service, app = Service(), web.Application()
    app.router.add_post("/{path:.*}", service.answer)
    async with TestServer(app, host="127.0.0.1") as server:
        service.port = server.port or 0
        yield service
        if service.hangs:
            service.hangs.set()  # else the server waits a minute for its answer


async def posted(service: Service, *, reach: Reach = HOME, patience: float = 20.0) -> Posted | NotDelivered:
    async def url_of(workspace_id: str, address: str) -> str:
        assert (workspace_id, address) == ("T1", "service:abc")
        return service.url

    elsewhere = Elsewhere(url_of, lambda _: (TITLE, BODY), reach, patience=patience)
    try:
        return await elsewhere.post(
            workspace_id="T1", address="service:abc", announcement=announcement(), delivery_ids=[1]
        )
    except NotDelivered as failure:
        return failure
    finally:
        await elsewhere.close()


async def test_a_message_arrives_with_its_title_and_body(service: Service) -> None:
    assert await posted(service) == Posted()
    [got] = service.got
    assert (got["title"], got["message"]) == (TITLE, BODY)


async def test_a_private_address_is_refused_until_the_operator_names_it(service: Service) -> None:
    failure = await posted(service, reach=Reach())
    assert type(failure) is PermanentFailure
    assert "HOUSTON_ALLOW_HOSTS" in failure.message
    assert service.got == []


async def test_a_redirect_leads_no_further_than_the_operator_allows(service: Service) -> None:
    service.leads_to = f"http://127.0.0.2:{service.port}/inside"
    failure = await posted(service)
    assert isinstance(failure, PermanentFailure)
    assert "127.0.0.2" in failure.message


@pytest.mark.parametrize(
    ("status", "kind", "uncertain"),
    [
        (400, PermanentFailure, None),
        (401, PermanentFailure, None),
        (404, PermanentFailure, None),
        (429, TemporaryFailure, False),
        (500, TemporaryFailure, True),
        (503, TemporaryFailure, True),
    ],
)
async def test_what_a_service_answers_decides_what_becomes_of_the_message(
    service: Service, status: int, kind: type[NotDelivered], uncertain: bool | None
) -> None:
    service.status = status
    failure = await posted(service)
    assert type(failure) is kind
    assert isinstance(failure, NotDelivered)
    assert getattr(failure, "uncertain", None) is uncertain
    assert failure.message.endswith(".")
    assert "hunter2" not in failure.message


async def test_a_service_that_is_not_there_is_tried_again(service: Service) -> None:
    service.port = 1
    assert type(await posted(service)) is TemporaryFailure


async def test_a_service_that_hangs_is_given_up_in_time(service: Service) -> None:
    service.hangs = asyncio.Event()
    failure = await posted(service, patience=0.2)
    service.hangs.set()
    assert isinstance(failure, TemporaryFailure)
    assert failure.uncertain


async def test_neither_the_url_nor_the_words_reach_the_log(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    service.status = 500
    with caplog.at_level(logging.DEBUG):
        await posted(service)
    assert not {word for word in ("hunter2", TITLE, BODY) if word in caplog.text}


async def test_what_was_sent_can_neither_be_changed_nor_looked_up(service: Service) -> None:
    async def url_of(_: str, __: str) -> str:
        return service.url

    elsewhere = Elsewhere(url_of, lambda _: (TITLE, BODY), HOME)
    with pytest.raises(Gone):
        await elsewhere.update(workspace_id="T1", posted=Posted(), announcement=announcement())
    found = await elsewhere.find(workspace_id="T1", address="service:abc", delivery_ids=[1], since=NOW)
    assert found == {}
    assert await elsewhere.permalink(workspace_id="T1", channel="", ts="") is None
    await elsewhere.close()


@pytest.mark.parametrize(
    "url",
    [
        "mailtos://user:password@example.com",
        "pagerduty://integration@api-key",
        "json://127.0.0.1:9000/hook",
        "ntfys://topic",
    ],
)
async def test_what_apprise_understands_is_taken(url: str) -> None:
    assert await check(f" {url} ") == url


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nonsense", "does not understand"),
        ("file:///etc/passwd", "does not understand"),
        ("https://example.com", "does not understand"),
        ("syslog://", "the computer that Houston runs on"),
        ("dbus://", "the computer that Houston runs on"),
        ("windows://", "the computer that Houston runs on"),
        ("MACOSX://", "the computer that Houston runs on"),
        ("tgram://123456789:abcdefg_hijklmnop/12315544/?template=/etc/passwd", "names a file"),
        ("fcm://project@apikey/device/?KeyFile=/etc/passwd", "names a file"),
    ],
)
async def test_what_reaches_into_the_computer_or_nowhere_is_refused(url: str, says: str) -> None:
    with pytest.raises(Invalid) as refused:
        await check(url)
    assert refused.value.field == "url"
    assert says in refused.value.message


async def test_the_operator_may_use_what_reaches_into_the_computer() -> None:
    assert await check("syslog://", is_operator=True) == "syslog://"
