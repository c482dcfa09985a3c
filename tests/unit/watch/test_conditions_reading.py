"""Conditions as people type them, what they mean, and where they went wrong."""

from datetime import date, timedelta

import pytest

from houston.errors import Invalid
from houston.watch.alerts.conditions import ConditionError, check, meaning, read, written
from houston.watch.alerts.conditions.kinds import (
    Changed,
    Column,
    Condition,
    Day,
    Flag,
    Number,
    RowCount,
    Shift,
    Silence,
    Text,
    Threshold,
    Until,
)


def column(name: str, longer: str = "") -> Column:
    return Column(name=name, longer=longer)


REVENUE = column("Revenue")


def threshold(name: str, operator: str, value: object, **more: object) -> Threshold:
    number = Number(value=value) if isinstance(value, int | float) else value
    return Threshold(column=column(name), operator=operator, value=number, **more)  # type: ignore[arg-type]


FORMS: list[tuple[str, Condition, str]] = [
    ("Revenue < 10000", threshold("Revenue", "<", 10_000), "Revenue is below 10,000 in any row"),
    ("revenue<=10,000", threshold("revenue", "<=", 10_000), "revenue is at most 10,000 in any row"),
    ("New Customers >= 50", threshold("New Customers", ">=", 50), "New Customers is at least 50 in any row"),
    (
        "Query Response Time > 2000ms",
        threshold("Query Response Time", ">", Number(value=2000, after="ms")),
        "Query Response Time is above 2,000ms in any row",
    ),
    (
        "Conversion Rate < 2.5%",
        threshold("Conversion Rate", "<", Number(value=2.5, after="%")),
        "Conversion Rate is below 2.5% in any row",
    ),
    (
        "Cost > $10,000",
        threshold("Cost", ">", Number(value=10_000, before="$")),
        "Cost is above $10,000 in any row",
    ),
    (
        "Cost > EUR 1.5M",
        threshold("Cost", ">", Number(value=1_500_000, before="EUR ")),
        "Cost is above EUR 1,500,000 in any row",
    ),
    (
        "Cost > 10k€",
        threshold("Cost", ">", Number(value=10_000, after="€")),
        "Cost is above 10,000€ in any row",
    ),
    (
        "Margin < -$.5",
        threshold("Margin", "<", Number(value=-0.5, before="$")),
        "Margin is below -$0.5 in any row",
    ),
    (
        "first Revenue < 10k",
        Threshold(
            column=column("Revenue", "first Revenue"),
            operator="<",
            value=Number(value=10_000),
            which="first",
        ),
        "Revenue is below 10,000 in the first row",
    ),
    (
        'all "Users" == 5',
        Threshold(column=column("Users"), operator="=", value=Number(value=5), which="all"),
        "Users is 5 in all rows",
    ),
    ("'Revenue (net)' <> 5", threshold("Revenue (net)", "!=", 5), "Revenue (net) is not 5 in any row"),
    ("[a < b] ≠ 10'000", threshold("a < b", "!=", 10_000), "a < b is not 10,000 in any row"),
    (
        "`No Rows` ≥ 2 days",
        threshold("No Rows", ">=", Number(value=2, after=" days")),
        "No Rows is at least 2 days in any row",
    ),
    ("Revenue is below 10 000", threshold("Revenue", "<", 10_000), "Revenue is below 10,000 in any row"),
    ("Errors at least 1e3", threshold("Errors", ">=", 1000), "Errors is at least 1,000 in any row"),
    (
        "Amount over limit > 5",
        threshold("Amount over limit", ">", 5),
        "Amount over limit is above 5 in any row",
    ),
    ('Name = "x ""y"""', threshold("Name", "=", Text(text='x "y"')), 'Name is "x ""y""" in any row'),
    ("Name is not “off”", threshold("Name", "!=", Text(text="off")), 'Name is not "off" in any row'),
    (
        "Name contains 'err'",
        threshold("Name", "contains", Text(text="err")),
        'Name contains "err" in any row',
    ),
    ("Active is true", threshold("Active", "=", Flag(is_true=True)), "Active is true in any row"),
    (
        "Day < 2026-11-18",
        threshold("Day", "<", Day(day=date(2026, 11, 18))),
        "Day is before 2026-11-18 in any row",
    ),
    (
        'Day >= "2026-11-18"',
        threshold("Day", ">=", Day(day=date(2026, 11, 18))),
        "Day is not before 2026-11-18 in any row",
    ),
    (
        "Revenue < 10k until > 12k",
        threshold("Revenue", "<", 10_000, until=Until(operator=">", value=Number(value=12_000))),
        "Revenue is below 10,000 in any row, until it is above 12,000",
    ),
    (
        "Errors above 100 recovers at 50",
        threshold("Errors", ">", 100, until=Until(operator="<=", value=Number(value=50))),
        "Errors is above 100 in any row, until it is at most 50",
    ),
    ("rows > 0", RowCount(operator=">", value=Number(value=0)), "there is any row"),
    (
        "Row count < 1,000",
        RowCount(operator="<", value=Number(value=1000)),
        "there are fewer than 1,000 rows",
    ),
    ("no rows", RowCount(operator="=", value=Number(value=0)), "there are no rows"),
    ("any rows", RowCount(operator=">", value=Number(value=0)), "there is any row"),
    (
        "no data for 3h",
        Silence(length=timedelta(hours=3)),
        "no row came for 3 hours, by the newest time in the rows",
    ),
    (
        "No data in created_at for 1 day and 12 hours",
        Silence(length=timedelta(hours=36), column=column("created_at")),
        "no row came for 36 hours, by the newest time in created_at",
    ),
    (
        "Revenue changed",
        Changed(column=REVENUE),
        "Revenue is not what it was in the previous run, in any row",
    ),
    (
        "Revenue has changed vs yesterday",
        Changed(column=REVENUE, wish="yesterday"),
        "Revenue is not what it was yesterday at this time, in any row",
    ),
    (
        "Revenue drops 20% vs last week",
        Shift(column=REVENUE, direction="drops", amount=Number(value=20, after="%"), wish="last_week"),
        "Revenue is 20% or more below what it was a week ago, in any row",
    ),
    (
        "Revenue rises by $500 vs. the previous run",
        Shift(column=REVENUE, direction="rises", amount=Number(value=500, before="$")),
        "Revenue is $500 or more above what it was in the previous run, in any row",
    ),
    (
        "Revenue is down 20 percent compared to same day last week",
        Shift(
            column=REVENUE, direction="drops", amount=Number(value=20, after="%"), wish="same_day_last_week"
        ),
        "Revenue is 20% or more below what it was on the same day last week, in any row",
    ),
    (
        "Users changes by at least 10",
        Shift(column=column("Users"), direction="changes", amount=Number(value=10)),
        "Users is 10 or more away from what it was in the previous run, in any row",
    ),
]


