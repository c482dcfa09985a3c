"""Periods that a message names twice: once loosely, once exactly."""

import re
from collections.abc import Sequence
from dataclasses import replace

from houston.agent.patterns.understanding.periods import Found

UP_TO = re.compile(r"\((?:up )?(?:through|thru|until|till|to)(?: and including| the end of)? *$")


def exact_periods(text: str, found: Sequence[Found]) -> list[Found]:
    """Without a period that the next one, in brackets, says more exactly: `the weekend (14+15 Nov)`."""
    kept: list[Found] = []
    for one in found:
        between = text[kept[-1].end : one.start] if kept else ""
        if kept and text[: kept[-1].end].endswith("weekend") and between.strip(" ,") in ("of", "of the", ""):
            kept.pop()
        if kept and "(" in between and ")" not in between:
            last = kept.pop()
            if UP_TO.search(text[: one.start]):
                until = replace(one.period, start=min(last.period.start, one.period.end), so_far=None)
                kept.append(replace(one, period=until, start=last.start))
                continue
            while kept and text[kept[-1].end : last.start].strip() in ("and", "plus", ","):
                last = kept.pop()
        kept.append(one)
    return kept
