"""What is declared of metrics, over HTTP."""

from tests.web.conftest import Api

POINTS = [
    {"metric": "spend", "channel": channel, "client": client, "time": "2026-11-14T09:00:00Z", "value": 5.0}
    for client, channel in (("acme", "a"), ("acme", "b"), ("globex", ""))
]


async def test_metrics_are_listed_with_their_channels_and_newest_point(api: Api) -> None:
    await api.post("/points", {"points": POINTS})
    listed = (await api.ask("GET", "/api/v1/metrics")).json["items"]
    assert [(each["client"], each["metric"], each["channels"]) for each in listed] == [
        ("acme", "spend", ["a", "b"]),
        ("globex", "spend", []),
    ]
    assert (listed[0]["aggregate"], listed[0]["newest"]) == ("", "2026-11-14T09:00:00Z")
    own = (await api.ask("GET", "/api/v1/metrics", key=api.acme_key)).json["items"]
    assert [each["client"] for each in own] == ["acme"]
    page = (await api.ask("GET", "/api/v1/metrics?limit=1")).json
    rest = (await api.ask("GET", f"/api/v1/metrics?cursor={page['next_cursor']}")).json
    assert [each["client"] for each in (*page["items"], *rest["items"])] == ["acme", "globex"]


async def test_what_is_declared_stays_until_it_is_declared_otherwise(api: Api) -> None:
    await api.post("/points", {"points": POINTS})
    told = {"metric": "spend", "client": "acme", "unit": "$", "aggregate": "sum", "freshness": "3h"}
    changed = await api.ask("PATCH", "/api/v1/metrics", json=told)
    assert (changed.status, changed.json["unit"], changed.json["aggregate"]) == (200, "$", "sum")
    again = await api.ask("PATCH", "/api/v1/metrics", json={"metric": "spend", "key": True}, key=api.acme_key)
    assert (again.json["unit"], again.json["key"], again.json["freshness"]) == ("$", True, "3h")
    [globex] = (await api.ask("GET", "/api/v1/metrics?client=globex")).json["items"]
    assert globex["unit"] == ""


async def test_a_bad_declaration_is_refused(api: Api) -> None:
    await api.post("/points", {"points": POINTS})
    bad = {"metric": "spend", "client": "acme", "freshness": "soon"}
    reply = await api.ask("PATCH", "/api/v1/metrics", json=bad)
    assert (reply.status, reply.json["errors"][0]["field"]) == (422, "freshness")
    unknown = await api.ask("PATCH", "/api/v1/metrics", json={"metric": "nothing", "client": "acme"})
    foreign = await api.ask(
        "PATCH", "/api/v1/metrics", json={"metric": "spend", "client": "globex"}, key=api.acme_key
    )
    assert (unknown.status, foreign.status) == (404, 422)
