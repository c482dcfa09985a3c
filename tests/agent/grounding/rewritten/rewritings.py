"""Ways to say the same again, line by line: none of them makes a truth false, or a lie true."""

import random
import re
from collections.abc import Callable, Mapping

Rewriting = Callable[[str, random.Random], str]
FIGURE = re.compile(
    r"(?<![\w.,:*`~/+–-])(?<!\d\s)(?<!Delta )([$€£]?\d[\d,]*(?<!,)(?:\.\d+)?[kM]?(?: ?%)?)"
    r"(?![\w*`/–-]|[.,:]\d|\s\d{3}\b)"
)
"""None of `41 387`, nor of the name `Delta 9`."""
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
DAYS = r"\d{1,2}(?:\s?(?:to|–|-)\s?\d{1,2})?"
DATE = re.compile(rf"{DAYS} {MONTH}|{MONTH} {DAYS}|\d+ [ap]m\b")
STOP = re.compile(r"(?<=[a-z)%*])\.(?=$|\s[A-Z*])")
BETWEEN = re.compile(r"(?<=[a-z)%\d*])\. (?=[A-Z*])")
COMMA = re.compile(r"(?<=[a-z)]), (?=[a-z])")
LEADS = ("Notably, ", "As it turns out, ", "Good to know: ", "Going by the data, ", "For context: ")
TAILS = (", for what it's worth", " (going by the data)", ", as far as I can see", " in the data at hand")
JOINS = ("; ", " — ", "; by the way, ", ", and ")
UP = ("moved up", "edged up", "advanced", "picked up", "went higher")
DOWN = ("moved down", "edged down", "went lower", "came down", "receded")
CAME = ("amounted to", "ran to", "stood at", "reached", "worked out at")
VERSUS = ("compared with", "against", "as opposed to", "relative to")


def _instead(pattern: str, *words: str) -> Rewriting:
    found = re.compile(pattern)
    return lambda line, rng: found.sub(lambda _: rng.choice(words), line)


def _marked(before: str, after: str) -> Rewriting:
    """Each figure but those of dates and times."""

    def mark(line: str, rng: random.Random) -> str:
        dates = [found.span() for found in DATE.finditer(line)]

        def marked(found: re.Match[str]) -> str:
            is_date = any(start < found.end() and found.start() < end for start, end in dates)
            return found[0] if is_date else f"{before}{found[1]}{after}"

        return FIGURE.sub(marked, line)

    return mark


def _lead(line: str, rng: random.Random) -> str:
    mark = re.match(r"[-*•] (?!\*)|\s*", line)
    start = mark.end() if mark else 0
    return line[:start] + rng.choice(LEADS) + line[start:]


def _tail(line: str, rng: random.Random) -> str:
    return STOP.sub(lambda _: rng.choice(TAILS) + ".", line, count=1)


def _joined(line: str, rng: random.Random) -> str:
    """The first two sentences as one."""
    return BETWEEN.sub(lambda _: rng.choice(JOINS), line, count=1)


def _dashed(line: str, rng: random.Random) -> str:
    return COMMA.sub(" – " if rng.random() < 0.5 else " — ", line, count=1)


def _footnote(line: str, rng: random.Random) -> str:
    return STOP.sub(f".[^{'abc'[rng.randrange(3)]}]", line)


def _item(line: str, rng: random.Random) -> str:
    return re.sub(r"^[-*•] ", rng.choice(("– ", "• ", "- ", "▪ ")), line)


PROSE: Mapping[str, Rewriting] = {
    "a lead": _lead,
    "a tail": _tail,
    "two sentences in one": _joined,
    "a dash for a comma": _dashed,
    "a footnote": _footnote,
    "a dash for a colon": lambda line, rng: re.sub(
        r"(?<=[a-z)*`]): (?=\S)", rng.choice((" – ", " = ")), line
    ),
    "other words for up": _instead(r"\b(?:rose|climbed|grew|went up|increased|jumped)\b", *UP),
    "other words for down": _instead(r"\b(?:fell|dropped|slid|went down|declined|decreased)\b", *DOWN),
    "other words for is": _instead(r"\b(?:came to|came in at|totalled|was at|is at)\b", *CAME),
    "other words for against": _instead(r"\b(?:vs\.?|compared to|against)(?=\s)", *VERSUS),
    "quoted": lambda line, rng: f"> {line}",
}
"""For lines that are no table."""
EVERYWHERE: Mapping[str, Rewriting] = {
    "bold figures": _marked("**", "**"),
    "figures as code": _marked("`", "`"),
    "figures in italics": _marked("_", "_"),
    "percent": lambda line, rng: re.sub(r"(?<=\d) ?%", rng.choice((" percent", " %")), line),
    "other bullets": _item,
}
REWRITINGS: Mapping[str, Rewriting] = {**PROSE, **EVERYWHERE}


def rewritten(text: str, name: str, rng: random.Random) -> str:
    """Each line by itself, so that each keeps its number; a heading stays as it is."""
    return "\n".join(_line(line, name, rng) for line in text.split("\n"))


def _line(line: str, name: str, rng: random.Random) -> str:
    if (
        not line.strip()
        or re.match(r"#|\d+[.)]\s", line)
        or "://" in line
        or (line.startswith("|") and name in PROSE)
    ):
        return line
    return REWRITINGS[name](line, rng)
