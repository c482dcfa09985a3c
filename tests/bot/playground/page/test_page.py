import re

from aiohttp import ClientSession

from bot.playground import modals
from bot.playground.nouns import File, Status, Stream
from bot.playground.page.unread import Marks
from bot.playground.person import Person
from tests.bot.playground.page.conftest import Page

MODAL = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Add notification"},
    "submit": {"type": "plain_text", "text": "Add"},
    "blocks": [
        {
            "type": "input",
            "block_id": "note",
            "label": {"type": "plain_text", "text": "Note"},
            "element": {"type": "plain_text_input", "action_id": "note"},
        }
    ],
}
HOME = {
    "type": "home",
    "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "All quiet"}}],
}


async def test_the_front_leads_to_the_first_persons_first_channel(page: Page) -> None:
    async with page.session.get(page.url + "/") as response:
        assert str(response.url).endswith(f"{page.base()}/c/{page.general.id}")
        html = await response.text()
    assert "<title>general – Northwind" in html
    assert 'role="navigation"' in html
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]


async def test_everything_a_page_loads_comes_from_the_page_itself(page: Page) -> None:
    html = await page.get(f"/c/{page.general.id}")
    assert not re.search(r'(?:src|href)="(?:https?:)?//', html)
    for name in re.findall(r'"(/static/[\w.]+)"', html):
        async with page.session.get(page.url + name) as response:
            assert response.status == 200
    async with page.session.get(page.url + "/static/..%2f__init__.py") as response:
        assert response.status == 404


async def test_a_message_is_an_article_with_author_time_and_place(page: Page) -> None:
    sent = await page.do("say", channel=page.general.id, text="Morning *all*")
    html = await page.get(f"/c/{page.general.id}", person=page.ben)
    assert f'role="article" data-key="{sent["ts"]}" data-surface="message" data-ts="{sent["ts"]}"' in html
    assert f'data-channel="{page.general.id}"' in html
    assert 'aria-label="Ana Pereira, Today at 7:00:00 AM"' in html
    assert "Morning <strong>all</strong>" in html


async def test_each_reader_sees_times_in_their_own_zone(page: Page) -> None:
    await page.do("say", channel=page.general.id, text="x")
    assert ">12:00 PM</time>" in await page.get(f"/c/{page.general.id}")
    assert ">7:00 AM</time>" in await page.get(f"/c/{page.general.id}", person=page.ben)


async def test_what_one_person_may_not_see_is_shown_to_nobody_else(page: Page) -> None:
    secret = page.playground.add_channel(
        page.workspace.id, "secret", members=[page.ben.user], is_private=True
    )
    page.answers(page.general, text="only for Ben", ephemeral_to=page.ben.user_id)
    sent = await page.do("say", person=page.ben, channel=secret.id, text="hidden words")
    assert await page.status(f"/c/{secret.id}") == 404
    assert await page.status(f"/parts/c/{secret.id}/t/{sent['ts']}") == 404
    assert "secret" not in await page.get(f"/c/{page.general.id}")
    assert "only for Ben" not in await page.get(f"/c/{page.general.id}")
    html = await page.get(f"/c/{page.general.id}", person=page.ben)
    assert "Only visible to you" in html
    assert "only for Ben" in html


async def test_apps_are_badged_and_edits_marked(page: Page) -> None:
    page.answers(page.general, text="From the app")
    sent = await page.do("say", channel=page.general.id, text="frist")
    await page.do("edit", channel=page.general.id, ts=sent["ts"], text="first")
    html = await page.get(f"/c/{page.general.id}")
    assert '<span class="app-badge">APP</span>' in html
    assert "(edited)" in html
    assert "frist" not in html


async def test_a_thread_has_a_link_at_its_root_and_a_pane_of_its_own(page: Page) -> None:
    root = await page.do("say", channel=page.general.id, text="root")
    await page.do("say", channel=page.general.id, text="answer", thread_ts=root["ts"], person=page.ben)
    html = await page.get(f"/c/{page.general.id}")
    assert ">1 reply</span>" in html
    assert "answer" not in html
    html = await page.get(f"/c/{page.general.id}/t/{root['ts']}")
    assert 'aria-label="Reply…"' in html
    assert "answer" in html


async def test_an_unread_channel_is_bold_until_it_is_opened(page: Page) -> None:
    other = page.playground.add_channel(page.workspace.id, "alerts", members=[page.ana.user, page.ben.user])
    await page.do("say", person=page.ben, channel=other.id, text="@Ana Pereira look")
    link = re.compile(r'class="room( unread)?"[^>]*data-channel="' + other.id)
    sidebar = await page.get("/parts/sidebar")
    assert link.findall(sidebar) == [" unread"]
    assert 'aria-label="1 mention"' in sidebar
    await page.get(f"/c/{other.id}")
    assert link.findall(await page.get("/parts/sidebar")) == [""]


