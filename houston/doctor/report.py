"""What the doctor found, for people and for programs."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from houston.doctor.finding import Finding, Section

MARKS = {True: "✓", False: "✗", None: "–"}


def healthy(sections: Sequence[Section]) -> bool:
    """Whether nothing is wrong; what is not set up is not wrong."""
    return all(finding.ok is not False for section in sections for finding in section.findings)


def text(sections: Sequence[Section]) -> str:
    """A line for each finding, under its group."""
    parts = [f"{section.group}\n{_lines(section.findings)}" for section in sections if section.findings]
    return "\n\n".join([*parts, _sum(sections)])


def as_json(sections: Sequence[Section]) -> str:
    """A list of {check, ok, detail, mend}."""
    found = [asdict(finding) for section in sections for finding in section.findings]
    return json.dumps(found, ensure_ascii=False, indent=2)


def _lines(findings: Sequence[Finding]) -> str:
    return "\n".join(_line(finding) for finding in findings)


def _line(finding: Finding) -> str:
    said = f"{finding.detail} {finding.mend}".strip() if finding.detail.endswith(".") else _joined(finding)
    return f"  {MARKS[finding.ok]} {finding.check}: {said}"


def _joined(finding: Finding) -> str:
    return f"{finding.detail}. {finding.mend}" if finding.mend else finding.detail


def _sum(sections: Sequence[Section]) -> str:
    count = sum(finding.ok is False for section in sections for finding in section.findings)
    if not count:
        return "Nothing is wrong."
    return f"{count} thing{'s' if count > 1 else ''} to mend."
