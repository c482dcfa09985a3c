"""Data sources and reports: tried before they are kept, walled in, and never in each other's way."""

import asyncio
from dataclasses import replace
from functools import partial

import pytest

from houston import access
from houston.errors import Conflict, InvalidFields, NotAllowed, NotFound
from houston.reports.reports import ReportDraft
from houston.reports.sources import SourceDraft
from houston.reports.turns import Turn, Turns
from store.errors import SourceFailed, SourceRefused
from store.sources import Sources, Trial
from tests.actors import admin
from tests.store.agency import EVERYTHING
from tests.unit.reports.desk import ADMIN, ALL, TODAY, Desk

pytestmark = pytest.mark.slow


class Reached(Sources):
    """Whose databases all answer."""

    @classmethod
    def like(cls, desk: Desk) -> "Reached":
        return cls(own_url=desk.url, file_roots=[], allow_hosts=(), now=desk.clock)

    async def trial(self, url: str, *, trusts_files: bool) -> Trial:
        return Trial(dialect="postgres", tables=())


async def test_a_source_is_kept_sealed_once_it_was_reached(desk: Desk) -> None:
    id = await desk.source()
    [source] = await desk.house.data_sources.all(EVERYTHING)
    assert (source.dialect, source.trusts_files, source.created_by) == ("sqlite", True, "T1/U1")
    assert (await desk.house.data_sources.test(ADMIN, id)).tables == ("sales",)
    async with desk.store.read() as uow:
        assert await uow.secrets.get(owner=f"data_source/{id}", name="url") == desk.url
        [entry] = await uow.audit.page(scope=ALL, before=None, limit=9)
    assert (entry.action, entry.subject) == ("data_source.added", f"data source {id}")


async def test_a_password_is_shown_nowhere(desk: Desk) -> None:
    id = await desk.source()
    data_sources = replace(desk.house.data_sources, sources=Reached.like(desk))
    url = "postgresql://ann:hunter2@db.example.com/shop?sslmode=require"
    source = await data_sources.edit(ADMIN, id, SourceDraft(name="Shop", url=url))
    assert source.place == "postgresql://db.example.com/shop"
    async with desk.store.read() as uow:
        entries = await uow.audit.page(scope=ALL, before=None, limit=9)
    assert "hunter2" not in str([source, *entries])


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (SourceDraft(name=" ", url="sqlite:///shop.db"), "name"),
        (SourceDraft(name="Shop"), "url"),
        (SourceDraft(name="Shop", url="sqlite:///none.db"), "url"),
        (SourceDraft(name="Shop", url="sqlite:////etc/passwd"), "url"),
        (SourceDraft(name="Shop", url="nonsense"), "url"),
        (SourceDraft(name="Shop", url="sqlite:///shop.db", client_id=99), "client"),
    ],
)
async def test_what_is_wrong_with_a_source_is_said_at_its_field(
    desk: Desk, draft: SourceDraft, field: str
) -> None:
    with pytest.raises(InvalidFields) as wrong:
        await desk.house.data_sources.add(ADMIN, draft)
    assert list(wrong.value.errors) == [field]
    assert await desk.house.data_sources.all(EVERYTHING) == []


async def test_files_are_for_the_agencys_admins(desk: Desk) -> None:
    with pytest.raises(InvalidFields, match="agency's admin"):
        await desk.house.data_sources.add(
            admin(desk.agency.acme_only), SourceDraft(name="Shop", url=desk.url)
        )
    id = await desk.source(desk.agency.acme)
    acme = admin(desk.agency.acme_only)
    renamed = await desk.house.data_sources.edit(acme, id, SourceDraft(name="Ours"))
    assert (renamed.name, renamed.trusts_files, renamed.client_id) == ("Ours", True, desk.agency.acme)
    with pytest.raises(InvalidFields, match="agency's admin"):
        await desk.house.data_sources.edit(acme, id, SourceDraft(name="Ours", url=desk.url))


