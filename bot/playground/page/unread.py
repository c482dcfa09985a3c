"""How far each person has read. Slack keeps this on its server; here the page does."""

from dataclasses import dataclass, field

from bot.playground.nouns import Channel, Message
from bot.playground.person import Person


@dataclass(frozen=True, kw_only=True)
class Unread:
    messages: int
    mentions: int


@dataclass(kw_only=True)
class Marks:
    _last_read: dict[tuple[str, str], str] = field(default_factory=dict)

    def mark_read(self, person: Person, channel_id: str) -> None:
        seen = person.messages(channel_id)
        if seen:
            self._last_read[person.user_id, channel_id] = seen[-1].ts

    def unread(self, person: Person, channel: Channel) -> Unread:
        mark = self._last_read.get((person.user_id, channel.id), "")
        fresh = [each for each in person.messages(channel.id) if is_news(each, person.user_id, mark)]
        named = [each for each in fresh if channel.is_im or mentions(each, person.user_id)]
        return Unread(messages=len(fresh), mentions=len(named))


def is_news(message: Message, user_id: str, mark: str) -> bool:
    return message.ts > mark and message.user != user_id and message.subtype not in QUIET


def mentions(message: Message, user_id: str) -> bool:
    return f"<@{user_id}>" in message.text


QUIET = ("channel_join", "channel_leave", "group_join", "group_leave")
