"""The API, fuzzed by schemathesis from its own description: no 5xx, no answer that is not described.

Left out is `positive_data_acceptance`: whether a client's slug is known, no schema can say.
"""

import asyncio
import importlib.util
import sys
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn

import pytest
from aiohttp import web

from houston.reports import addresses
from houston.web.api import ENDPOINTS, PREFIX
from houston.web.limits import Limit, Limits
from houston.web.server import build_app
from store import UnitOfWork
from store.errors import SourceFailed
from store.sources import sources
from store.tables import Alert, Channel, DataSource, MetricFeed, OutlierDefinition, Report
from tests.store.agency import WORKSPACE
from tests.web import shop
from tests.web.conftest import Api
from tests.web.workspaces import ACMES, GLOBEXS, connect, furnish, person, rule

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        importlib.util.find_spec("schemathesis") is None,
        reason="schemathesis is not installed: uv sync --group fuzz",
    ),
]

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
    "allow_header_conformance",
    "ignored_auth",
)
EXAMPLES, SEED = 8, 7
EXAMPLE = "T0123456789"
ID = 4711
"""The example of every id."""

FILES = {kind: sources.CONNECTIONS[kind] for kind in ("sqlite", "duckdb")}
REVOKING = f"DELETE {PREFIX}/api-keys/{{id}}"
"""Fuzzed alone and last: it may well revoke the key that fuzzes."""


@dataclass
class Fuzzed:
    """A server that lets everybody ask as often as they like, and what it answered."""

    api: Api
    url: str
    folder: Path
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)

    async def run(self, key: str, *filters: str) -> str:
        """Schemathesis's report. Fails where it found anything."""
        arguments = ["run", f"{self.url}{PREFIX}/openapi.json", "--checks", ",".join(CHECKS)]
        arguments += ["--header", f"Authorization: Bearer {key}", "--max-examples", str(EXAMPLES)]
        arguments += ["--seed", str(SEED), "--continue-on-failure", "--no-color", *filters]
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "schemathesis.cli", *arguments),
            cwd=self.folder,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        report = (await process.communicate())[0].decode()
        assert process.returncode == 0, report[-20_000:]
        return report

    async def count(self, request: web.Request, response: web.StreamResponse) -> None:
        resource = request.match_info.route.resource
        if resource:
            self.answers[f"{request.method} {resource.canonical}", response.status] += 1

    def done(self) -> set[str]:
        """The endpoints that did their work at least once, so that the fuzz was more than refusals."""
        return {endpoint for endpoint, status in self.answers if status < 300}


async def _make_the_examples_true(api: Api) -> None:
    """What the description's examples name is there, so that the fuzz gets beyond 'not found'."""
    await connect(api, EXAMPLE, None)
    channel = Channel(workspace_id=EXAMPLE, id="C0123456789", name="examples")
    await api.houston.channels.joined(EXAMPLE, channel)
    await api.houston.members.seen(EXAMPLE, replace(person(EXAMPLE, "Alice"), user_id="U0123456789"))
    async with api.houston.store.begin() as uow:
        await _save_the_examples(uow, api)
        await uow.commit()


async def _save_the_examples(uow: UnitOfWork, api: Api) -> None:
    """What has an address of its own, and could be made with no id but the next."""
    now = api.clock()
    made: dict[str, Any] = {"id": ID, "client_id": api.agency.acme, "name": "Example", "created_at": now}
    due = now + timedelta(days=1)
    await uow.definitions.save(definition=OutlierDefinition(metrics="spend", due_at=due, **made))
    source = await uow.data_sources.save(source=DataSource(dialect="sqlite", trusts_files=True, **made))
    await addresses.put(uow, source, shop.url(api), now)
    await uow.reports.save(report=Report(source_id=ID, sql=shop.SQL, **made))
    rules = [{"text": "no rows", "severity": "warning"}]
    await uow.alerts.save(alert=Alert(report_id=ID, rules=rules, due_at=due, **made))
    feed = MetricFeed(source_id=ID, sql=shop.POINTS, metric="revenue", due_at=due, **made)
    await uow.metric_feeds.save(feed=feed)


def _reach_nothing(*_: object) -> NoReturn:
    raise SourceFailed("The fuzz connects to no database.")


@pytest.fixture
async def fuzzed(api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Fuzzed]:
    connections = dict.fromkeys(sources.CONNECTIONS, _reach_nothing) | FILES
    monkeypatch.setattr(sources, "CONNECTIONS", connections)
    shop.open_shop(api)
    await furnish(api)
    await _make_the_examples_true(api)
    for place in (WORKSPACE, ACMES, GLOBEXS):
        assert (await api.post("/rules", rule(place))).status == 201
    for client in ("acme", "globex"):
        await api.post("/task-runs", {"job": "load", "run_id": "1", "state": "failed", "client": client})
        await api.post("/notes", {"title": "Sale", "client": client})
    limits = Limits(by_key=Limit(per_second=1e6, burst=10**6), failures=Limit(per_second=1e6, burst=10**6))
    app = build_app(api.houston, limits=limits)
    fuzzed = Fuzzed(api=api, url="", folder=tmp_path)
    app.on_response_prepare.append(fuzzed.count)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    fuzzed.url = f"http://{host}:{port}"
    yield fuzzed
    await runner.cleanup()


async def test_a_key_of_the_agency_meets_no_failure_and_nothing_undescribed(fuzzed: Fuzzed) -> None:
    print(await fuzzed.run(fuzzed.api.agency_key, "--exclude-name", REVOKING))
    assert (await fuzzed.api.ask("GET", f"{PREFIX}/clients")).status == 200, "the key fuzzed to the end"
    await fuzzed.run(fuzzed.api.agency_key, "--include-name", REVOKING)
    tried = {endpoint for endpoint, _ in fuzzed.answers}
    assert tried >= {f"{each.method} {PREFIX}{each.path}" for each in ENDPOINTS}
    assert fuzzed.done() >= {f"GET {PREFIX}{each.path}" for each in ENDPOINTS if each.method == "GET"}


async def test_a_key_of_a_client_meets_no_failure_and_nothing_undescribed(fuzzed: Fuzzed) -> None:
    print(await fuzzed.run(fuzzed.api.acme_key, "--phases", "coverage,fuzzing"))
    assert (await fuzzed.api.ask("GET", f"{PREFIX}/clients", key=fuzzed.api.acme_key)).status == 200
