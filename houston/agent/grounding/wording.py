"""A complaint in words that a model can act on."""

from collections.abc import Sequence

from houston.agent.grounding.complaint import MARK, Complaint, Cut
from houston.agent.grounding.doubt import Doubt
from houston.agent.grounding.evidence import Evidence
from houston.agent.grounding.fitting import SHELVES

SHOWN = 40
"""Characters of what is too long to be named whole."""
MOST = 4
"""Figures that are explained one by one."""


def complain(
    text: str, doubts: Sequence[Doubt], cuts: Sequence[tuple[str, Cut]], evidence: Evidence
) -> Complaint:
    figures = tuple(doubt.text for doubt in doubts)
    links = tuple(written for written, _ in cuts)
    apart = [
        doubt
        for doubt in doubts
        if not any(cut.start < doubt.end and doubt.start < cut.end for _, cut in cuts)
    ]
    marks = [Cut(start=one.start, end=one.end, text=f"~{text[one.start : one.end]}~ {MARK}") for one in apart]
    lines = [_why(doubt, evidence) for doubt in doubts[:MOST]]
    if links:
        lines.append(
            "These are not allowed, no tool returned them as links: "
            f"{', '.join(links[:MOST])}. Leave them out."
        )
    return Complaint(
        figures=figures,
        links=links,
        for_model=_letter(lines),
        clean=text,
        cuts=(*(cut for _, cut in cuts), *marks),
    )


def _letter(lines: Sequence[str]) -> str:
    return (
        "That sentence was not shown, because of what follows. Say it again with figures exactly as "
        "they were returned "
        "(call a tool, or calculate, for what is missing), or leave it out; repeat nothing that "
        "was shown.\n- " + "\n- ".join(lines)
    )


def _why(doubt: Doubt, evidence: Evidence) -> str:
    if doubt.is_rest:
        return f"From “{doubt.text[:SHOWN]}” on, that is too much for one sentence: write shorter ones."
    if doubt.figure is None:
        return f"“{doubt.text}” is not a date or time of these results."
    if doubt.seen_as:
        return f"“{doubt.text}” is not what you say it is of; it was returned as {_named(doubt.seen_as[:2])}."
    value = doubt.figure.readings[0].value
    near = evidence.nearest(value, SHELVES.get(doubt.figure.kind, "plain"))
    nearest = f" The nearest: {_named(near)}." if near else ""
    return f"“{doubt.text}” was not returned, or not in that unit or direction.{nearest}"


def _named(cells: Sequence[object]) -> str:
    return ", ".join(f"{cell.value:,.10g} at {cell.what}" for cell in cells)  # type: ignore[attr-defined]
