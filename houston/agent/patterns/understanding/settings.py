"""How a change is to be: how often to look, how bad it is, where to post, which way; as the message says."""

import re

from houston.watch import schedules

SEVERITY = re.compile(
    r"\b(?P<word>critical|severe|serious|urgent|high[- ]priority|warnings?|info|informational|low[- "
    r"]priority)\b",
    re.I,
)
SEVERITIES = {"critical": "critical", "severe": "critical", "serious": "critical",
              "urgent": "critical", "high": "critical",
              "warning": "warning", "info": "info", "informational": "info", "low": "info"}  # fmt: skip
CHANNEL = re.compile(r"<#(?P<id>\w+)(?:\|[^>]*)?>|(?<![\w&])#(?P<name>[\w-]+)")
TO_ME = re.compile(
    r"\b(?:dm|pm) (?:it to )?me\b|\b(?:to|in|into|via|by|as) (?:me\b|my (?:dms?|inbox)\b|(?:a )?(?:dms?|"
    r"direct messages?)\b)|\b(?:alert|notify|warn|ping|tell|message|inform|text) me\b|\blet me know\b",
    re.I,
)
DAY = r"(?:mon|tues?|wednes|thurs?|fri|satur|sun)days?|(?:mon|tue|wed|thu|fri|sat|sun)s?"
AT = r"(?:,? (?:at |@ ?)?(?:\d{1,2}(?::\d{2})?(?: ?[ap]m\b| ?o'clock\b|h\b)?|noon|midnight)(?![\w%:]))"
SCHEDULE = re.compile(
    rf"\b(?:(?P<cron>cron (?:[\d*/,-]+ ){{4}}[\d*/,-]+)|every (?P<count>other |\d+ |half |two |three |four "
    rf"|six |twelve )?(?P<unit>minutes?|mins?|hours?|hrs?|days?|weeks?|months?|mornings?|evenings?|nights?|"
    rf"weekdays?|work(?:ing )?days?|business days?|{DAY})(?P<at>{AT})?|(?P<ly>hourly|daily|weekly|monthly|"
    rf"nightly)(?P<at2>{AT})?|(?P<times>once|twice) (?:an?|per|every|each) (?P<per>hour|day|week|"
    rf"month)(?P<at3>{AT})?|(?:on )?(?P<days>weekdays|work(?:ing )?days|business days|weekends|(?:mon|tues|"
    rf"wednes|thurs|fri|satur|sun)days)(?P<at4>{AT})|each (?P<each>minute|hour|day|week|month|morning|"
    rf"{DAY})(?P<at5>{AT})?)(?![\w-])",
    re.I,
)  # fmt: skip
NUMBERS = {"two": "2", "three": "3", "four": "4", "six": "6", "twelve": "12", "half": "30 minutes"}
MORNING = {"morning": "8:00", "evening": "18:00", "night": "22:00"}
PERCENT = re.compile(
    r"\b(?:more than|at least|over|above|by|bigger than|larger than|beyond|exceeding|under|below|less than|"
    r"smaller than)\s+"
    r"(?P<number>\d+(?:\.\d+)?)\s*(?:%|percent)", re.I
)  # fmt: skip
NAMED = re.compile(r"\b(?:call(?:ed)? (?:it )?|named?(?: it)? |titled )[\"“'‘]?(?P<name>[^\"”'’,.;]+)", re.I)
UP = re.compile(
    r"\b(?:up(?:wards?)?|rises?|increases?|jumps?|highs?|too high|above|surges?|goes up|climbs?|growth|"
    r"spikes? up\w*)\b",
    re.I,
)
DOWN = re.compile(
    r"\b(?:down(?:wards?)?|drops?|falls?|dips?|decreases?|lows?|too low|below|declines?|goes down|slumps?|"
    r"crash\w*|decline)\b",
    re.I,
)
LOW = re.compile(
    r"\b(?:low|less|lower|coarse) sensitiv\w+|\bless sensitive\w*|\bonly (?:the )?(?:big|large|huge|major|"
    r"obvious)\b|\bsensitivity (?:is |to |of |= ?)?low\b",
    re.I,
)
HIGH = re.compile(
    r"\b(?:high|more|higher|fine|max\w*) sensitiv\w+|\b(?:more|very|extra) sensitive\w*|\bsensitivity (?:is |"
    r"to |of |= ?)?high\b|\beven (?:the )?(?:small|tiny)\b",
    re.I,
)


def severity_of(raw: str) -> str | None:
    found = SEVERITY.search(raw)
    if not found:
        return None
    return SEVERITIES[re.split(r"[- ]", found["word"].casefold())[0].rstrip("s")]


def places_of(raw: str) -> list[str]:
    """Channels by id or name; `me` for a direct message."""
    found = [match["id"] or match["name"] for match in CHANNEL.finditer(raw)]
    return found or (["me"] if TO_ME.search(raw) else [])


def schedule_of(raw: str) -> str | None:
    """As the schedules' grammar reads it; None where none is said, or none that it can read."""
    for found in SCHEDULE.finditer(raw):
        for said in (found[0], _usual(found)):
            try:
                return schedules.words(said)
            except schedules.ScheduleError:
                continue
    return None


def _usual(found: re.Match[str]) -> str:
    """In the words of the grammar."""
    at = next((found[name] for name in ("at", "at2", "at3", "at4", "at5") if found[name]), "").strip(" ,")
    clock = re.sub(r"^(?:at |@ ?)", "", at)
    clock = {"noon": "12:00", "midnight": "0:00"}.get(clock.casefold(), clock)
    unit = (found["unit"] or found["per"] or found["each"] or "").casefold().rstrip("s")
    if found["times"] and found["times"].casefold() == "twice":
        return {"day": "every 12 hours", "hour": "every 30 minutes"}.get(unit, "")
    if unit in MORNING:
        return f"daily at {clock or MORNING[unit]}"
    count = (found["count"] or "").strip().casefold()
    if count == "half":
        return "every 30 minutes"
    if count:
        return f"every {NUMBERS.get(count, '2' if count == 'other' else count)} {unit}s"
    if (re.match(r"(?:week|work|business)", unit) and unit.endswith("day")) or re.match(
        r"(?:work|business)", found["days"] or "", re.I
    ):
        return f"weekdays at {clock or '9:00'}"
    if unit in ("hour", "hr") or (found["ly"] or "").casefold() == "hourly":
        return "every 1 hours"
    if unit in ("minute", "min"):
        return "every 1 minutes"
    day = {"week": "mondays", "month": "monthly on the 1st", "day": "daily"}.get(
        unit, f"{unit}s" if unit else ""
    )
    named = {"weekly": "mondays", "monthly": "monthly on the 1st", "nightly": "daily"}
    day = day or named.get((found["ly"] or "").casefold(), found["ly"] or found["days"] or "")
    return f"{day} at {clock or '9:00'}"


def direction_of(raw: str) -> str | None:
    """`up` or `down` where only one of them is named."""
    up, down = bool(UP.search(raw)), bool(DOWN.search(raw))
    return None if up == down else "up" if up else "down"


def sensitivity_of(raw: str) -> str | None:
    return "low" if LOW.search(raw) else "high" if HIGH.search(raw) else None


def minimum_change_of(raw: str) -> float | None:
    found = PERCENT.search(raw)
    return float(found["number"]) if found else None


def name_of(raw: str) -> str | None:
    found = NAMED.search(raw)
    return found["name"].strip() if found else None