async def test_each_sees_and_asks_their_own_only(desk: Desk) -> None:
    agencys, acmes = await desk.source(), await desk.source(desk.agency.acme)
    acme, globex = desk.agency.acme_only, desk.agency.globex_only
    assert [each.id for each in await desk.house.data_sources.all(acme)] == [acmes]
    assert await desk.house.data_sources.all(globex) == []
    for id in (agencys, acmes):
        with pytest.raises(NotFound):
            await desk.house.data_sources.run(globex, id, TODAY, desk.clock())
        with pytest.raises(InvalidFields, match="data source"):
            await desk.house.reports.preview(admin(globex), id, TODAY)
    with pytest.raises(NotAllowed):
        await desk.house.reports.preview(replace(ADMIN, is_admin=False), agencys, TODAY)


async def test_a_client_does_not_rewrite_a_query_of_the_agencys_source(desk: Desk) -> None:
    id = await desk.report(source_id=await desk.source(), client_id=desk.agency.acme)
    acme = admin(desk.agency.acme_only)
    [seen] = await desk.house.reports.all(acme.scope)
    assert (seen.report.id, seen.source_name) == (id, "")
    draft = ReportDraft(name="Mine", source_id=seen.report.source_id, sql="SELECT 1")
    with pytest.raises(InvalidFields) as wrong:
        await desk.house.reports.edit(acme, id, draft)
    assert list(wrong.value.errors) == ["source"]


async def test_what_is_read_is_not_deleted_and_names_who_reads_it(desk: Desk) -> None:
    seen = await desk.alert()
    report = (await desk.house.reports.get(EVERYTHING, seen.alert.report_id)).report
    with pytest.raises(Conflict, match="Daily Sales"):
        await desk.house.data_sources.delete(ADMIN, report.source_id)
    with pytest.raises(Conflict, match="Low revenue"):
        await desk.house.reports.delete(ADMIN, report.id or 0)
    draft = SourceDraft(name="Shop", client_id=desk.agency.acme)
    with pytest.raises(InvalidFields, match="whose it is"):
        await desk.house.data_sources.edit(ADMIN, report.source_id, draft)
    await desk.house.alerts.delete(ADMIN, seen.alert.id or 0)
    await desk.house.reports.delete(ADMIN, report.id or 0)
    await desk.house.data_sources.delete(ADMIN, report.source_id)
    async with desk.store.read() as uow:
        assert await uow.secrets.get(owner=f"data_source/{report.source_id}", name="url") is None


async def test_a_report_is_previewed_and_refused_where_it_cannot_run(desk: Desk) -> None:
    desk.sell(*((f"2026-11-{day:02}", 1.5, day) for day in range(1, 9)))
    id = await desk.source()
    preview = await desk.house.reports.preview(ADMIN, id, TODAY)
    assert (preview.columns, len(preview.rows), preview.row_count) == (
        ("day", "Revenue", "New Customers"),
        5,
        8,
    )
    for sql in ("SELECT nothing FROM sales", "DELETE FROM sales", "   "):
        with pytest.raises(InvalidFields) as wrong:
            await desk.house.reports.add(ADMIN, ReportDraft(name="R", source_id=id, sql=sql))
        assert list(wrong.value.errors) == ["sql"]
    assert (await desk.house.data_sources.get(EVERYTHING, id)).error == ""


async def test_a_run_is_kept_with_its_first_rows_and_one_that_fails_with_its_words(desk: Desk) -> None:
    desk.sell(*(("2026-11-01", None, row) for row in range(300)))
    id = await desk.report("SELECT customers, revenue FROM sales ORDER BY 1")
    report = (await desk.house.reports.get(EVERYTHING, id)).report
    run = await desk.house.reports.run(report, desk.clock())
    assert (run.row_count, len(run.rows), run.is_cut, run.rows[7]) == (300, 200, True, [7, None])
    desk.sources.trouble = SourceFailed("The database cannot be reached.", is_temporary=True)
    run = await desk.house.reports.run(report, desk.clock())
    assert run.error == "The database cannot be reached."
    assert (
        await desk.house.data_sources.get(EVERYTHING, report.source_id)
    ).error == "The database cannot be reached."
    desk.sources.trouble = None
    await desk.house.reports.run(report, desk.clock())
    assert (await desk.house.data_sources.get(EVERYTHING, report.source_id)).error == ""


