"""What is asked of all that goes on, and of things that were listed: briefings, rankings, their share."""

import re
from dataclasses import replace
from datetime import date, timedelta

from houston.agent.patterns.talks.shown import Shown
from houston.agent.patterns.understanding.asides import client_named
from houston.agent.patterns.understanding.catalogue import Catalogue
from houston.agent.patterns.understanding.names import find_names
from houston.agent.patterns.understanding.period import Period
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.reading import Reading

NEEDING = r"(?:should|need to|must|have to|ought to|want to)"
BRIEFING = re.compile(
    rf"\b(?:what|anything|something|is there anything|all)(?: else)?(?: that)?(?: do| should)? (?:i|we)(?: "
    rf"{NEEDING})? (?:know|worry|care|be (?:aware|worried)|keep an eye|look (?:at|into)|pay attention)\b|"
    rf"\bbrief(?:ing)? (?:me|us)\b|\b(?:morning|daily|quick|a) briefing\b|\bbriefing\b|\b(?:any|what(?:'s| "
    rf"is)(?: the)?|got|the|some) (?:news|latest)\b|^\W*(?:good morning|morning|hi|hello|hey)?[,!. "
    rf"]*news\b|\bcatch (?:me|us) up\b|\bwhat (?:did|have) (?:i|we) miss(?:ed)?\b|\bwhile i was (?:away|"
    rf"asleep|off|out)\b|^\W*(?:(?:so|hey|hi|hello|and|ok|good morning|morning|houston)\b[,!. "
    rf"]*)*what(?:'s| is| are)? (?:going on|happening|new|up)(?: today| now| right now| at the moment| "
    rf"lately| everywhere| since \w+)?\W*$|\bwhat (?:happened|went on) (?:overnight|last night|since "
    rf"yesterday|while)\b|^\W*(?:so )?what (?:has |have )?(?:went|gone) wrong\b|\b(?:anything|something) "
    rf"(?:to worry about|i should|worth knowing|need(?:s|ing)? (?:my|our) attention)\b|\bwhat needs (?:my|"
    rf"our) attention\b|\bwhere (?:is it|does it|are things) (?:burning|on fire|hurt\w*)\b"
)
OF_ONE_KIND = frozenset(["notes", "reports", "rules", "destinations", "calendar"])
"""`the latest notes` are notes."""
OF_ONE_CLIENT = re.compile(r"\bbrief|\bcatch|what is up\b")
"""Where a client is chosen, these ask for its figures, or for nothing that can be told."""
SHARE = re.compile(r"\b(?:their|these|those|they|them|its)\b")
SHARING = re.compile(r"\b(?:share|percent\w*|proportion|how much of|part of|fraction|%)")
THEIRS = re.compile(r"\b(?:their|they|them)\b.*\b(?:revenue|orders?|sales|spen[dt]|turnover|worth|bought)\b")
PEOPLE = ("customers", "new_customers", "customer_share", "customer_count")


def briefed(
    previous: Question | None, reading: Reading, catalogue: Catalogue, *, in_thread: bool, chosen: bool
) -> Question | None:
    """`in_thread`: under a message of Houston's; `chosen`: the conversation is about one client."""
    text = reading.text
    if not BRIEFING.search(text) or (reading.names and not reading.sure("client")):
        return None
    if reading.intents & OF_ONE_KIND or reading.has("customers"):
        return None
    client = client_named(reading, catalogue)
    named = any(match.kind in ("metric", "channel") for match in reading.names) or reading.strays
    if named or (in_thread and len(text.split()) < 5):
        return None
    if (chosen or client) and OF_ONE_CLIENT.search(text):
        return None
    period = reading.periods[0] if reading.periods else None
    return Question(intent="briefing", raw=reading.raw, client=client, period=_with_yesterday(period))


def _with_yesterday(period: Period | None) -> Period | None:
    """What one should know today began yesterday."""
    if period is None or (period.end - period.start).days:
        return period
    return Period(start=period.start - timedelta(days=1), end=period.end)


