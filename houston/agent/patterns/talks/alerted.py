"""Short questions in an alert's thread: `how bad?`, `since when?`, `what is normal?` are about that alert."""

import re
from dataclasses import replace

from houston.agent.patterns.talks.moments import STILL
from houston.agent.patterns.understanding.asides import client_named
from houston.agent.patterns.understanding.catalogue import Catalogue
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.reading import Reading

MOST_WORDS = 18
IT = r"(?:it|this|that|things?)"
ITS_SIZE = (
    r"\bhow (?:bad|badly|severe|serious|big|large|far|high|low|critical|unusual|strange|dramatic|urgent|"
    r"wrong|strong|drastic)\b|\bby how much\b|^\W*how much\W*$"
    r"|\bhow much (?:is|was|are|were|too|over|above|below|under|more|less|higher|lower|off)\b"
    rf"|\b(?:is|was) {IT} (?:\w+ )?(?:bad|serious|severe|real|big|high|low|critical|urgent|a lot|much)\b"
    r"|\b(?:what|which) (?:is |was )?(?:the |its )?(?:severity|size|magnitude|deviation|difference)\b"
)
ITS_WEIGHT = (
    r"\bshould (?:i|we) (?:be )?(?:worr\w+|concerned|care|panic)\b|\b(?:do|need) (?:i|we) "
    r"(?:need )?to worry\b"
)
ITS_TIME = (
    r"\bsince when\b|\b(?:at )?(?:what|which) (?:hour|time)\b|^\W*(?:and )?(?:when|"
    r"how long)\b(?: exactly)?\W*$"
    rf"|\bwhen (?:exactly )?(?:did|was|has|is) {IT}\b|\bhow long (?:has|is|was|did) {IT}\b"
    rf"|\bwhen did {IT}? ?(?:start|begin|happen)"
)
ITS_BAND = (
    r"\b(?:normal|normally|usual|usually|typical|typically|expected|baseline|ordinarily|otherwise)\b"
    rf"|\bshould {IT} (?:be|have been)\b|\bsupposed to be\b"
)
ITSELF = (
    rf"^\W*(?:and |so |ok )?(?:which|what) (?:one|channel|metric|client|number|figure|value)(?: (?:is|was) "
    rf"(?:{IT}|affected|hit|meant|concerned))?(?: about)?\W*$"
    rf"|^\W*what (?:exactly |actually )?(?:is|was|happened)(?: {IT})?(?: about| exactly)?\W*$"
)
CHANNELS = re.compile(
    r"\b(?:other|which|what|all|any|every|the) (?:of )?(?:the |our |other )?channels?\b|\b(?:any|every|no|"
    r"some)where else\b|\belsewhere\b|\beverywhere\b|\b(?:is|was|are|were) (?:it |this |that |they "
    r")?(?:only|just|limited to)\b"
)
OTHERS = re.compile(r"\bother channels?\b|\bthe (?:others|other ones|rest)\b")
NO_NAMES = frozenset(["rest", "others"])
OTHER_METRICS = re.compile(r"\b(?:only|other) (?:metric|figure|number|kpi)s?\b|\banything else\b")
AFFECTED = re.compile(
    r"\b(?:affected|hit|off|concerned|involved|unusual|weird|strange|normal|fine|ok|okay|out of line|too|"
    r"also|as well|else\w*|only|just|same|limited|everywhere)\b"
)
BRIEF = re.compile(f"{ITS_SIZE}|{ITS_WEIGHT}|{ITS_TIME}|{ITS_BAND}")
WHOLE = re.compile(ITSELF)
SAID_OF_IT = (("by", "hour"), ("compare", ""))
"""`at what hour`, `higher than normal`: these split and compare nothing."""
PARTS = ("by", "chart", "compare", "customers")


def of_alert(
    previous: Question | None, first: Question | None, reading: Reading, catalogue: Catalogue
) -> Question | None:
    """None where another thing is asked about, or where something else has been talked of since.

    `first`: the question that the thread itself stands for.
    """
    if first is None or first.moment is None or not first.metrics:
        return None
    if previous is not None and previous.intent not in (*STILL, "thanks", "write"):
        return None
    if reading.found or set(reading.strays) - NO_NAMES or len(reading.text.split()) > MOST_WORDS:
        return None
    others = set(reading.sure("metric")) - set(first.metrics)
    if others or client_named(reading, catalogue) not in (None, first.about):
        return None
    asked = replace(first, intent="why", raw=reading.raw, client=None, follows=True)
    same = previous is None or previous.metrics == first.metrics
    if (same and OTHERS.search(reading.text)) or (
        CHANNELS.search(reading.text) and AFFECTED.search(reading.text)
    ):
        return replace(asked, measure="channels")
    if reading.strays:
        return None
    if OTHER_METRICS.search(reading.text) and AFFECTED.search(reading.text):
        return asked
    if any(cue.slot in PARTS and (cue.slot, cue.value) not in SAID_OF_IT for cue in reading.cues):
        return None
    brief = BRIEF.search(reading.text)
    if not brief and (reading.sure("channel") or not WHOLE.search(reading.text)):
        return None
    if set(reading.sure("channel")) - set(first.channels):
        return replace(_in_channel(first, reading.sure("channel")), raw=reading.raw)
    return replace(asked, measure="brief" if brief else None)


def _in_channel(first: Question, channels: tuple[str, ...]) -> Question:
    """`was it higher than normal on meta-ads?`: that channel at the alert's hour."""
    return replace(first, intent="moment", channels=channels, client=None, follows=True, elsewhere=True)
