"""Houston's few web pages as HTML. Everything from outside is escaped."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.views.trouble import Trouble

FOLDER = Path(__file__).parent / "pages"
STYLE = (FOLDER / "page.css").read_text(encoding="utf-8")
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

PAGES = Environment(
    loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)
PAGES.globals["style"] = STYLE


@dataclass(frozen=True, kw_only=True)
class Welcome:
    """The page at `/`. `install_url` is None where Add to Slack is not set up; `asks_code` while no
    workspace is connected."""

    install_url: str | None
    asks_code: bool


@dataclass(frozen=True, kw_only=True)
class Success:
    """A workspace that has just been connected; `returned` where it was known before."""

    name: str
    open_url: str
    returned: bool


def welcome(content: Welcome) -> str:
    return PAGES.get_template("welcome.html").render(content=content)


def installed(content: Success) -> str:
    return PAGES.get_template("installed.html").render(content=content)


def failed(content: Trouble, start_url: str) -> str:
    return PAGES.get_template("failed.html").render(content=content, start_url=start_url)


def headers(form_targets: Sequence[str] = ()) -> dict[str, str]:
    """For every page: nothing is loaded, nothing is kept, and no address is passed on.

    `form_targets` are the origins that a form may lead to, its redirects included.
    """
    policy = (
        f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; base-uri 'none'; frame-ancestors 'none'; "
        f"form-action {' '.join(form_targets) or chr(39) + 'none' + chr(39)}"
    )
    return {
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
