from datetime import UTC, datetime
from pathlib import Path

import pytest

from houston.errors import Invalid, NotFound
from houston.records.files import Advance
from houston.records.imports import ImportReport
from store.tables import Metric, Point
from tests.store.agency import EVERYTHING
from tests.unit.records.conftest import Records

pytestmark = pytest.mark.slow

ADEXCHANGE = Path(__file__).parents[3].parent / "shared" / "data" / "adexchange"


async def points(records: Records) -> dict[str, list[tuple[datetime, float]]]:
    """Every point there is, by client/metric/channel."""
    async with records.store.read() as uow:
        metrics = await uow.metrics.all(scope=EVERYTHING)
        slugs = {client.id: client.slug for client in await uow.clients.all(scope=EVERYTHING)}
        found: list[Point] = await uow.points.between(
            scope=EVERYTHING,
            metric_ids=[metric.id or 0 for metric in metrics],
            start=datetime(1970, 1, 1, tzinfo=UTC),
            end=datetime(2100, 1, 1, tzinfo=UTC),
        )
    named = {metric.id: f"{slugs[metric.client_id]}/{metric.name}/{metric.channel}" for metric in metrics}
    rows: dict[str, list[tuple[datetime, float]]] = {name: [] for name in named.values()}
    for point in found:
        rows[named[point.metric_id]].append((point.time, point.value))
    return rows


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


async def take(
    records: Records, folder: Path, content: str | bytes, client: str | None = "acme"
) -> ImportReport:
    return await records.imports.metrics(EVERYTHING, [write(folder, "revenue.csv", content)], client)


def said(report: ImportReport) -> list[tuple[int | None, str]]:
    return [(refused.line, refused.why) for refused in report.refused]


async def test_a_file_of_times_and_values_is_a_metric_named_after_it(
    records: Records, tmp_path: Path
) -> None:
    report = await take(
        records,
        tmp_path,
        "timestamp,value\n"
        "2026-11-01,1\n"
        "2026-11-02 06:00:00,2.5\n"
        "2026-11-03T06:00:00+02:00,-3e2\n"
        "2026-11-04T06:00:00Z,4\n",
    )
    assert (report.taken, report.refused, report.metrics) == (4, (), ("acme: revenue",))
    assert await points(records) == {
        "acme/revenue/": [
            (datetime(2026, 11, 1, tzinfo=UTC), 1),
            (datetime(2026, 11, 2, 6, tzinfo=UTC), 2.5),
            (datetime(2026, 11, 3, 4, tzinfo=UTC), -300),
            (datetime(2026, 11, 4, 6, tzinfo=UTC), 4),
        ]
    }


async def test_a_file_may_name_metrics_channels_clients_units_and_aggregates(
    records: Records, tmp_path: Path
) -> None:
    report = await take(
        records,
        tmp_path,
        "Timestamp,Metric,Channel,Value,Client,Unit,Aggregate\n"
        "2026-11-01,cost,google-ads,1,acme,EUR,sum\n"
        "2026-11-01,cost,,2,acme,,\n"
        "2026-11-01,cost,,3,new-shop,USD,mean\n"
        "2026-11-02,cost,google-ads,4,acme,,\n",
        client=None,
    )
    assert report.taken == 4
    assert {name: len(rows) for name, rows in (await points(records)).items()} == {
        "acme/cost/": 1,
        "acme/cost/google-ads": 2,
        "new-shop/cost/": 1,
    }
    async with records.store.read() as uow:
        metrics: list[Metric] = await uow.metrics.all(scope=EVERYTHING)
        new_shop = await uow.clients.find(scope=EVERYTHING, slug="new-shop")
    assert [(m.channel, m.unit, m.aggregate) for m in metrics if m.client_id == records.agency.acme] == [
        ("", "", ""),
        ("google-ads", "EUR", "sum"),
    ]
    assert new_shop is not None
    assert new_shop.name == "New Shop"


async def test_twice_is_as_good_as_once_and_corrects(records: Records, tmp_path: Path) -> None:
    first = await take(records, tmp_path, "timestamp,value\n2026-11-01,1\n2026-11-02,2\n")
    again = await take(records, tmp_path, "timestamp,value\n2026-11-01,1\n2026-11-02,22\n")
    assert (first.taken, again.taken) == (2, 2)
    assert [value for _, value in (await points(records))["acme/revenue/"]] == [1, 22]