async def test_ones_own_messages_and_joinings_are_no_news(page: Page) -> None:
    marks = Marks()
    await page.do("say", channel=page.general.id, text="mine")
    page.playground.join(page.general.id, page.app.installations[page.workspace.id].bot_user_id)
    assert marks.unread(page.ana, page.general).messages == 0


async def test_private_channels_have_a_lock_and_archived_ones_are_gone(page: Page) -> None:
    page.playground.add_channel(page.workspace.id, "vault", members=[page.ana.user], is_private=True)
    old = page.playground.add_channel(page.workspace.id, "old", members=[page.ana.user])
    page.playground.set_archived(old.id, True, by=page.ana.user_id)
    html = await page.get("/parts/sidebar")
    assert 'vault</span><span class="hidden-text"> (private channel)' in html
    assert ">old<" not in html


async def test_a_public_channel_can_be_joined_before_writing_in_it(page: Page) -> None:
    random = page.playground.add_channel(page.workspace.id, "random", members=[page.ben.user])
    html = await page.get(f"/c/{random.id}")
    assert "Join channel" in html
    assert "data-composer" not in html
    assert "Join #random first" in (await page.do("say", channel=random.id, text="x"))["error"]
    await page.do("join", channel=random.id)
    assert "data-composer" in await page.get(f"/c/{random.id}")


async def test_an_app_is_invited_and_removed_by_its_name(page: Page) -> None:
    bot = page.app.installations[page.workspace.id].bot_user_id
    await page.do("say", channel=page.general.id, text="/invite @houston")
    assert bot in page.general.members
    await page.do("say", channel=page.general.id, text="/remove @Houston")
    assert bot not in page.general.members
    refused = await page.do("say", channel=page.general.id, text="/invite @nobody")
    assert refused["error"] == "There is no app named nobody in this workspace."


async def test_a_command_nobody_answers_is_told_to_its_writer_alone(page: Page) -> None:
    await page.do("say", channel=page.general.id, text="/houston help")
    assert "/houston failed with the error" in await page.get(f"/parts/c/{page.general.id}")
    assert "/houston failed" not in await page.get(f"/parts/c/{page.general.id}", person=page.ben)


async def test_commands_are_offered_to_the_composer_and_refused_in_threads(page: Page) -> None:
    root = await page.do("say", channel=page.general.id, text="root")
    assert '"/houston"' in await page.get(f"/c/{page.general.id}")
    refused = await page.do("say", channel=page.general.id, text="/houston help", thread_ts=root["ts"])
    assert refused["error"] == "/houston is not supported in threads. Sorry!"


async def test_a_reaction_is_added_by_one_press_and_taken_back_by_the_next(page: Page) -> None:
    sent = await page.do("say", channel=page.general.id, text="x")
    await page.do("react", channel=page.general.id, ts=sent["ts"], name="eyes")
    assert 'aria-pressed="true"' in await page.get(f"/parts/c/{page.general.id}")
    await page.do("react", channel=page.general.id, ts=sent["ts"], name="eyes")
    assert 'class="reaction"' not in await page.get(f"/parts/c/{page.general.id}")


async def test_a_message_being_written_can_be_stopped_and_shows_what_there_is(page: Page) -> None:
    page.answers(
        page.general,
        blocks=[{"type": "markdown", "text": "So **far**"}],
        stream=Stream(app_id=page.app.id, started_at=0),
    )
    html = await page.get(f"/parts/c/{page.general.id}")
    assert "So <strong>far</strong>" in html
    assert 'aria-busy="true"' in html
    assert "data-stop" in html


async def test_the_assistants_status_stands_in_thread_and_channel(page: Page) -> None:
    sent = await page.do("say", channel=page.general.id, text="x")
    until = page.playground.now() + 60
    page.playground.statuses[page.general.id, sent["ts"]] = Status(text="is thinking…", expires_at=until)
    for path in (f"/parts/c/{page.general.id}", f"/parts/c/{page.general.id}/t/{sent['ts']}"):
        assert "Houston is thinking…" in await page.get(path)


async def test_the_apps_messages_tab_offers_prompts_until_something_was_said(page: Page) -> None:
    dm = await page.ana.dm()
    assert 'data-prompt="How was revenue?"' in await page.get(f"/app/{page.app.id}/messages")
    await page.do("say", channel=dm.id, text="hello")
    assert "data-prompt" not in await page.get(f"/c/{dm.id}")


async def test_the_home_tab_is_drawn_from_what_the_app_published(page: Page) -> None:
    path = f"/app/{page.app.id}/home"
    assert "has not shown anything here yet" in await page.get(path)
    modals.publish_home(page.playground, page.app, page.workspace.id, page.ana.user_id, HOME)
    assert "All quiet" in await page.get(path)
    assert "All quiet" not in await page.get(path, person=page.ben)


