"""The calls that lead to a change: what it is about is looked up, the change waits for approval."""

from collections.abc import Callable, Sequence

from houston.agent.facts import Facts
from houston.agent.patterns.planning.telling import create_alert, create_rule
from houston.agent.patterns.planning.wanted import Done, Result, Wanted, wanted
from houston.agent.patterns.understanding.drafts import note_draft
from houston.agent.patterns.understanding.note_edits import NoteEdit, note_edit
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.settings import (
    direction_of,
    minimum_change_of,
    name_of,
    schedule_of,
    sensitivity_of,
)
from houston.agent.patterns.understanding.snoozing import snoozed

EPISODES = wanted("episodes")


def writing(question: Question, facts: Facts, done: Done) -> tuple[Wanted, ...]:
    if question.write not in done.tools:
        return ()
    return WRITERS[question.write](question, facts, done)


def _create_note(question: Question, facts: Facts, done: Done) -> tuple[Wanted, ...]:
    draft = note_draft(question.raw, clients=_spoken_names(facts))
    return (wanted("create_note", title=draft.title, body=draft.body or None),) if draft.title else ()


def _edit_note(question: Question, facts: Facts, done: Done) -> tuple[Wanted, ...]:
    edit = note_edit(question.raw, clients=_spoken_names(facts))
    if not edit.note:
        return (wanted("notes", limit=5),)
    if not edit.changes:
        return ()
    if edit.note.isdigit():
        return _edited(edit, edit.note, done)
    found = wanted("notes", query=edit.note, limit=5)
    listed: Sequence[Result] = (done.result(found) or {}).get("notes") or ()
    same = [each for each in listed if str(each["title"]).casefold() == edit.note.casefold()]
    meant = same if len(same) == 1 else listed
    if len(meant) != 1 or "id" not in meant[0]:
        return (found,)
    return (found, *_edited(edit, str(meant[0]["id"]), done))


def _spoken_names(facts: Facts) -> tuple[str, ...]:
    """`acme`, `Acme`, `Acme Outfitters`: how people call the client of the conversation."""
    if facts.client is None:
        return ()
    return (facts.client.name, facts.client.slug, facts.client.name.split()[0])


def _edited(edit: NoteEdit, note: str, done: Done) -> tuple[Wanted, ...]:
    """More text comes after what is there, so that is read first."""
    if edit.more is None:
        return (wanted("edit_note", note=note, title=edit.title, body=edit.body, status=edit.status),)
    read = wanted("read_note", note=note)
    if "read_note" not in done.tools:
        return ()
    whole = (done.result(read) or {}).get("note")
    if whole is None:
        return (read,)
    body = "\n".join(filter(None, (str(whole["body"] or ""), edit.more)))
    return (read, wanted("edit_note", note=note, body=body))


def _handle(question: Question, facts: Facts, done: Done) -> tuple[Wanted, ...]:
    """Acknowledge or snooze the episode that is meant: the only one, or that of this thread."""
    listed = done.result(EPISODES)
    if listed is None:
        return (EPISODES,)
    arguments = snoozed(question.raw, facts.now.astimezone(facts.zone)) if question.write == "snooze" else {}
    meant = meant_episodes(question, listed.get("episodes") or (), facts)
    if len(meant) != 1 or (question.write == "snooze" and not arguments):
        return (EPISODES,)
    return (EPISODES, Wanted(tool=question.write, arguments={"episode": str(meant[0]["id"]), **arguments}))


def meant_episodes(question: Question, listed: Sequence[Result], facts: Facts) -> list[Result]:
    said = _of_these([*question.metrics, *question.channels, *question.loose], listed)
    if said or facts.alert is None:
        return said or list(listed)
    alert = facts.alert
    place = _of_these([f"{alert.metric}/{alert.channel}"], listed) if alert.channel else []
    return place or _of_these([alert.metric], listed) or list(listed)


def _of_these(names: Sequence[str], listed: Sequence[Result]) -> list[Result]:
    said = [name.casefold() for name in names]
    return [found for found in listed if any(name in str(found.get("what", "")).casefold() for name in said)]


def _create_definition(question: Question, facts: Facts, done: Done) -> tuple[Wanted, ...]:
    if len(question.metrics) != 1:
        return ()
    channel = question.channels[0] if len(question.channels) == 1 else None
    return (
        wanted(
            "create_outlier_definition",
            metric=question.metrics[0],
            channel=channel,
            sensitivity=sensitivity_of(question.raw),
            direction=direction_of(question.raw),
            schedule=schedule_of(question.raw),
            minimum_change_percent=minimum_change_of(question.raw),
            name=name_of(question.raw),
        ),
    )


WRITERS: dict[str, Callable[[Question, Facts, Done], tuple[Wanted, ...]]] = {
    "create_note": _create_note,
    "edit_note": _edit_note,
    "snooze": _handle,
    "acknowledge": _handle,
    "create_alert": create_alert,
    "create_rule": create_rule,
    "create_outlier_definition": _create_definition,
}
