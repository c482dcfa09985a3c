"""What the message of a thread tells of, in its own facts."""

from houston.agent.facts import Facts, ThreadEvent
from houston.agent.patterns.wording.figures import figure, plain

MOST_SAID = 10


def told(facts: Facts) -> str:
    """Every event of the thread; '' where there is none."""
    return "\n\n".join(_told(event, facts) for event in facts.events)


def overheard(facts: Facts) -> str:
    """What people said in the thread before; '' where nobody did."""
    lines = [f"- {plain(said.name)}: {plain(said.text)[:300]}" for said in facts.thread[-MOST_SAID:]]
    return "This is what was said in this thread:\n" + "\n".join(lines) if lines else ""


def _told(event: ThreadEvent, facts: Facts) -> str:
    local = event.time.astimezone(facts.zone)
    client = f" for {plain(event.client.name)}" if event.client else ""
    state = f" Now: {plain(event.state)}." if event.state else ""
    when = f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"
    head = f"**{plain(event.title)}**{client}, {when} ({event.severity}).{state}"
    lines = [f"- {plain(event.reason)}"] if event.reason else []
    lines += [f"- {plain(one.name)}: {figure(one.value, one.unit)}" for one in event.figures]
    lines += [f"- {plain(name)}: {plain(text)}" for name, text in event.facts]
    return "\n".join([head, *lines])