def of_people(previous: Question | None, reading: Reading) -> Question | None:
    """`what is their share of revenue?` after customers were listed or counted."""
    if previous is None or previous.intent not in PEOPLE or reading.sure("channel") or reading.periods:
        return None
    if previous.intent == "customers" and THEIRS.search(reading.text) and not SHARING.search(reading.text):
        return replace(previous, raw=reading.raw, client=None, follows=True)
    if not (SHARE.search(reading.text) and SHARING.search(reading.text)):
        return None
    listed = previous.listed or previous
    if listed.intent == "customer_count":
        return None
    return replace(previous, intent="customer_share", raw=reading.raw, client=None, listed=listed)


CLIENTS_DOING = re.compile(
    r"\bhow (?:are|is|were|did|do|have) (?:all |each )?(?:of )?(?:our|my|the|all)? ?(?:clients|accounts|"
    r"brands)(?: all)? (?:doing|going|do|go|perform\w*|look\w*|far\w+|been|developing|getting on|today)\b"
)

WHO_SPENT = re.compile(
    r"^\W*who (?:\w+ )?(?P<did>sp[ea]n[td]s?|paid|sold|earned|made)(?: money)? (?:the )?(?P<rank>most"
    r"|least)\b",
    re.I,
)


def who_spent(reading: Reading, catalogue: Catalogue, *, chosen: bool) -> Question | None:
    """`who spent the most last week?`: a client, where none is chosen; customers have no days."""
    found = WHO_SPENT.match(reading.raw)
    if not found or chosen or not reading.periods or len(reading.periods) > 1 or reading.sure("client"):
        return None
    usual = "spend" if found["did"].lower().startswith(("sp", "p")) else "revenue"
    metrics = find_names(usual, {"metric": catalogue.kinds["metric"]})
    rank = "top" if found["rank"].lower() == "most" else "bottom"
    return Question(
        intent="performance", raw=reading.raw, metrics=metrics[0].names[:1], by="client", rank=rank,
        period=reading.periods[0],
    ) if metrics else None  # fmt: skip


def of_clients(reading: Reading, today: date) -> Question | None:
    """`how are our clients doing?`: their figures side by side."""
    if not CLIENTS_DOING.search(reading.text) or reading.names:
        return None
    period = reading.periods[0] if reading.periods else Period.last_days(7, today)
    assumed = not reading.periods
    return Question(intent="overview", raw=reading.raw, by="client", period=period, assumed_period=assumed)


CLOSING = re.compile(
    r"^\W*(?:please |ok,? |and |then |can you )*(?P<verb>close|finish|complete|resolve|reopen|re-open|mark|"
    r"set) (?:it|that|this|that one|this one|that note|this note|the note)\b(?: (?:(?:as|to) "
    r")?(?P<status>done|closed|finished|open|in[- ]progress))?(?:,? (?:please|pls|then|now|thanks))*\W*$",
    re.IGNORECASE,
)


def closing(previous: Question | None, reading: Reading, shown: Shown | None) -> Question | None:
    """`close it` after a note was read, or the only one was listed."""
    found = CLOSING.match(reading.raw)
    note = _the_note(previous, shown)
    if found is None or previous is None or not note:
        return None
    status = found["status"] or ("open" if found["verb"].casefold().startswith("re") else "done")
    if found["verb"].casefold() in ("mark", "set") and not found["status"]:
        return None
    raw = f"mark note {note} as {status}"
    return replace(previous, intent="write", write="edit_note", raw=raw, client=None)


def _the_note(previous: Question | None, shown: Shown | None) -> str:
    if previous is not None and previous.intent == "note" and previous.search.isdigit():
        return previous.search
    only = shown.rows[0] if shown and shown.kinds == {"notes"} and len(shown.rows) == 1 else {}
    return str(only.get("id", ""))


LISTING = re.compile(
    r"^\W*(?:(?:please |can you |and )*(?:list|show|name|give)(?: me)? (?:them|those|these|their names?)|"
    r"(?:and )?(?:who|which)(?: ones?)?(?: are| is| were)?(?: they| those| these| that)?|names?)\W*$"
)


def of_newcomers(previous: Question | None, reading: Reading) -> Question | None:
    """`who are they?` after new customers were counted."""
    if previous is None or previous.intent != "new_customers" or not LISTING.match(reading.text):
        return None
    return Question(intent="customers", order_by="created_at", segment=previous.segment, raw=reading.raw)
