import re
from collections.abc import Callable

import pytest
from markupsafe import Markup

from bot.playground.page.markdown import render_markdown
from bot.playground.page.mrkdwn import render_mrkdwn, render_plain
from bot.playground.page.reader import Reader
from bot.playground.page.typed import as_typed

HOSTILE = [
    "<script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '<https://x.io/"onmouseover=alert(1)|label>',
    "<javascript:alert(1)|click me>",
    "<data:text/html,<script>alert(1)</script>|x>",
    "<@U1|<img src=x onerror=alert(1)>>",
    "<#C9|<img src=x onerror=alert(1)>>",
    "<!date^0^{date}|<img src=x onerror=alert(1)>>",
    "<!date^0^<img src=x onerror=alert(1)>|x>",
    "`<img src=x onerror=alert(1)>`",
    "```<img src=x onerror=alert(1)>```",
    "*<img src=x onerror=alert(1)>*",
    "> <img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](javascript:alert(1))",
    '![a" onerror="alert(1)](https://x.io/i.png)',
    '<a href="https://x.io" onclick="alert(1)">x</a>',
    "\ue0000\ue001 <https://x.io|\ue0001\ue001>",
]
TAG = re.compile(r"<(/?)(\w+)((?:\s+[\w-]+(?:=\"[^\"<>]*\")?)*)\s*/?>")
ALLOWED = frozenset("a blockquote br code em h1 li ol p pre s span strong time ul".split())  # noqa: SIM905


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("render", [render_mrkdwn, render_markdown])
def test_hostile_text_makes_no_tag_attribute_or_address_of_its_own(
    render: Callable[[str, Reader], Markup], text: str, reader: Reader
) -> None:
    html = str(render(text, reader))
    assert "<" not in TAG.sub("", html)
    for _, name, attributes in TAG.findall(html):
        assert name in ALLOWED
        assert not re.search(r"\son\w+=", attributes)
        assert not re.search(r'(?:href|src)="(?!https?://|mailto:|/w/)', attributes)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* _italic_ ~gone~", "<strong>bold</strong> <em>italic</em> <s>gone</s>"),
        ("*bold _and italic_*", "<strong>bold <em>and italic</em></strong>"),
        ("_*both*_", "<em><strong>both</strong></em>"),
        ("*a _b* c_", "<strong>a _b</strong> c_"),
        ("2 * 3 * 4 and snake_case_name and a*b*c", "2 * 3 * 4 and snake_case_name and a*b*c"),
        ("`*not bold*`", "<code>*not bold*</code>"),
        ("```\n*code* & <b>\n```", "<pre>*code* &amp; &lt;b&gt;</pre>"),
        ("> one\n> two\nafter", "<blockquote>one<br>two</blockquote>after"),
        ("&gt; escaped", "<blockquote>escaped</blockquote>"),
        ("before\n>>> all\nof it", "before<blockquote>all<br>of it</blockquote>"),
        ("5 &gt; 3 &amp;&amp; 2 &lt; 4", "5 &gt; 3 &amp;&amp; 2 &lt; 4"),
        (":tada: :warning: :no_such_emoji:", "🎉 ⚠️ :no_such_emoji:"),
        (":wave::skin-tone-4:", "👋🏽"),
        ("one\n\ntwo", "one<br><br>two"),
    ],
)
def test_mrkdwn_reads_as_slack_shows_it(text: str, html: str, reader: Reader) -> None:
    assert str(render_mrkdwn(text, reader)) == html


def test_links_open_outside_and_keep_their_address_whole(reader: Reader) -> None:
    html = str(render_mrkdwn("<https://x.io/a_b_c?d=1&amp;e=2|the *report*>", reader))
    assert html.startswith('<a href="https://x.io/a_b_c?d=1&amp;e=2" target="_blank" rel="noopener')
    assert html.endswith(">the *report*</a>")


def test_a_bare_address_becomes_a_link_without_the_full_stop_behind_it(reader: Reader) -> None:
    assert 'href="https://x.io/y"' in render_mrkdwn("see https://x.io/y.", reader)


