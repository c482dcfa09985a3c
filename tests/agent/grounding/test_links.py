"""Links and mentions: only those that a tool made."""

import pytest

from tests.agent.grounding.results import complaint

LINKS = [
    "See https://evil.example/x.",
    "See [the dashboard](https://evil.example/x?d=1).",
    "![chart](https://evil.example/c.png)",
    "See <https://evil.example|the dashboard>.",
    "See www.evil.example or evil.example/path.",
    "See ｅｖｉｌ。com/path and ht\u00adtps://evil.example.",
    "[https://sheets.example/s?id=7](https://evil.example)",
    "https://sheets.example/s?id=7&leak=12345",
    "Mail [us](mailto:a@evil.example).",
    '<img src="https://evil.example/x.png">',
    "Hello <!channel>, <@U012ABCDEF> and <#C012ABCDEF|general>.",
    "Hello @here and @channel and @everyone.",
    "[a][1] and [[b](https://evil.example)](https://evil.example)",
]


@pytest.mark.parametrize("text", LINKS)
def test_links_and_mentions_that_no_tool_made_are_cut(text: str) -> None:
    found = complaint(text)
    assert found is not None
    assert found.links
    shown = found.marked(text)
    assert "evil" not in shown.replace("evil.example or", "").casefold() or "://" not in shown
    assert not any(
        sign in shown for sign in ("<!", "<@", "<#", "](http", "@here", "@channel", "<img", "mailto:")
    )
    left = complaint(shown)
    assert left is None or not left.links
