"""What a run came to: pass rates with their intervals, latency, tokens and cost, and the wrong answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from houston.agent.evals.running import Result

Z = 1.959964
"""For 95 %."""

KINDS = ("answerable", "asks", "refusal")


@dataclass(frozen=True, kw_only=True)
class Prices:
    """In $ for a million tokens."""

    prompt: float
    completion: float


def wilson(passed: int, total: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a rate, as parts of one. Nothing asked: all is possible."""
    if not total:
        return 0.0, 1.0
    rate, square = passed / total, Z * Z
    middle = (rate + square / (2 * total)) / (1 + square / total)
    half = Z / (1 + square / total) * sqrt(rate * (1 - rate) / total + square / (4 * total * total))
    return max(0.0, middle - half), min(1.0, middle + half)


def quantile(values: Sequence[float], part: float) -> float:
    """The smallest value that at least this part of the values does not exceed."""
    return sorted(values)[max(0, ceil(part * len(values)) - 1)] if values else 0.0


def summary(found: Sequence[Result], *, model: str, prices: Prices | None = None) -> str:
    """A table by category, the kinds of questions, and what they took."""
    names = sorted({result.asked.category for result in found})
    width = max([len("category"), *map(len, names), *map(len, KINDS)])
    lines = [f"{'category':<{width}}  passed      rate   95 % interval"]
    lines += [_line(name, [each for each in found if each.asked.category == name], width) for name in names]
    lines.append("")
    lines += [_line(kind, [each for each in found if each.asked.kind == kind], width) for kind in KINDS]
    lines += [_line("all", found, width), "", *_costs(found, model, prices)]
    return "\n".join(lines)


def failures(found: Sequence[Result]) -> str:
    """The wrong answers as they were read, turn by turn, with the tools that were called."""
    return "\n\n".join(_told(result) for result in found if not result.passed)


def _line(name: str, meant: Sequence[Result], width: int) -> str:
    passed = sum(result.passed for result in meant)
    low, high = wilson(passed, len(meant))
    rate = f"{passed / len(meant):6.1%}" if meant else "     –"
    return f"{name:<{width}}  {passed:>4}/{len(meant):<4}  {rate}   {low:.1%} – {high:.1%}"


def _costs(found: Sequence[Result], model: str, prices: Prices | None) -> list[str]:
    seconds = [answer.seconds for result in found for answer in result.answers]
    prompt = sum(result.usage.prompt_tokens for result in found)
    completion = sum(result.usage.completion_tokens for result in found)
    each = max(1, len(found))
    lines = [
        f"model      {model}",
        f"latency    p50 {quantile(seconds, 0.5):.3f} s, p95 {quantile(seconds, 0.95):.3f} s an answer",
        f"tokens     {prompt / each:,.0f} in, {completion / each:,.0f} out a question",
    ]
    if prices:
        cost = (prompt * prices.prompt + completion * prices.completion) / 1_000_000
        lines.append(f"cost       ${cost / each:.5f} a question, ${cost:.2f} in all")
    return lines


def _told(result: Result) -> str:
    asked = result.asked
    where = " ".join(
        f"{name}={value}"
        for name, value in (
            ("workspace", asked.workspace),
            ("member", asked.member),
            ("client", asked.client),
            ("channel", asked.channel),
        )
        if value not in (None, "agency", "admin")
    )
    lines = [f"✗ {asked.id}  {where}".rstrip(), f"  {result.why}"]
    for turn, answer in zip(asked.turns, result.answers, strict=True):
        lines.append(f"  > {turn.say}")
        lines += [f"    {line}" for line in answer.whole.splitlines() if line.strip()]
        calls = [f"{each.call.name}{each.call.arguments}" for each in answer.results]
        lines += [f"    · {call}" for call in calls]
    return "\n".join(lines)
