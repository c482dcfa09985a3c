"""What went wrong, over HTTP, and dead letters that are tried again."""

from typing import Any

from store.tables import Delivery
from store.tables.notify import DEAD, SENT
from tests.actors import agency_admin
from tests.store.agency import WORKSPACE
from tests.store.messages import delivery_of, destination, episode, event_of, keep, told
from tests.web.conftest import Api


async def fail(api: Api, job: str, client: str | None = None, state: str = "failed") -> None:
    body = {"job": job, "run_id": f"{job}-{state}", "state": state, "client": client}
    assert (await api.post("/task-runs", body)).status == 201


async def items(api: Api, path: str, key: str = "") -> list[dict[str, Any]]:
    reply = await api.ask("GET", f"/api/v1{path}", key=key)
    assert reply.status == 200, reply.json
    found: list[dict[str, Any]] = reply.json["items"]
    return found


async def test_an_episode_is_listed_from_firing_to_resolved(api: Api) -> None:
    await fail(api, "nightly", "acme")
    (found,) = await items(api, "/episodes")
    assert (found["type"], found["client"], found["severity"]) == ("task_failure", "acme", "warning")
    assert found["fired"]["job"] == "nightly"
    assert (found["acknowledged_by"], found["assigned_to"], found["snoozed_by"]) == (None, None, None)
    assert await items(api, "/episodes?state=open") == [found]
    assert await items(api, "/episodes?state=resolved") == []
    api.clock.forward(minutes=5)
    await fail(api, "nightly", "acme", "succeeded")
    (found,) = await items(api, "/episodes?state=resolved")
    assert found["resolved_at"] == "2026-11-14T12:05:00Z"


async def test_an_episode_names_who_has_it(api: Api) -> None:
    about = episode(api.houston.store, api.clock(), api.agency.acme)
    message = await told(api.houston.outbox, api.houston.store, api.clock(), about)
    actor = agency_admin(WORKSPACE)
    await api.houston.handling.acknowledge(actor, message.delivery_id)
    await api.houston.handling.snooze(actor, message.delivery_id, "1h")
    (found,) = await items(api, "/episodes?type=outlier")
    assert (found["acknowledged_by"], found["acknowledged_at"]) == ("Ann Admin", "2026-11-14T12:00:00Z")
    assert (found["snoozed_by"], found["snoozed_until"]) == ("Ann Admin", "2026-11-14T13:00:00Z")


async def test_a_clients_key_sees_that_clients_episodes_only(api: Api) -> None:
    for client in ("acme", "globex", None):
        await fail(api, f"job of {client}", client)
    assert [each["client"] for each in await items(api, "/episodes")] == [None, "globex", "acme"]
    assert [each["client"] for each in await items(api, "/episodes", api.acme_key)] == ["acme"]
    refused = await api.ask("GET", "/api/v1/episodes?client=globex", key=api.acme_key)
    assert refused.status == 422


async def test_episodes_come_in_pages(api: Api) -> None:
    for number in range(3):
        await fail(api, f"job {number}")
    page = (await api.ask("GET", "/api/v1/episodes?limit=2")).json
    rest = (await api.ask("GET", f"/api/v1/episodes?limit=2&cursor={page['next_cursor']}")).json
    jobs = [each["fired"]["job"] for each in (*page["items"], *rest["items"])]
    assert jobs == ["job 2", "job 1", "job 0"]
    assert rest["next_cursor"] is None


async def dead(api: Api, state: int = DEAD) -> Delivery:
    store, now = api.houston.store, api.clock()
    about = episode(store, now, api.agency.acme)
    event = event_of(store, now, about)
    to = await destination(store, now)
    made = delivery_of(store, now, event, to, state=state, tries=12, sent_at=None, ts="", channel="")
    await keep(api.houston.outbox, about, event, made)
    return made


async def test_a_dead_letter_is_replayed(api: Api) -> None:
    letter = await dead(api)
    reply = await api.post(f"/deliveries/{letter.id}/replay", None)
    assert reply.status == 200
    assert (reply.json["id"], reply.json["state"], reply.json["tries"]) == (str(letter.id), "due", 0)
    assert reply.json["client"] == "acme"
    again = await api.post(f"/deliveries/{letter.id}/replay", None)
    assert (again.status, again.json["detail"]) == (409, "This message is on its way already.")


async def test_a_repeat_of_the_request_replays_once(api: Api) -> None:
    letter = await dead(api)
    path, once = f"/deliveries/{letter.id}/replay", {"Idempotency-Key": "once"}
    first = await api.post(path, None, headers=once)
    second = await api.post(path, None, headers=once)
    assert (first.status, second.status, second.json) == (200, 200, first.json)


async def test_what_is_not_dead_is_not_replayed(api: Api) -> None:
    letter = await dead(api, SENT)
    assert (await api.post(f"/deliveries/{letter.id}/replay", None)).status == 409


async def test_a_letter_out_of_sight_is_not_there(api: Api) -> None:
    letter = await dead(api)
    told = []
    for id in (str(letter.id), "4711", "9" * 19):
        reply = await api.post(f"/deliveries/{id}/replay", None, key=api.acme_key)
        told.append((reply.status, reply.json["detail"].replace(id, "N")))
    assert set(told) == {(404, "There is no delivery N.")}
    listed = await items(api, "/deliveries?state=dead")
    assert [each["id"] for each in listed] == [str(letter.id)]
    assert "permalink" not in listed[0]