@pytest.mark.parametrize(("typed", "condition", "means"), FORMS, ids=[each[0] for each in FORMS])
def test_each_form_is_read_and_its_meaning_is_said(typed: str, condition: Condition, means: str) -> None:
    assert read(typed) == condition
    assert read(typed).text == typed
    assert meaning(read(typed)) == f"fires when {means}"
    assert read(written(condition)) == condition


WRONG = [
    ("", 0, "Write a condition like"),
    ("Revenue", 7, "Write what to compare it with"),
    ("Cost per Acquisition >", 22, "Write a value here"),
    ("< 5", 0, "Name the column here"),
    ("Revenue < 10,5", 12, "Group thousands like 10,000"),
    ("Revenue < 1.2.3", 13, "decimals with a point"),
    ("Revenue < 10B", 12, "Write bn for billions"),
    ("Revenue < 5 m", 12, "Write M for millions"),
    ("Revenue < 1e99", 10, "No report holds a number of this size"),
    ("Revenue < Target", 10, "put text in quotes"),
    ('Name = "x', 7, "This quote is never closed"),
    ('Name = "x" and Revenue < 5', 11, "Write each condition by itself"),
    ("Revenue < 5 or Users > 3", 12, "Write each condition by itself"),
    ("Revenue < 5 in any row", 12, "I do not understand what begins here"),
    ("Revenue < null", 10, "rows > 0"),
    ('Name > "x"', 7, "Text has no order"),
    ("Name contains 5", 14, 'Name contains "x"'),
    ("Active > true", 9, "Write = true or = false"),
    ("Day < 2026-02-30", 6, "No calendar has this day"),
    ("Revenue drps 20% vs last week", 8, "did you mean drops?"),
    ("Revenue beelow 5", 8, "did you mean below?"),
    ("Revenue drops 20% vs lst week", 21, "Did you mean last week?"),
    ("Revenue drops 20% vs last year", 21, "previous run, yesterday, last week"),
    ("Revenue drops vs last week", 14, "Write by how much"),
    ("Revenue drops 0%", 14, "above zero"),
    ("Revenue drops by half", 17, "Write a number"),
    ("no dta for 3h", 3, "Did you mean no data for 3h?"),
    ("no data", 7, "Write for how long"),
    ("no data for 3 hurs", 12, "like 3h, 90 minutes"),
    ("no data for 0h", 12, "above zero"),
    ("no data about for 3h", 8, "no data in created_at for 3h"),
    ("rows > many", 7, "Write a number"),
    ("rows > 5 until 3", 9, "leave this out"),
    ("Revenue < 10000 until > 9000", 24, "a value beyond it"),
    ("Revenue < 10000 until < 12000", 24, "a value beyond it"),
    ("Revenue < 10000 until above", 27, "Write a number here"),
    ('Name = "x" until > 5', 11, "below or above a number"),
    ('Revenue "net" < 5', 0, "Quote the whole name"),
    ('"" < 5', 0, "Name the column here"),
    ("Revenue < " + "9" * 300, 300, "Shorten this to 300 characters"),
]


