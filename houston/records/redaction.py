"""Takes secrets out of text that was not written for people."""

import re

SECRETS = (
    re.compile(r"\b(?:xox[a-z]|xapp|xwfp)-[\w-]+"),
    re.compile(r"\b(?:hk|sk|pk|ghp|gho)[-_][\w-]{8,}"),
    re.compile(r"(?<=://)[^/\s:@]*:[^/\s@]*(?=@)"),
    re.compile(r"(?<=/services/)[\w/]+"),
    re.compile(r"(?i)(?<=bearer )\S+"),
    re.compile(r"(?i)(?<=basic )[\w+/=]{8,}"),
    re.compile(
        r"(?i)(?<![a-z])(?:api[_-]?key|secret|token|passwd|password|authorization|sig|signature)"
        r"[\"']?\s*[=:]\s*[\"']?[^\s\"',;&)]+"
    ),
    re.compile(r"\b(?=\w*\d)(?=\w*[a-zA-Z])[A-Za-z0-9_+/=-]{32,}"),
)


def redacted(text: str) -> str:
    """The text with everything that looks like a secret replaced by `[secret]`."""
    for secret in SECRETS:
        text = secret.sub("[secret]", text)
    return text
