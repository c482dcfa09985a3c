"""What holds for every condition and all rows."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from houston.watch.alerts.conditions import (
    Baselines,
    ConditionError,
    Rows,
    Rule,
    check,
    judge,
    meaning,
    read,
    seen,
    written,
)
from houston.watch.alerts.conditions.kinds import (
    Changed,
    Column,
    Condition,
    Day,
    Flag,
    Moment,
    Number,
    Operator,
    RowCount,
    Shift,
    Silence,
    Text,
    Threshold,
    Until,
    Which,
    Wish,
)
from houston.watch.alerts.conditions.phrases import KNOWN, opposite
from houston.watch.quoting import tidied

ZONE = ZoneInfo("Australia/Lord_Howe")
NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
WISHES: st.SearchStrategy[Wish] = st.sampled_from(
    ["previous", "yesterday", "last_week", "same_day_last_week"]
)
WHICH: st.SearchStrategy[Which] = st.sampled_from(["any", "first", "all"])
ORDER: st.SearchStrategy[Operator] = st.sampled_from(["<", "<=", ">", ">="])

NAMES = st.sampled_from(
    ["Revenue", "New Customers", "drops", "until x", 'a "b"', "x < y", "any rows", "売上", "1st", "[a]"]
)
"""Names are never read from outside other than tidied."""
TEXTS = st.text(max_size=12).map(tidied).filter(bool)
COLUMNS = (NAMES | TEXTS.filter(lambda name: name.strip() == name)).map(lambda name: Column(name=name))
SIZES = st.integers(-(10**15), 10**15) | st.floats(-1e15, 1e15).filter(
    lambda size: size == 0 or abs(size) > 1e-15
)
NUMBERS = st.builds(
    Number,
    value=SIZES.map(lambda size: int(size) if size == int(size) else size),
    before=st.sampled_from(["", "$", "€", "CHF "]),
    after=st.sampled_from(["", "%", "ms", " ms", " req/s", "€"]),
)
VALUES = (
    st.builds(Text, text=TEXTS)
    | st.builds(Flag, is_true=st.booleans())
    | st.builds(Day, day=st.dates())
    | st.builds(Moment, at=st.datetimes().map(lambda at: at.replace(microsecond=0)))
)
LENGTHS = st.integers(1, 10**8).map(lambda seconds: timedelta(seconds=seconds))


@st.composite
def a_threshold(draw: st.DrawFn) -> Threshold:
    operator, value = draw(ORDER), draw(NUMBERS)
    until = None
    if draw(st.booleans()):
        side = 1 if operator[0] == "<" else -1
        beyond = Number(value=value.value + side * draw(st.integers(1, 100)))
        until = Until(operator=opposite(operator), value=beyond) if abs(beyond.value) < 10**15 else None
    if until and until.value.value == value.value:
        until = None
    return Threshold(column=draw(COLUMNS), operator=operator, value=value, which=draw(WHICH), until=until)


CONDITIONS: st.SearchStrategy[Condition] = (
    a_threshold()
    | st.builds(
        Threshold, column=COLUMNS, operator=st.sampled_from(["=", "!="]), value=VALUES | NUMBERS, which=WHICH
    )
    | st.builds(
        Threshold,
        column=COLUMNS,
        operator=st.just("contains"),
        value=st.builds(Text, text=TEXTS),
        which=WHICH,
    )
    | st.builds(RowCount, operator=ORDER, value=NUMBERS)
    | st.builds(Silence, length=LENGTHS, column=st.none() | COLUMNS)
    | st.builds(Changed, column=COLUMNS, which=WHICH, wish=WISHES)
    | st.builds(
        Shift,
        column=COLUMNS,
        direction=st.sampled_from(["drops", "rises", "changes"]),
        amount=NUMBERS.filter(lambda number: number.value > 0 and not (number.is_percent and number.before)),
        which=WHICH,
        wish=WISHES,
    )
)
SPOKEN = st.lists(
    st.sampled_from(
        [*KNOWN, "Revenue", "rows", "no", "data", "for", "any", "all", "<", ">=", "!=", "10000", "20%"]
    )
    | st.sampled_from(
        ["3h", '"x"', "'", '"', "`", "[", "2026-11-18", "$5k", "until", "recovers", "in", ",", "-", "5m"]
    )
    | st.text(max_size=4),
    max_size=8,
).map(" ".join)
CELLS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([10**400, -(10**400)])
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["2026-11-18", "2026-11-18T09:00:00Z", "0001-01-01", "9999-12-31T23:59:59", "failed"])
    | st.dates()
    | st.datetimes()
    | st.datetimes(timezones=st.just(UTC))
)
HEADS = ("Revenue", "New Customers", "At")
ROWS = st.builds(
    Rows,
    columns=st.just(HEADS),
    rows=st.lists(st.lists(CELLS, max_size=4), max_size=5),
    is_cut=st.booleans(),
    count=st.none() | st.integers(0, 9),
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001
BASELINES = st.builds(
    Baselines,
    previous=st.none() | ROWS,
    last_week=st.none() | ROWS,
    rows_at=st.none() | MOMENTS,
    watched_since=st.none() | MOMENTS,
)
JUDGED = st.sampled_from(
    [
        "Revenue < 10000",
        "all Revenue >= 0 until < -5",
        "first Revenue != 1.5",
        'Revenue = "failed"',
        'Revenue contains "a"',
        "Revenue = true",
        "Revenue < 2026-11-18",
        "Revenue > 2026-11-18 09:00",
        "rows = 2",
        "rows > 3",
        "no data for 3h",
        "no data in At for 3h",
        "Revenue changed",
        "first Revenue changed vs last week",
        "Revenue drops 20%",
        "all Revenue changes by 5 vs last week",
        "Margin < 5",
    ]
).map(read)


@settings(max_examples=100)
@given(CONDITIONS)
def test_a_condition_reads_back_as_itself(condition: Condition) -> None:
    again = read(written(condition))
    assert again == condition
    assert written(again) == written(condition)
    assert meaning(again).startswith("fires when ")


def refusal(text: str) -> ConditionError | None:
    try:
        condition = read(text)
    except ConditionError as refused:
        return refused
    assert read(written(condition)) == condition
    return None


@settings(max_examples=150)
@given(SPOKEN | st.text())
def test_any_text_is_read_or_refused_with_a_caret_inside_it(text: str) -> None:
    if refused := refusal(text):
        assert 0 <= refused.at <= len(refused.text)
        assert refused.shown.split("\n")[0] == refused.text
        assert refused.shown.endswith("^")
        assert refused.why


@settings(max_examples=120)
@given(st.lists(JUDGED, max_size=3), st.sampled_from(["any", "all"]), ROWS, BASELINES)
def test_judging_raises_nothing_on_any_rows(
    conditions: list[Condition], match: str, rows: Rows, baselines: Baselines
) -> None:
    rules = [Rule(condition=each) for each in conditions]
    judgement = judge(rules, match, rows, baselines, NOW, ZONE)  # type: ignore[arg-type]
    assert bool(judgement.error) == (judgement.verdict in ("error", "no_data"))
    assert judgement.verdict != "breach" or seen(judgement)
    assert judgement.verdict != "breach" or not judgement.is_recovered
    for found in judgement.findings:
        assert found.verdict != "breach" or found.current


@settings(max_examples=60)
@given(
    st.lists(st.none() | st.integers(-50, 50) | st.floats(-50, 50), min_size=1, max_size=5),
    st.integers(-50, 50),
    st.integers(0, 50),
    st.sampled_from(["any", "first", "all"]),
)
def test_a_threshold_is_monotone(cells: list[float | None], limit: int, more: int, which: str) -> None:
    """What is below a limit is below every higher one, and never above it as well."""
    rows = Rows(columns=["x"], rows=[[each] for each in cells])
    verdicts = [
        judge([Rule(condition=read(f'{which} "x" {rule}'))], "any", rows, Baselines(), NOW).verdict
        for rule in (f"< {limit}", f"< {limit + more}", f"<= {limit + more}")
    ]
    assert verdicts == sorted(verdicts, key=("no_data", "ok", "breach").index)


@given(NAMES, st.lists(NAMES, unique=True))
def test_a_column_is_found_exactly_where_the_result_has_it(name: str, columns: list[str]) -> None:
    condition = Changed(column=Column(name=name), text=f'"{name}" changed')
    try:
        check(condition, columns)
    except ConditionError:
        assert name not in columns
    else:
        assert name in columns
