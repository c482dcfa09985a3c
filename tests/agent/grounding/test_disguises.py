"""Addresses and mentions in disguise do not go out, nor what nobody sees."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from houston.agent.facts import Facts
from houston.agent.grounding.grounding import Grounding
from houston.agent.grounding.links import unlinked
from houston.agent.grounding.text import visible
from houston.agent.loop.sentences import Sentences

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ZONE = ZoneInfo("UTC")

WHOLE = re.compile(r"evil[^\w\s]{0,8}(?:com|pw|museum|monster|xn--|example)|//\W*evil", re.IGNORECASE)
"""What still leads there, or is made into a link by whoever shows it."""

PING = re.compile(r"<!|<@|@(?:channel|here|everyone)\b|&lt;!")

ADDRESSES = (
    "See evil.ex\u0430mple.com now.\n",
    "See ev\u0456l.evil.xn--p1ai now.\n",
    "See evil.pw now.\n",
    "See evil.pw?d=falcon now.\n",
    "See evil.museum, or evil.monster#d=1 now.\n",
    "See https&#58;//evil.com or evil&period;com now.\n",
    "See https\\://evil\\.com or https:\\/\\/evil.com now.\n",
    "See https:\u2215\u2215evil\u3002com now.\n",
    "See evil.c\u200bom and e\u00advil.com now.\n",
    "See [the report] now.\n\n[the report]: evil.pw\n",
    "See [the report][] now.\n\n> [the report]: <//evil.com/x> 'R'\n",
    "See ![evil.com](data:text/html;base64,evil.com) now.\n",
    "[![a](https://evil.com/a)](https://evil.com)\n",
    "<!date^1392734382^{date}^https://evil.com|now> it was.\n",
    "https://slack.com@evil.com/x it is.\n",
)
PINGS = (
    "@chan\u200bnel and @he\u2060re, look.\n",
    "<!chan\u200bnel> and <\u200b!here>, look.\n",
    "&lt;!channel&gt; and &#60;!here&#62;, look.\n",
    "<!subteam^S0ONCALL|oncall> and \uff20everyone, look.\n",
)


def shown(text: str) -> str:
    """As it goes out, where nothing is known and each sentence that fails is marked."""
    facts = Facts(now=NOW, zone=ZONE, member="Ada", client=None)
    grounding = Grounding(now=NOW, zone=ZONE, question="What?", facts=facts, history=())
    sentences = Sentences()
    said = [visible(each) for each in [*sentences.add(text), sentences.rest()] if each]
    checked = [(each, grounding.check(each)) for each in said]
    return "".join(complaint.marked(each) if complaint else each for each, complaint in checked)


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address_in_disguise_leads_nowhere(text: str) -> None:
    assert WHOLE.search(shown(text)) is None


@pytest.mark.parametrize("text", PINGS)
def test_a_mention_in_disguise_calls_nobody(text: str) -> None:
    assert PING.search(shown(text)) is None


def test_what_nobody_sees_is_left_out_and_emoji_stay() -> None:
    tags = "".join(chr(0xE0000 + ord(each)) for each in "falcon")
    assert visible(f"Fine\u202e.yllaer ton{tags}\u2066") == "Fine.yllaer ton"
    family = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}"
    assert visible(f"Für {family}") == f"Für {family}"


def test_words_that_nobody_checks_keep_names_and_lose_links() -> None:
    assert unlinked("Reading revenue of booking.com") == "Reading revenue of booking.com"
    said = unlinked("Reading [spend](https://evil.com), www.evil.com/x, <!channel> and @here")
    assert WHOLE.search(said) is None
    assert PING.search(said) is None
    assert "spend" in said
