"""Ways for a test to make the server misbehave."""

import random
from dataclasses import dataclass
from typing import Literal

#: refuse with 429 / refuse with one of Slack's errors / answer a bare HTTP status / wait, then work /
#: cut the connection / do the work, then cut the connection before the answer. A cut waits `seconds`
#: first: to a caller that has less patience it is a time-out
FaultKind = Literal["rate_limit", "refuse", "status", "hang", "reset", "drop_answer"]


@dataclass(kw_only=True)
class Fault:
    kind: FaultKind
    #: a Web API method, or "webhook", "response_url", "upload"; "*" is any
    method: str
    channel: str | None = None
    #: how often it still happens; None is always
    times: int | None = 1
    probability: float = 1.0
    status: int = 500
    #: what comes with the status
    text: str = "fault"
    #: Slack's name of the refusal
    error: str = "fatal_error"
    retry_after: int = 1
    seconds: float = 0.0

    def concerns(self, method: str, channel: str | None) -> bool:
        is_left = self.times is None or self.times > 0
        return is_left and self.method in ("*", method) and self.channel in (None, channel)


class Faults:
    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        self._faults.append(fault)
        return fault

    def rate_limit(
        self, method: str, *, retry_after: int = 1, times: int | None = 1, channel: str | None = None
    ) -> Fault:
        return self.add(
            Fault(kind="rate_limit", method=method, retry_after=retry_after, times=times, channel=channel)
        )

    def refuse(self, method: str, *, error: str, times: int | None = 1, channel: str | None = None) -> Fault:
        return self.add(Fault(kind="refuse", method=method, error=error, times=times, channel=channel))

    def fail(
        self,
        method: str,
        *,
        status: int = 500,
        text: str = "fault",
        times: int | None = 1,
        channel: str | None = None,
    ) -> Fault:
        return self.add(
            Fault(kind="status", method=method, status=status, text=text, times=times, channel=channel)
        )

    def hang(
        self, method: str, *, seconds: float, times: int | None = 1, channel: str | None = None
    ) -> Fault:
        return self.add(Fault(kind="hang", method=method, seconds=seconds, times=times, channel=channel))

    def reset(
        self, method: str, *, seconds: float = 0.0, times: int | None = 1, channel: str | None = None
    ) -> Fault:
        return self.add(Fault(kind="reset", method=method, seconds=seconds, times=times, channel=channel))

    def drop_answer(
        self, method: str, *, seconds: float = 0.0, times: int | None = 1, channel: str | None = None
    ) -> Fault:
        return self.add(
            Fault(kind="drop_answer", method=method, seconds=seconds, times=times, channel=channel)
        )

    def mix(self, *faults: Fault, share: float) -> None:
        """Let one of these strike that share of the calls, each as often as the others, for good."""
        for index, fault in enumerate(faults):
            each = share / len(faults)
            fault.times, fault.probability = None, each / (1 - index * each)
            self.add(fault)

    def clear(self) -> None:
        self._faults.clear()

    def strike(self, method: str, channel: str | None) -> Fault | None:
        """The fault that happens to this call, if any; it is used up by happening."""
        for fault in self._faults:
            if fault.concerns(method, channel) and self._rng.random() < fault.probability:
                if fault.times is not None:
                    fault.times -= 1
                return fault
        return None