@pytest.mark.parametrize(("typed", "at", "why"), WRONG, ids=[each[0][:30] for each in WRONG])
def test_what_cannot_be_read_has_a_caret_under_the_spot(typed: str, at: int, why: str) -> None:
    with pytest.raises(ConditionError) as refused:
        read(typed)
    error = refused.value
    assert why in error.why
    assert (error.text, error.at) == (typed[:300], at)
    assert error.shown == f"{typed[:300]}\n{' ' * at}^"
    assert error.message == f"{error.why}:\n{error.shown}"
    assert isinstance(error, Invalid)


def test_the_caret_stands_under_the_spot_after_wide_letters_too() -> None:
    with pytest.raises(ConditionError) as refused:
        read("売上 < x")
    assert refused.value.shown == "売上 < x\n       ^"


COLUMNS = ["Revenue", "new_customers", "All Users", "Day"]


@pytest.mark.parametrize(
    "typed",
    ["revenue < 5", "New Customers < 5", "all users < 5", "rows > 0", "no data for 3h", "all Revenue < 5"],
)
def test_columns_are_found_as_people_write_them(typed: str) -> None:
    check(read(typed), COLUMNS)


@pytest.mark.parametrize(
    ("typed", "at", "why"),
    [
        ("Reveneu < 5", 0, "no column Reveneu; did you mean Revenue?"),
        ("first Customers changed", 6, "no column Customers; did you mean new_customers?"),
        ("Margin drops 5%", 0, "no column Margin; it has Revenue, new_customers, All Users, Day"),
        ("no data in dayy for 3h", 11, "no column dayy; did you mean Day?"),
    ],
)
def test_an_unknown_column_gets_the_nearest_one(typed: str, at: int, why: str) -> None:
    with pytest.raises(ConditionError, match="The result has") as refused:
        check(read(typed), COLUMNS)
    assert why in refused.value.why
    assert refused.value.at == at


def test_two_columns_of_one_name_must_be_told_apart() -> None:
    check(read("Revenue < 5"), ["Revenue", "revenue"])
    with pytest.raises(ConditionError, match="Several columns are called"):
        check(read("REVENUE < 5"), ["Revenue", "revenue"])