def test_mentions_show_names_and_mark_the_reader(reader: Reader) -> None:
    html = str(render_mrkdwn("<@U1> <@U2> <@U9>", reader))
    assert '<span class="mention mention-me" data-user="U1">@Ana</span>' in html
    assert "@Ben &lt;b&gt;" in html
    assert "@U9" in html


def test_channels_link_into_the_readers_own_workspace(reader: Reader) -> None:
    assert 'href="/w/T1/u/U1/c/C1">#general</a>' in render_mrkdwn("<#C1>", reader)
    assert "#private-channel" in render_mrkdwn("<#C8>", reader)


def test_an_escaped_broadcast_stays_text_and_a_real_one_is_marked(reader: Reader) -> None:
    assert str(render_mrkdwn("&lt;!channel&gt;", reader)) == "&lt;!channel&gt;"
    assert 'mention-me">@here<' in render_mrkdwn("<!here>", reader)


@pytest.mark.parametrize(
    ("pattern", "shown"),
    [
        ("{date_num} {time_secs}", "2026-11-21 6:05:09 PM"),
        ("{date}", "November 21st, 2026"),
        ("{date_short}", "Nov 21, 2026"),
        ("{date_long} at {time}", "Saturday, November 21st, 2026 at 6:05 PM"),
        ("{date_pretty}", "yesterday"),
        ("{ago}", "17 hours ago"),
        ("{nothing}", "{nothing}"),
    ],
)
def test_dates_are_told_in_the_readers_time_zone(pattern: str, shown: str, reader: Reader) -> None:
    assert f">{shown}</time>" in render_mrkdwn(f"<!date^1795284309^{pattern}|fallback>", reader)


def test_a_broken_date_falls_back_to_its_text(reader: Reader) -> None:
    assert str(render_mrkdwn("<!date^soon^{date}|some day>", reader)) == "some day"


def test_plain_text_knows_emoji_but_no_markup() -> None:
    assert str(render_plain("*x* <b> :tada:\ny")) == "*x* &lt;b&gt; 🎉<br>y"
    assert str(render_plain(":tada:", emoji=False)) == ":tada:"


def test_markdown_has_headings_lists_tables_and_code(reader: Reader) -> None:
    text = (
        "# Top\n\n**b** ~~s~~ :tada:\n\n- one\n- [x] two\n\n"
        "| a | b |\n|---|--:|\n| 1 | 2 |\n\n```py\n:tada: < 1\n```"
    )
    html = str(render_markdown(text, reader))
    for piece in (
        "<h1>Top</h1>",
        "<strong>b</strong> <s>s</s> 🎉",
        "<li>one</li>",
        'aria-label="done"',
        '<td class="align-right">2</td>',
        ":tada: &lt; 1\n</code></pre>",
    ):
        assert piece in html


def test_markdown_knows_slacks_mentions_and_bare_links(reader: Reader) -> None:
    html = str(render_markdown("<@U1> in <#C1>: https://x.io/a_b_c. `<@U1>`", reader))
    assert "@Ana</span>" in html
    assert ">#general</a>" in html
    assert ">https://x.io/a_b_c</a>." in html
    assert "<code>&lt;@U1&gt;</code>" in html


def test_half_written_markdown_of_a_stream_is_shown_as_far_as_it_goes(reader: Reader) -> None:
    assert "half **open" in render_markdown("half **open", reader)


def test_stored_text_is_given_back_as_it_was_typed(reader: Reader) -> None:
    stored = "<@U1> in <#C1|general>: <!here> 1 &lt; 2 <https://x.io>"
    assert as_typed(stored, reader) == "@Ana in #general: @here 1 < 2 https://x.io"


def test_verbatim_text_is_styled_but_makes_no_links_of_its_own(reader: Reader) -> None:
    html = render_mrkdwn("*When*\nsee https://x.io and <https://y.io|this>", reader, verbatim=True)
    assert "<strong>When</strong><br>see https://x.io and " in html
    assert 'href="https://y.io"' in html