BAD_ROWS = [
    ("yesterday,5", "timestamp 'yesterday' is not a date: write 2026-11-14"),
    ("2026-13-01,5", "is not a date"),
    (",5", "is not a date"),
    ("1969-12-31,5", "before 1970"),
    ("2027-01-01,5", "in the future"),
    ("2026-11-02,nan", "value 'nan' is not a number"),
    ("2026-11-02,inf", "is not a number"),
    ("2026-11-02,1e999", "is not a number"),
    ("2026-11-02,1_000", "is not a number"),
    ('2026-11-02,"1,234.5"', "write it like 1234.5"),
    ("2026-11-02,", "value is empty: write a number."),
    ("2026-11-02,5,6", "The row has 3 fields and the header 2"),
    ("2026-11-02", "The row has 1 fields and the header 2"),
    ("2026-11-01T00:00:00Z,7", "The same time is in line 2 already. Line 2 counts; remove one."),
    ('2026-11-02,"5"6', "A quotation mark is out of place"),
]


@pytest.mark.parametrize(("row", "why"), BAD_ROWS)
async def test_a_bad_row_is_refused_by_line_and_the_others_are_taken(
    records: Records, tmp_path: Path, row: str, why: str
) -> None:
    report = await take(records, tmp_path, f"timestamp,value\n2026-11-01,1\n\n{row}\n2026-11-03,3\n")
    assert report.taken == 2
    [(line, told)] = said(report)
    assert (line, report.refused[0].file) == (4, "revenue.csv")
    assert why in told
    assert [value for _, value in (await points(records))["acme/revenue/"]] == [1, 3]


async def test_a_quotation_that_never_ends_is_told_where_it_began(records: Records, tmp_path: Path) -> None:
    report = await take(records, tmp_path, 'timestamp,value\n2026-11-01,1\n2026-11-02,"2\n2026-11-03,3\n')
    assert said(report) == [(3, "A quotation mark opened in this row is never closed: close it.")]
    assert report.taken == 1


BAD_FILES = [
    (b"", None, "The file is empty"),
    (b"timestamp,value\n", None, "no rows"),
    (
        b"timestamp,price\n2026-11-01,1\n",
        1,
        "column value is missing: the first line must be timestamp,value.",
    ),
    (b"2026-11-01,1\n2026-11-02,2\n", 1, "The columns timestamp, value are missing"),
    (b"timestamp,metric,value\n2026-11-01,a,1\n", 1, "column channel is missing"),
    (b"timestamp,value,chanel\n2026-11-01,1,x\n", 1, "column 'chanel' is not known: use"),
    (b"timestamp,value,value\n2026-11-01,1,1\n", 1, "there twice"),
    (b"timestamp;value\n2026-11-01;1\n", 1, "semicolons"),
    ("timestamp,value\n2026-11-01,1\n".encode("utf-16"), 1, "UTF-16: save it as CSV UTF-8"),
    ("timestamp,value\n2026-11-01,1\n2026-11-02,ü\n".encode("latin-1"), 3, "not UTF-8"),
    (b"timestamp,value\n2026-11-01,1\n\x00\x01\n", 3, "binary"),
]


@pytest.mark.parametrize(("content", "line", "why"), BAD_FILES)
async def test_a_bad_file_is_refused_whole_and_changes_nothing(
    records: Records, tmp_path: Path, content: bytes, line: int | None, why: str
) -> None:
    report = await take(records, tmp_path, content, client="new-shop")
    assert report.taken == 0
    [(told_line, told)] = said(report)
    assert told_line == line
    assert why in told
    assert await points(records) == {}
    async with records.store.read() as uow:
        assert await uow.clients.find(scope=EVERYTHING, slug="new-shop") is None


async def test_a_bad_file_holds_up_no_other(records: Records, tmp_path: Path) -> None:
    files = [
        tmp_path / "missing.csv",
        tmp_path,
        write(tmp_path, "cost.csv", "timestamp,value\n2026-11-01,1\n"),
    ]
    report = await records.imports.metrics(EVERYTHING, files, "acme")
    assert report.taken == 1
    assert [refused.why.split(":")[0] for refused in report.refused] == ["The file cannot be read"] * 2