async def test_another_query_has_no_history(desk: Desk) -> None:
    id = await desk.report()
    report = (await desk.house.reports.get(EVERYTHING, id)).report
    await desk.house.reports.run(report, desk.clock())
    draft = ReportDraft(name="Renamed", source_id=report.source_id, sql=report.sql)
    await desk.house.reports.edit(ADMIN, id, draft)
    assert len(await desk.runs(id)) == 1
    await desk.house.reports.edit(ADMIN, id, replace(draft, sql="SELECT 1 AS Revenue"))
    assert await desk.runs(id) == []


async def test_old_runs_and_answers_go(desk: Desk) -> None:
    id = await desk.report()
    report = (await desk.house.reports.get(EVERYTHING, id)).report
    await desk.house.reports.run(report, desk.clock())
    async with desk.store.begin() as uow:
        key = await uow.api_keys.add(name="k", hash="h", client_id=None, now=desk.clock())
        for name in ("a", "b"):
            await uow.api_keys.keep_answer(
                api_key_id=key.id or 0,
                idempotency_key=name,
                fingerprint="",
                status=200,
                answer={},
                now=desk.clock(),
            )
        await uow.commit()
    assert await desk.house.purging.due(desk.clock.forward(days=1)) == 0
    assert await desk.house.purging.due(desk.clock.forward(days=2)) == 2
    assert await desk.house.purging.due(desk.clock.forward(days=98)) == 1


async def test_a_command_beside_houston_asks_nothing(desk: Desk) -> None:
    id = await desk.source()
    silent = replace(desk.house.data_sources, sources=None)
    with pytest.raises(Conflict, match="running Houston"):
        await silent.run(access.everything(), id, TODAY, desk.clock())


async def test_a_source_that_hangs_delays_no_other_and_has_few_turns() -> None:
    turns, done = Turns(at_once=3, of_one_source=2), []
    hanging, five = asyncio.Event(), asyncio.Event()

    def turn(name: str, source_id: int) -> Turn:
        async def call() -> None:
            if source_id == 1:
                await hanging.wait()
            done.append(name)
            if len(done) == 5:
                five.set()

        return Turn(name=name, source_id=source_id, call=call)

    turns.begin(
        [*(turn(f"hangs {each}", 1) for each in range(5)), *(turn(f"fine {each}", 2) for each in range(5))]
    )
    turns.begin([turn("fine 4", 2), turn("hangs 0", 1)])
    async with asyncio.timeout(30):
        await five.wait()
    assert done == [f"fine {each}" for each in range(5)]
    hanging.set()
    await turns.settled()
    assert sorted(done[5:]) == [f"hangs {each}" for each in range(5)]


async def test_a_turn_that_goes_wrong_ends_no_other_and_is_reported() -> None:
    turns, done = Turns(), []

    async def call(name: str) -> None:
        if name == "wrong":
            raise SourceRefused("no")
        done.append(name)

    turns.begin(Turn(name=each, source_id=1, call=partial(call, each)) for each in ("wrong", "right"))
    with pytest.raises(SourceRefused):
        await turns.settled()
    assert done == ["right"]


async def test_a_stop_does_not_wait_for_what_hangs() -> None:
    turns, begun = Turns(grace_seconds=0.0), asyncio.Event()

    async def hang() -> None:
        begun.set()
        await asyncio.Event().wait()

    turns.begin([Turn(name="hangs", source_id=1, call=hang)])
    await begun.wait()
    async with asyncio.timeout(30):
        await turns.close()
