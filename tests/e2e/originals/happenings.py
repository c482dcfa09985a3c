"""What the originals' notifications tell of, as it comes to Houston."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.playground.state import Channel, Message, View
from houston import access
from houston.notify.rules.rules import RuleDraft
from houston.watch.definition import DefinitionDraft
from houston.watch.episodes import Seen
from houston.watch.policy import Policy, Verdict
from houston.watch.rows import Sighting
from store.tables import Client, Metric, Point
from tests.bot.conftest import House, shown
from tests.checked import checked

HOUR = timedelta(hours=1)
HISTORY = 24 * 21
USUAL, FAR = 100.0, 400.0
NEW_YORK = ZoneInfo("America/New_York")


async def rule(house: House, event_type: str, *places: Channel, **values: Any) -> None:
    """For #general, where no other place is named."""
    chosen = {"channels": tuple(each.id for each in places or (house.general,)), **values}
    await house.houston.rules.add(house.admin, RuleDraft(event_type=event_type, **chosen))


async def joined(house: House, name: str, *, is_private: bool = False) -> Channel:
    """A channel of Alice's and Bob's, once Houston is in it and ready."""
    channel = house.slack.channel(name, with_bot=False, is_private=is_private)
    house.slack.playground.join(channel.id, house.bob.user_id)
    await house.alice.invite(channel.id)
    await house.seen(house.alice, channel, "Houston here, and ready")
    return channel


async def alert(
    house: House,
    name: str,
    report: str,
    broken: dict[str, str],
    *,
    at: datetime,
    verdict: Verdict = "breach",
    severity: str = "warning",
    client_id: int | None = None,
    policy: Policy | None = None,
    **payload: Any,
) -> Seen:
    """A check of a data alert; `broken` are its rules with what they were checked against."""
    rules = [{"text": text, "current": current} for text, current in broken.items()]
    facts = {"alert": name, "report": report, "url": "https://reports.example/42", "rules": rules}
    sighting = Sighting(
        key=f"alert:{name}",
        type="data_alert",
        client_id=client_id,
        subject=name,
        at=at,
        verdict=verdict,
        severity=severity,
        payload=facts | {"runbook": "", "owner": ""} | payload,
    )
    return await house.houston.episodes.see(sighting, policy=policy)


def in_new_york(year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=NEW_YORK).astimezone(UTC)


class Watched:
    """A metric of Acme's with three usual weeks behind it, and a definition that watches it."""

    def __init__(self, house: House, metric_id: int, end: datetime) -> None:
        self.house = house
        self.metric_id = metric_id
        self.end = end

    async def goes_on(self, *values: float) -> None:
        """An hour each; then the definition is checked."""
        times = [self.end + number * HOUR for number in range(1, len(values) + 1)]
        self.end = times[-1]
        points = zip(times, values, strict=True)
        await _put(self.house, self.metric_id, dict(points))
        await checked(self.house.houston, self.end + HOUR)


async def watched(house: House, client: Client, name: str, channel: str) -> Watched:
    metric = Metric(client_id=client.id or 0, name=name, channel=channel, unit="$", aggregate="sum", key=True)
    async with house.houston.store.begin() as uow:
        saved = await uow.metrics.save(metric=metric)
        await uow.commit()
    assert saved.id is not None
    end, rng = datetime.now(UTC).replace(microsecond=0), random.Random(7)
    usual = {end - n * HOUR: USUAL + rng.gauss(0, 4) for n in range(HISTORY)}
    await _put(house, saved.id, usual)
    draft = DefinitionDraft(name="Spend", metrics=f"{name}/*", client_id=client.id or 0)
    await house.houston.definitions.add(house.admin, draft)
    return Watched(house, saved.id, end)


async def _put(house: House, metric_id: int, values: dict[datetime, float]) -> None:
    async with house.houston.store.begin() as uow:
        points = [Point(metric_id=metric_id, time=at, value=value) for at, value in values.items()]
        await uow.points.put(points=points)
        await uow.commit()


async def told(house: House, title: str) -> None:
    """Something that is told once: a new note."""
    await house.houston.notes.write(access.everything(), title=title, author="Alice")


def webhook(house: House, channel: Channel | None = None) -> str:
    return house.slack.playground.add_webhook(house.slack.app, (channel or house.general).id)


async def added(house: House, kind: str, alias: str, url: str) -> int:
    """A destination that Bob has put in by the form; `kind` is `webhook` or `service`."""
    listed = await house.ran(house.bob, "/houston destinations", "destination")
    await house.bob.click(f"add_{kind}", message=listed)
    form = await house.modal(house.bob, _asks_for_an_alias)
    assert (await house.bob.submit(form, {"alias": alias, "url": url})).ok
    await house.bob.wait_for(lambda: f"Added: *{alias}*" in _before(house))
    found = await house.houston.destinations.all(house.scope)
    return next(each.id for each in found if each.alias == alias and each.id)


def _asks_for_an_alias(form: View) -> bool:
    """Not what another form left on the screen about how it ended."""
    return any(block.get("element", {}).get("action_id") == "alias" for block in form.blocks)


def _before(house: House) -> str:
    """What Bob has on his screen: where a test takes long, the form says how it ended."""
    said = "".join(shown(each) for each in house.bob.messages(house.general.id))
    return said + str(house.bob.open_modal())


async def receipt(house: House, text: str, *, command: str = "/houston deliveries") -> Message:
    """What Houston says of the messages, once all that was to be sent was tried."""
    assert house.houston.dispatcher
    await house.houston.dispatcher.drained()
    return await house.ran(house.bob, command, text)


async def undelivered(house: House, *texts: str) -> Message:
    """What `/houston deliveries dead` says, once all that was to be sent was tried."""
    message = await receipt(house, "not delivered", command="/houston deliveries dead")
    for text in texts:
        assert text in shown(message), shown(message)
    return message
