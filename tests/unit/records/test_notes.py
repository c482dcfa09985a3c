import pytest

from houston.errors import Invalid, InvalidFields, NotFound
from store.tables import Note
from tests.store.agency import EVERYTHING
from tests.unit.records.conftest import Records


async def test_a_new_note_is_kept_and_told(records: Records) -> None:
    acme = records.agency.acme
    note = await records.notes.write(
        EVERYTHING, title=" Budget\n raised ", body="by 10 %", author="Ada", client_id=acme
    )
    assert await records.notes.search(EVERYTHING, client_id=acme) == [note]
    [event] = await records.told()
    assert (event.type, event.client_id, event.severity) == ("note_created", acme, "info")
    assert event.payload == {
        "note_id": str(note.id),
        "title": "Budget raised",
        "body": "by 10 %",
        "status": "open",
        "author": "Ada",
    }


async def test_the_first_line_of_a_text_is_its_title(records: Records) -> None:
    note = await records.notes.write_text(EVERYTHING, author="Ada", text="  Budget raised\n\nby 10 %\n")
    assert (note.title, note.body) == ("Budget raised", "by 10 %")
    with pytest.raises(Invalid, match="/houston note"):
        await records.notes.write_text(EVERYTHING, author="Ada", text=" \n ")


async def test_a_private_note_never_leaves(records: Records) -> None:
    note = await records.notes.write(EVERYTHING, title="Salaries", author="Ada", private=True)
    await records.notes.update(EVERYTHING, note.id, title="Salaries 2027", status="done")
    assert await records.told() == []
    assert await records.notes.search(EVERYTHING) == []
    assert await records.notes.counts(EVERYTHING) == {"open": 0, "in_progress": 0, "done": 0}


async def test_a_change_tells_what_was_and_what_is(records: Records) -> None:
    note = await records.notes.write(EVERYTHING, title="Budget", author="Ada")
    records.clock.forward(minutes=5)
    changed = await records.notes.update(EVERYTHING, note.id, status="done", title="Budget set", author="Ada")
    assert changed.updated_at == records.clock()
    event = (await records.told())[-1]
    assert event.type == "note_updated"
    assert event.payload["changes"] == [
        {"field": "title", "before": "Budget", "after": "Budget set"},
        {"field": "status", "before": "open", "after": "done"},
    ]


async def test_a_change_that_changes_nothing_is_not_told(records: Records) -> None:
    note = await records.notes.write(EVERYTHING, title="Budget", author="Ada")
    await records.notes.update(EVERYTHING, note.id, title=" Budget ")
    await records.notes.update(EVERYTHING, note.id)
    assert len(await records.told()) == 1


async def test_a_note_made_public_is_told_as_new_and_its_past_stays_private(records: Records) -> None:
    note = await records.notes.write(EVERYTHING, title="Bob is fired", author="Ada", private=True)
    await records.notes.update(EVERYTHING, note.id, title="Team news", private=False)
    [event] = await records.told()
    assert event.type == "note_created"
    assert "Bob" not in str(event.payload)


async def test_the_same_change_twice_over_is_told_twice(records: Records) -> None:
    note = await records.notes.write(EVERYTHING, title="Budget", author="Ada")
    for status in ("done", "open", "done"):
        await records.notes.update(EVERYTHING, note.id, status=status)
    assert [event.type for event in await records.told()].count("note_updated") == 3


async def test_every_bad_field_is_named_at_once_and_nothing_is_kept(records: Records) -> None:
    with pytest.raises(InvalidFields) as refused:
        await records.notes.write(EVERYTHING, title=" ", author="a" * 101, status="finished", body="a\x00b")
    assert refused.value.errors.keys() == {"title", "author", "status", "body"}
    assert "open, in_progress, done" in refused.value.errors["status"]
    assert await records.told() == []


async def test_another_clients_note_is_as_unknown_as_none(records: Records) -> None:
    mine = records.agency.acme_only
    note = await records.notes.write(EVERYTHING, title="x", author="Ada", client_id=records.agency.globex)
    said = []
    for id in (note.id, 1):
        with pytest.raises(NotFound) as refused:
            await records.notes.update(mine, id, title="y")
        said.append(refused.value.message.replace(str(id), "N"))
    assert said[0] == said[1]
    with pytest.raises(NotFound):
        await records.notes.write(mine, title="x", author="Ada", client_id=records.agency.globex)


async def test_who_sees_one_client_only_writes_for_it(records: Records) -> None:
    note = await records.notes.write(records.agency.acme_only, title="x", author="Ada")
    assert note.client_id == records.agency.acme


async def test_a_note_keeps_its_client_and_its_birth(records: Records) -> None:
    note = await records.notes.write(EVERYTHING, title="x", author="Ada")
    for field in ("client_id", "created_at"):
        with pytest.raises(Invalid, match="cannot be changed"):
            await records.notes.update(EVERYTHING, note.id, **{field: 1})


async def test_search_pages_through_notes_of_one_moment(records: Records) -> None:
    written = [await records.notes.write(EVERYTHING, title=f"Note {n}", author="Ada") for n in range(5)]
    seen: list[Note] = []
    while page := await records.notes.search(
        EVERYTHING, limit=2, before=(seen[-1].created_at, seen[-1].id) if seen else None
    ):
        seen += page
    assert [note.id for note in seen] == [note.id for note in written[::-1]]
    assert [note.title for note in await records.notes.search(EVERYTHING, query="nOtE 3")] == ["Note 3"]
    assert await records.notes.search(EVERYTHING, query="100%") == []
