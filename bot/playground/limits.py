"""Slack's clocks and rate limits, each one a parameter."""

import math
from collections.abc import Callable
from dataclasses import dataclass

#: calls per minute of each rate tier of the Web API
TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
#: how many messages a channel or webhook takes at once before "one a second" is enforced
POST_BURST = 4
POSTS_PER_SECOND = 1.0
#: of one app in all channels of a workspace: Slack says "several hundred messages per minute"
WORKSPACE_POSTS = 600
MAX_CONNECTIONS = 10
MAX_MODALS = 3
MAX_VIEW_BYTES = 250_000


@dataclass(frozen=True, kw_only=True)
class Timings:
    """All in seconds."""

    ack_timeout: float = 3.0
    #: waits before an unacknowledged event is delivered again: at once, after a minute, after five
    redelivery: tuple[float, ...] = (0.0, 60.0, 300.0)
    trigger_life: float = 3.0
    response_url_life: float = 1800.0
    response_url_uses: int = 5
    #: of the code that consent is handed over as
    code_life: float = 600.0
    #: of an access token, where the app has token rotation
    token_life: float = 43200.0
    stream_life: float = 300.0
    status_life: float = 120.0
    file_processing: float = 1.0
    #: how long a connection that was told to go away may linger
    disconnect_grace: float = 10.0


@dataclass
class _Bucket:
    tokens: float
    filled_at: float


class RateLimits:
    """Token buckets by key. `take` answers None, or the seconds that Slack puts into Retry-After."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._buckets: dict[tuple[str, ...], _Bucket] = {}

    def take(self, key: tuple[str, ...], *, burst: int, per_second: float) -> int | None:
        now = self._now()
        bucket = self._buckets.setdefault(key, _Bucket(burst, now))
        elapsed = max(0.0, now - bucket.filled_at)
        bucket.tokens = min(burst, bucket.tokens + elapsed * per_second)
        bucket.filled_at = now
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return None
        return max(1, math.ceil((1 - bucket.tokens) / per_second))

    def take_call(self, method: str, owner: str, tier: int) -> int | None:
        return self.take((method, owner), burst=TIERS[tier], per_second=TIERS[tier] / 60)

    def take_post(self, *key: str) -> int | None:
        return self.take(("post", *key), burst=POST_BURST, per_second=POSTS_PER_SECOND)

    def take_workspace_post(self, app: str, workspace: str) -> int | None:
        per_second = WORKSPACE_POSTS / 60
        return self.take(("workspace", app, workspace), burst=WORKSPACE_POSTS // 6, per_second=per_second)
