"""What can be asked of the sample agency: the tool calls, and the true values that answers are made of."""

from collections.abc import Callable

from tests.agent.grounding.metric_scenes import RATES, calls_of, performance, rates
from tests.agent.grounding.record_scenes import CUSTOMERS, OUTLIERS, outliers, people
from tests.agent.grounding.scene import Result, Scene
from tests.agent.llm_server import Call

SCENES: tuple[tuple[tuple[Call, ...], Callable[[list[Result]], Scene]], ...] = (
    *(
        (
            calls_of(metric, other),
            lambda results, metric=metric, other=other: performance(metric, other, results),
        )
        for metric, other in (
            ("revenue", "clicks"),
            ("spend", "conversions"),
            ("clicks", "spend"),
            ("conversions", "revenue"),
        )
    ),
    (OUTLIERS, outliers),
    (CUSTOMERS, people),
    (RATES, rates),
)
