"""What one answer comes to, taken down while it is given."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from houston.agent.conversations.conversation import parse_question
from houston.agent.conversations.turns import Opened, Turns
from houston.agent.messages import Message
from houston.agent.turn import AgentEvent, ChoicesOffered, Failed, Finished, Meter, TextAdded

MOST_CHOICES = 5


@dataclass(kw_only=True)
class Minutes:
    turns: Turns
    opened: Opened
    question: str
    now: Callable[[], datetime]
    meter: Meter = field(default_factory=Meter)
    text: str = ""
    choices: list[str] = field(default_factory=list)
    is_closed: bool = False

    def __post_init__(self) -> None:
        self._begun = self.now()

    def note(self, event: AgentEvent) -> None:
        match event:
            case TextAdded(markdown=markdown):
                self.text += markdown
            case ChoicesOffered(options=options):
                self.choices = [*self.choices, *options][:MOST_CHOICES]

    async def close(self, event: Finished | Failed) -> bool:
        """Keep the whole of it; False where it was stopped or superseded meanwhile."""
        self.is_closed = True
        record = event.record
        values = {
            "answer": record.answer,
            "steps": [message.as_dict() for message in record.messages],
            "model": record.model,
            "marked": event.footer.marked if isinstance(event, Finished) else 0,
        }
        state = "answered" if isinstance(event, Finished) else "failed"
        client_id = record.client.id if record.client else None
        return await self.turns.end(self.opened, state, values | self._costs(), client_id=client_id)

    async def stop(self) -> None:
        """Keep what was shown."""
        said = [Message(role="user", text=parse_question(self.question).text)]
        said += [Message(role="assistant", text=self.text)] if self.text else []
        values = {"answer": self.text, "steps": [message.as_dict() for message in said]}
        await self.turns.end(self.opened, "stopped", values | self._costs(), client_id=None)

    def _costs(self) -> dict[str, Any]:
        seconds = (self.now() - self._begun).total_seconds()
        return {"choices": self.choices, "tokens": self.meter.usage.tokens, "seconds": seconds}