async def test_no_client_at_all_is_told_once(records: Records, tmp_path: Path) -> None:
    report = await take(records, tmp_path, "timestamp,value\n2026-11-01,1\n2026-11-02,1\n", client=None)
    assert said(report) == [(None, "No client is named: give --client SLUG, or add a column client.")]


@pytest.mark.parametrize("slug", ["Acme", "a b", "-acme", "", "ä"])
async def test_a_client_that_is_no_slug_is_refused(records: Records, tmp_path: Path, slug: str) -> None:
    with pytest.raises(Invalid, match="lower-case letters, digits and hyphens"):
        await take(records, tmp_path, "timestamp,value\n2026-11-01,1\n", client=slug)


async def test_an_import_writes_only_within_its_scope(records: Records, tmp_path: Path) -> None:
    path = write(tmp_path, "revenue.csv", "timestamp,value\n2026-11-01,1\n")
    for slug in ("globex", "new-shop"):
        with pytest.raises(NotFound):
            await records.imports.metrics(records.agency.acme_only, [path], slug)
    assert await points(records) == {}


async def test_a_byte_order_mark_and_foreign_line_ends_do_no_harm(records: Records, tmp_path: Path) -> None:
    report = await take(records, tmp_path, b"\xef\xbb\xbftimestamp,value\r\n2026-11-01, 1 \r\n")
    assert (report.taken, report.refused) == (1, ())


async def test_many_rows_stream_in_batches_and_the_progress_ends_at_the_end(
    records: Records, tmp_path: Path
) -> None:
    rows = "".join(f"2026-01-01T{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}Z,{n}\n" for n in range(3500))
    steps: list[Advance] = []
    path = write(tmp_path, "clicks.csv", "timestamp,value\n" + rows + "bad,1\n")
    report = await records.imports.metrics(EVERYTHING, [path], "acme", steps.append)
    assert (report.taken, [line for line, _ in said(report)]) == (3500, [3502])
    assert [step.rows for step in steps] == [1000, 2000, 3000, 3501]
    assert steps[-1].part == 1.0
    assert [step.part for step in steps] == sorted(step.part for step in steps)
    assert len((await points(records))["acme/clicks/"]) == 3500


@pytest.mark.skipif(not ADEXCHANGE.is_dir(), reason="the ad exchange's series are not here")
async def test_the_series_of_a_real_ad_exchange_are_taken_whole(records: Records) -> None:
    files = sorted(ADEXCHANGE.glob("*.csv"))
    report = await records.imports.metrics(EVERYTHING, files, "exchange")
    rows = sum(len(path.read_text().splitlines()) - 1 for path in files)
    assert report.taken + len(report.refused) == rows
    assert report.taken > rows * 0.999
    assert all("The same time is in line" in refused.why for refused in report.refused)
    assert len(report.metrics) == len(files)


NOTES = (
    "created_at,title,body,status,author,private\n"
    "2026-11-14T11:00:00Z,Budget raised,by 10 %,open,Ada,false\n"
    "2026-11-14T11:00:00Z,Salaries,,open,Ada,yes\n"
    "2026-10-01,Old news,,done,Ben,\n"
)


async def take_notes(records: Records, folder: Path, content: str) -> ImportReport:
    return await records.imports.notes(EVERYTHING, [write(folder, "notes.csv", content)], "acme")


async def test_notes_are_taken_and_only_what_is_public_and_new_is_told(
    records: Records, tmp_path: Path
) -> None:
    report = await take_notes(records, tmp_path, NOTES)
    assert (report.taken, report.refused) == (3, ())
    assert [event.payload["title"] for event in await records.told()] == ["Budget raised"]
    kept = await records.notes.search(EVERYTHING, client_id=records.agency.acme)
    assert [(note.title, note.status) for note in kept] == [("Budget raised", "open"), ("Old news", "done")]


async def test_notes_taken_again_are_not_doubled_and_a_change_is_told(
    records: Records, tmp_path: Path
) -> None:
    await take_notes(records, tmp_path, NOTES)
    assert (await take_notes(records, tmp_path, NOTES)).taken == 3
    assert len(await records.told()) == 1
    await take_notes(records, tmp_path, NOTES.replace("by 10 %,open", "by 10 %,done"))
    told = await records.told()
    assert [event.type for event in told] == ["note_created", "note_updated"]
    assert len(await records.notes.search(EVERYTHING)) == 2


