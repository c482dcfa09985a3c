"""Conditions on the rows of a report: `Revenue < 10000`, `no data for 3h`, `Revenue drops 20% vs last week`.

condition = read("Revenue < 10000")            raises ConditionError, with a caret under the spot
check(condition, columns)                      raises ConditionError for a column that is not there
meaning(condition)                             fires when Revenue is below 10,000 in any row
judge([Rule(condition=condition)], "any", rows, baselines, now, zone)
"""

from houston.watch.alerts.conditions.columns import check
from houston.watch.alerts.conditions.errors import EXAMPLES, ConditionError
from houston.watch.alerts.conditions.findings import Finding, Rule
from houston.watch.alerts.conditions.grammar import read
from houston.watch.alerts.conditions.judging import Judgement, judge, seen
from houston.watch.alerts.conditions.kinds import Condition, Wish
from houston.watch.alerts.conditions.rows import Baselines, Rows, Stretch, stretch, wishes
from houston.watch.alerts.conditions.wording import meaning, written

__all__ = [
    "EXAMPLES",
    "Baselines",
    "Condition",
    "ConditionError",
    "Finding",
    "Judgement",
    "Rows",
    "Rule",
    "Stretch",
    "Wish",
    "check",
    "judge",
    "meaning",
    "read",
    "seen",
    "stretch",
    "wishes",
    "written",
]
