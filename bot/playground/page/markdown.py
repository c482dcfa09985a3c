"""CommonMark as Slack's markdown blocks and streamed answers show it."""

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

from bot.playground.page.emoji import replace_shortcodes
from bot.playground.page.mrkdwn import BARE_URL, angled
from bot.playground.page.reader import Reader

ENTITY = re.compile(r"<([@#][A-Z0-9]+(?:\|[^<>\n]*)?|![a-z][^<>\n]*|https?://[^<>|\s]+\|[^<>\n]*)>")
TASK = re.compile(r"\[([ xX])\] ")


def render_markdown(text: str, reader: Reader) -> Markup:
    return Markup(parser().render(text, {"reader": reader}))


@cache
def parser() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    made.inline.ruler.before("autolink", "slack_entity", read_entity)
    made.core.ruler.push("slack_text", finish_text)
    made.add_render_rule("link_open", open_link)
    made.add_render_rule("image", image_as_link)
    made.add_render_rule("table_open", open_table)
    made.add_render_rule("table_close", close_table)
    made.add_render_rule("th_open", open_cell)
    made.add_render_rule("td_open", open_cell)
    return made


def read_entity(state: StateInline, silent: bool) -> bool:
    """A mention, channel or date in Slack's own notation, which Markdown would show as text."""
    found = ENTITY.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        push_html(state, str(angled(found[1], state.env["reader"])))
    state.pos = found.end()
    return True


def push_html(state: StateInline, html: str) -> None:
    state.push("html_inline", "", 0).content = html


def finish_text(state: StateCore) -> None:
    """Emoji, bare links and check boxes, in text only: never in code."""
    for block in state.tokens:
        children = block.children or []
        if children and children[0].type == "text" and TASK.match(children[0].content):
            block.children = children = [checkbox(children[0]), *children]
        if children:
            block.children = finished(children)


def finished(children: list[Token]) -> list[Token]:
    depth, made = 0, list[Token]()
    for token in children:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type != "text":
            made.append(token)
        else:
            made += [text_token(token.content)] if depth else linked(token.content)
    return made


def checkbox(text: Token) -> Token:
    checked = text.content[1] in "xX"
    text.content = text.content[4:]
    label = "done" if checked else "open"
    html = f'<span class="task-box task-{label}" role="img" aria-label="{label}"></span>'
    return Token("html_inline", "", 0, content=html)


def linked(text: str) -> list[Token]:
    """Text cut up at the bare addresses in it."""
    made, end = list[Token](), 0
    for found in BARE_URL.finditer(text):
        made += [text_token(text[end : found.start()]), *link_tokens(found[0])]
        end = found.end()
    return [*made, text_token(text[end:])]


def text_token(text: str) -> Token:
    return Token("text", "", 0, content=replace_shortcodes(text))


def link_tokens(url: str) -> list[Token]:
    opened = Token("link_open", "a", 1, attrs={"href": url})
    return [opened, Token("text", "", 0, content=url), Token("link_close", "a", -1)]


def open_link(
    renderer: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    tokens[index].attrSet("target", "_blank")
    tokens[index].attrSet("rel", "noopener noreferrer")
    return renderer.renderToken(tokens, index, options, env)


def open_table(
    renderer: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    return '<div class="table-scroll" role="region" aria-label="Table" tabindex="0"><table>'


def close_table(
    renderer: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    return "</table></div>"


def open_cell(
    renderer: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """The page's security policy allows no inline style: alignment is a class."""
    style = str(tokens[index].attrs.pop("style", ""))
    tokens[index].attrSet("class", f"align-{style.removeprefix('text-align:') or 'left'}")
    return renderer.renderToken(tokens, index, options, env)


def image_as_link(
    renderer: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Slack shows a picture in Markdown as a link to it."""
    token = tokens[index]
    html = Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>')
    return str(html.format(str(token.attrGet("src")), escape(token.content or str(token.attrGet("src")))))