async def test_bad_notes_are_refused_by_line(records: Records, tmp_path: Path) -> None:
    report = await take_notes(
        records,
        tmp_path,
        NOTES
        + "2026-11-14T11:00:00Z,Budget raised,again,open,Ada,false\n"
        + "2026-11-14,,no title,open,Ada,false\n"
        + "2026-11-14,x,,finished,Ada,false\n"
        + "2026-11-14,x,,open,Ada,perhaps\n",
    )
    assert report.taken == 3
    told = said(report)
    assert [line for line, _ in told] == [5, 6, 7, 8]
    assert "in line 2 already" in told[0][1]
    assert "title is empty" in told[1][1]
    assert "use open, in_progress, done" in told[2][1]
    assert "use true or false" in told[3][1]


CUSTOMERS = (
    "customer_id,name,email,segment,created_at,orders,revenue\n"
    "1,Eve,eve@example.com,loyal,2026-10-01,3,99.5\n"
    "2,Bob,,new,2026-11-02,,\n"
)


async def take_customers(records: Records, folder: Path, content: str) -> ImportReport:
    return await records.imports.customers(EVERYTHING, [write(folder, "customers.csv", content)], "acme")


async def test_customers_are_taken_once_and_kept_up_to_date(records: Records, tmp_path: Path) -> None:
    for content in (CUSTOMERS, CUSTOMERS, CUSTOMERS.replace("3,99.5", "4,120")):
        assert (await take_customers(records, tmp_path, content)).taken == 2
    eve, bob = await records.customers.search(EVERYTHING)
    assert (eve.name, eve.orders, eve.revenue) == ("Eve", 4, 120)
    assert (bob.name, bob.orders, bob.revenue) == ("Bob", 0, 0)


async def test_bad_customers_are_refused_by_line(records: Records, tmp_path: Path) -> None:
    report = await take_customers(
        records,
        tmp_path,
        CUSTOMERS
        + "1,Eve,,,2026-10-01,1,1\n"
        + ",Ada,,,2026-10-01,1,1\n"
        + "3,Ada,,,2026-10-01,1.5,1\n"
        + "4,Ada,,,2026-10-01,1,NaN\n",
    )
    assert report.taken == 2
    assert [line for line, _ in said(report)] == [4, 5, 6, 7]
    assert "line 2 already" in report.refused[0].why


async def test_a_summary_counts_by_segment(records: Records, tmp_path: Path) -> None:
    await take_customers(records, tmp_path, CUSTOMERS)
    summary = await records.customers.summary(
        EVERYTHING,
        client_id=records.agency.acme,
        start=datetime(2026, 11, 1, tzinfo=UTC),
        end=datetime(2026, 12, 1, tzinfo=UTC),
    )
    assert (summary.total, summary.new, summary.orders, summary.revenue) == (2, 1, 3, 99.5)
    assert {name: (each.total, each.new) for name, each in summary.by_segment.items()} == {
        "loyal": (1, 0),
        "new": (1, 1),
    }
    assert (await records.customers.summary(records.agency.globex_only)).total == 0
    with pytest.raises(Invalid, match="revenue, orders, created_at"):
        await records.customers.search(EVERYTHING, order_by="name")  # type: ignore[arg-type]


async def test_a_ratio_names_its_sides_in_one_cell_or_in_two(records: Records, tmp_path: Path) -> None:
    report = await take(
        records,
        tmp_path,
        "timestamp,metric,channel,value,unit,aggregate,numerator,denominator\n"
        '2026-11-01,ctr,,4.1,%,"ratio(clicks, impressions)",,\n'
        "2026-11-01,cpc,,1.2,$,ratio(spend/clicks),,\n"
        "2026-11-01,roas,,3.2,,ratio,revenue,spend\n"
        "2026-11-01,bad,,3.2,,ratio,revenue,\n",
    )
    assert [line for line, _ in said(report)] == [5]
    async with records.store.read() as uow:
        kept = await uow.metrics.all(scope=EVERYTHING)
    sides = {each.name: (each.aggregate, each.numerator, each.denominator) for each in kept}
    assert sides["ctr"] == ("ratio", "clicks", "impressions")
    assert sides["cpc"] == ("ratio", "spend", "clicks")
    assert sides["roas"] == ("ratio", "revenue", "spend")