async def test_the_top_modal_is_a_labelled_dialog_with_its_errors_under_the_fields(page: Page) -> None:
    view = modals.open_modal(page.playground, page.app, page.workspace.id, page.ana.user_id, MODAL)
    html = await page.get("/parts/modal")
    assert f'role="dialog" aria-modal="true" aria-labelledby="{view.id}-title"' in html
    answer = await page.do("submit", view_id=view.id, values={})
    assert answer["errors"] == {"note": "Please complete this required field."}
    refused = await page.do("submit", view_id=view.id, values={"note": "x"}, person=page.ben)
    assert refused["error"] == "This is not open any more."
    await page.do("close", view_id=view.id)
    assert "<dialog" not in await page.get("/parts/modal")


async def test_pressing_a_button_nobody_answers_says_so(page: Page) -> None:
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}, "value": "1"}
    message = page.answers(page.general, blocks=[{"type": "actions", "elements": [button]}])
    room, ts = page.general.id, message.ts
    answer = await page.do("click", channel=room, ts=ts, action_id="go", value="1")
    assert answer["error"].startswith("This app did not respond.")
    assert "no element 'gone'" in (await page.do("click", channel=room, ts=ts, action_id="gone"))["error"]


async def test_bad_deeds_are_refused_in_words(page: Page) -> None:
    assert (await page.do("say", channel=page.general.id))["error"] == "The field 'text' is missing."
    assert (await page.do("say", channel=page.general.id, text=" "))["error"] == "Write something first."
    assert (await page.post_raw("say", data="text=x")).status == 415
    assert (await page.post_raw("say", json=["x"])).status == 409
    assert (await page.post_raw("fly", json={})).status == 404
    for path in ("/c/CNOWHERE", "/app/ANONE/home", "/dm/UNONE", "/files/FNONE"):
        assert await page.status(path) == 404


async def test_uploaded_pictures_are_shown_and_other_files_only_downloaded(page: Page) -> None:
    for name, kind in (("a.png", "image/png"), ("a.html", "text/html")):
        page.playground.files[name] = File(
            id=name,
            workspace_id=page.workspace.id,
            user="",
            name=name,
            title=name,
            length=1,
            mimetype=kind,
            content=b"x",
        )
    async with page.session.get(f"{page.url}{page.base()}/files/a.png") as response:
        assert response.content_type == "image/png"
    async with page.session.get(f"{page.url}{page.base()}/files/a.html") as response:
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"] == "attachment"


async def test_the_feed_tells_of_changes_but_not_of_other_peoples(page: Page) -> None:
    secret = page.playground.add_channel(
        page.workspace.id, "secret", members=[page.ben.user], is_private=True
    )
    async with ClientSession() as session, session.get(f"{page.url}{page.base()}/feed") as response:
        assert await response.content.readline() == b": connected\n"
        await page.ben.say(secret.id, "hidden")
        modals.open_modal(page.playground, page.app, page.workspace.id, page.ben.user_id, MODAL)
        sent = await page.ben.say(page.general.id, "for all")
        change = await page.first_change(response)
    assert (change["kind"], change["channel"], change["ts"]) == ("message", page.general.id, sent.ts)


async def test_a_shared_channel_says_who_is_from_elsewhere(page: Page) -> None:
    acme = page.playground.add_workspace("Acme <Corp>")
    zoe = page.playground.add_user(acme.id, "zoe", real_name="Zoe Zimmer")
    page.playground.share_channel(page.general.id, acme.id, members=[zoe])
    stranger = Person(page.playground, acme.id, zoe.id)
    await stranger.say(page.general.id, "Hello from outside, @Ben Okafor")
    html = await page.get(f"/c/{page.general.id}")
    assert "Shared with Acme &lt;Corp&gt;" in html
    assert '<span class="author">Zoe Zimmer</span> <span class="company">Acme &lt;Corp&gt;</span>' in html
    assert "@Ben Okafor" in html
    url = f"{page.url}/w/{acme.id}/u/{zoe.id}/c/{page.general.id}"
    async with page.session.get(url) as response:
        theirs = await response.text()
    assert "Shared with Northwind" in theirs
    assert "Hello from outside" in theirs


async def test_the_feed_of_a_stranger_tells_of_the_shared_channel_alone(page: Page) -> None:
    acme = page.playground.add_workspace("Acme")
    zoe = page.playground.add_user(acme.id, "zoe")
    other = page.playground.add_channel(page.workspace.id, "inner", members=[page.ana.user])
    page.playground.share_channel(page.general.id, acme.id, members=[zoe])
    async with page.session.get(f"{page.url}/w/{acme.id}/u/{zoe.id}/feed") as response:
        await response.content.readline()
        await page.ana.say(other.id, "not for Acme")
        await page.ana.say(page.general.id, "for both")
        change = await page.first_change(response)
    assert (change["kind"], change["channel"]) == ("message", page.general.id)
