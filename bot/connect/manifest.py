"""What manifest.yml asks of Slack."""

from pathlib import Path
from typing import Any

import yaml

MANIFEST = Path(__file__).parents[2] / "manifest.yml"


def manifest() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    return content


def bot_scopes() -> tuple[str, ...]:
    """The permissions that an install asks for."""
    return tuple(manifest()["oauth_config"]["scopes"]["bot"])
