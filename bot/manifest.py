"""What manifest.yml asks of Slack."""

from pathlib import Path

import yaml

MANIFEST = Path(__file__).parent.parent / "manifest.yml"


def bot_scopes(path: Path = MANIFEST) -> tuple[str, ...]:
    """The permissions that an install asks for."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(content["oauth_config"]["scopes"]["bot"])
