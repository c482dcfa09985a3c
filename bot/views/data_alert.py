from collections.abc import Mapping
from typing import Any

from bot.views import episode
from bot.views.blocks import Block, section
from bot.views.kind import Kind
from bot.views.links import link, web_page
from bot.views.text import code, escape, figure, mention, one_line, when
from houston.notify.messenger import Announcement

NO_ROWS = "The report returned no rows, so its rules could not be checked."


def _name(announcement: Announcement) -> str:
    return one_line(episode.fired(announcement)["alert"])


def _title(announcement: Announcement) -> str:
    return f"🚨 Alert Triggered: {_name(announcement)}"


def _body(announcement: Announcement) -> list[Block]:
    facts = [f"📊 *Report:* {_escaped(episode.fired(announcement).get('report'))}"]
    if episode.is_over(announcement):
        facts.append(_end(announcement))
        facts.append(f"\n*Resolved:* {episode.ending(announcement)}")
        facts.append(f"📅 *Triggered:* {_began(announcement)}")
    else:
        facts.append(f"⚠️ *Alert:* {_escaped(_name(announcement))}")
        facts.append(f"📅 *When:* {_began(announcement)}")
    facts += _for_whom(announcement)
    return [section("\n".join(facts)), *_why(announcement)]


def _end(announcement: Announcement) -> str:
    """Also of one that nobody looks at any more."""
    why = episode.current(announcement).get("ended")
    return f"⏹️ {escape(str(why), 100)}" if why else "✅ This alert has returned to an 'ok' state."


def _for_whom(announcement: Announcement) -> list[str]:
    said, payload = [], episode.fired(announcement)
    if announcement.client_name:
        said.append(f"👤 *Client:* {escape(announcement.client_name, 200)}")
    owner = _owner(announcement)
    if owner and not episode.is_over(announcement):
        said.append(f"🙋 *Owner:* {owner}")
    if page := web_page(payload.get("runbook")):
        said.append(f"📖 *Runbook:* {link(page, 'What to do')}")
    return said


def _owner(announcement: Announcement) -> str:
    who = announcement.episode.owner if announcement.episode else None
    if who and (who.user_id or who.name):
        return mention(who.user_id, who.name)
    return mention(episode.fired(announcement).get("owner"))


def _why(announcement: Announcement) -> list[Block]:
    if episode.state(announcement) in (episode.NO_DATA, episode.ERROR):
        return [section(_trouble(announcement))]
    label = "🔎 *Rules that were broken:*" if episode.is_over(announcement) else "🔎 *Broken Rules:*"
    rules = [f"{number}. {escape(rule)}" for number, rule in enumerate(_rules(announcement), start=1)]
    return [section("\n".join([label, *rules]))] if rules else []


def _trouble(announcement: Announcement) -> str:
    error = episode.current(announcement).get("error")
    if error:
        return code(str(error))
    return NO_ROWS if episode.state(announcement) == episode.NO_DATA else "Its report could not be run."


def _rules(announcement: Announcement) -> list[str]:
    """`Revenue < 10000 (Current: 9,100, was 8,750)`: those that fired, then any that broke since."""
    before, now = _currents(episode.fired(announcement)), _currents(episode.current(announcement))
    texts = list(before) if episode.is_over(announcement) else list(before | now)
    return [_rule(text, before.get(text, ""), now.get(text, before.get(text, ""))) for text in texts]


def _rule(text: str, before: str, now: str) -> str:
    if not now:
        return text
    return f"{text} (Current: {now}, was {before})" if before not in ("", now) else f"{text} (Current: {now})"


def _currents(payload: Mapping[str, Any]) -> dict[str, str]:
    """Each rule with the value that it was checked against."""
    return {one_line(rule["text"]): figure(rule.get("current", "")) for rule in payload.get("rules", ())}


def _brief(announcement: Announcement) -> str:
    if episode.is_over(announcement):
        return f"ok again{episode.after(announcement)}"
    if episode.state(announcement) in (episode.NO_DATA, episode.ERROR):
        return one_line(str(episode.current(announcement).get("error") or NO_ROWS))
    return "; ".join(_rules(announcement))


def _latest(announcement: Announcement) -> str:
    payload, phase = announcement.event.payload, announcement.event.phase
    if phase == "resolved":
        return ""
    if phase in ("no_data", "error"):
        return one_line(str(payload.get("error") or NO_ROWS))
    return "; ".join(_rule(text, "", now) for text, now in _currents(payload).items())


def _began(announcement: Announcement) -> str:
    return when(episode.began(announcement), announcement.timezone)


def _escaped(text: str | None) -> str:
    return escape(one_line(text or ""), 500) or "–"


DATA_ALERT = Kind(
    emoji="🚨",
    noun="alert",
    plural="alerts",
    name=_name,
    title=_title,
    brief=_brief,
    latest=_latest,
    body=_body,
    still="🔁 Still broken",
    again="🔁 Broken again",
    well="✅ This alert has returned to an 'ok' state",
    over="✅ Alert Resolved",
    settled="ok again",
    button="View Report",
)
