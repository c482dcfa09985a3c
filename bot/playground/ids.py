"""Ids, tokens and timestamps that look like Slack's, from a seeded source."""

import random
import string
from collections.abc import Callable

_ID = string.ascii_uppercase + string.digits
_SECRET = string.ascii_letters + string.digits
_COLOURS = ("#4a154b", "#1264a3", "#2eb67d", "#e8912d", "#cd2553", "#5b7d87", "#7c5cbf", "#a5633f")


class Ids:
    def __init__(self, rng: random.Random, now: Callable[[], float]) -> None:
        self._rng = rng
        self._now = now
        self._given: set[str] = set()
        self._last_micros = 0

    def new(self, prefix: str, length: int = 10) -> str:
        """An id like `C07ABCDEF12` that was not given before."""
        while True:
            found = prefix + "0" + "".join(self._rng.choices(_ID, k=length - 1))
            if found not in self._given:
                self._given.add(found)
                return found

    def number(self, digits: int) -> str:
        return str(self._rng.randrange(10 ** (digits - 1), 10**digits))

    def secret(self, length: int) -> str:
        return "".join(self._rng.choices(_SECRET, k=length))

    def uuid(self) -> str:
        digits = f"{self._rng.getrandbits(128):032x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    def trigger(self) -> str:
        return f"{self.number(13)}.{self.number(12)}.{self.secret(32).lower()}"

    def bot_token(self) -> str:
        return f"xoxb-{self.number(12)}-{self.number(13)}-{self.secret(24)}"

    def expiring_bot_token(self) -> str:
        return f"xoxe.xoxb-1-{self.secret(140)}"

    def refresh_token(self) -> str:
        return f"xoxe-1-{self.secret(140)}"

    def app_token(self, app_id: str) -> str:
        return f"xapp-1-{app_id}-{self.number(13)}-{self.secret(64).lower()}"

    def client_id(self) -> str:
        return f"{self.number(12)}.{self.number(13)}"

    def client_secret(self) -> str:
        return f"{self._rng.getrandbits(128):032x}"

    def code(self) -> str:
        """What a person's consent is handed over as."""
        return f"{self.client_id()}.{self._rng.getrandbits(256):064x}"

    def ts(self) -> str:
        """A message timestamp: now, but always later than the last one given."""
        self._last_micros = max(self._last_micros + 100, int(self._now() * 1_000_000))
        return f"{self._last_micros // 1_000_000}.{self._last_micros % 1_000_000:06d}"

    def colour(self) -> str:
        return self._rng.choice(_COLOURS)
