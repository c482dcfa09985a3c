import pytest

from bot.playground.composing import compose, rich_text
from bot.playground.person import NotAllowed, Person
from bot.playground.state import Playground
from tests.bot.playground.conftest import MANIFEST, Slack


def test_typed_text_is_escaped_and_names_become_references() -> None:
    playground = Playground()
    workspace = playground.add_workspace("Northwind")
    ann = playground.add_user(workspace.id, "ann", real_name="Ann Lee")
    room = playground.add_channel(workspace.id, "sales-emea", members=[ann])
    playground.add_channel(workspace.id, "sales")

    def composed(text: str) -> str:
        return compose(playground, workspace.id, text)

    assert composed("a < b & c") == "a &lt; b &amp; c"
    assert composed("@Ann Lee and @ann") == f"<@{ann.id}> and <@{ann.id}>"
    assert composed("mail ann@example.com") == "mail ann@example.com"
    assert composed("in #sales-emea") == f"in <#{room.id}|sales-emea>"
    assert composed("see https://example.com/?a=1&b=2") == "see <https://example.com/?a=1&amp;b=2>"
    assert composed("@here look") == "<!here> look"


def test_stored_text_has_a_rich_text_twin() -> None:
    block = rich_text("hi <@U0ANN> &amp; <https://a.example|a> <#C0ROOM|room> <!here>", "b")
    assert block["elements"][0]["elements"] == [
        {"type": "text", "text": "hi "},
        {"type": "user", "user_id": "U0ANN"},
        {"type": "text", "text": " & "},
        {"type": "link", "url": "https://a.example", "text": "a"},
        {"type": "text", "text": " "},
        {"type": "channel", "channel_id": "C0ROOM"},
        {"type": "text", "text": " "},
        {"type": "broadcast", "range": "here"},
    ]


async def test_people_see_only_what_they_may(slack: Slack) -> None:
    secret = slack.channel("secret", is_private=True)
    await slack.alice.say(secret.id, "between us")
    assert slack.bob.messages(secret.id) == []
    assert secret not in slack.bob.channels()
    with pytest.raises(NotAllowed, match="no such channel"):
        await slack.bob.say(secret.id, "let me in")
    with pytest.raises(NotAllowed, match="private"):
        await slack.bob.join(secret.id)


async def test_people_post_where_they_are_members_and_nothing_is_archived(slack: Slack) -> None:
    other = slack.channel("other")
    with pytest.raises(NotAllowed, match="Join #other first"):
        await slack.bob.say(other.id, "x")
    await slack.bob.join(other.id)
    await slack.bob.say(other.id, "x")
    slack.playground.set_archived(other.id, True, by=slack.alice.user_id)
    with pytest.raises(NotAllowed, match="archived"):
        await slack.bob.say(other.id, "y")


async def test_only_the_author_edits_and_deletes(slack: Slack) -> None:
    said = await slack.alice.say(slack.general.id, "mine")
    with pytest.raises(NotAllowed):
        await slack.bob.edit(slack.general.id, said.ts, "yours")
    await slack.alice.edit(slack.general.id, said.ts, "still mine")
    assert said.edited is not None
    await slack.alice.delete(slack.general.id, said.ts)
    assert slack.bob.messages(slack.general.id) == []


async def test_people_react(slack: Slack) -> None:
    said = await slack.alice.say(slack.general.id, "nice")
    await slack.bob.react(slack.general.id, said.ts, "tada")
    assert said.reactions == {"tada": [slack.bob.user_id]}
    await slack.bob.unreact(slack.general.id, said.ts, "tada")
    assert said.reactions == {}


def test_without_an_app_there_is_no_home() -> None:
    playground = Playground()
    workspace = playground.add_workspace("Empty")
    ann = playground.add_user(workspace.id, "ann")
    with pytest.raises(NotAllowed, match="No app"):
        _ = Person(playground, workspace.id, ann.id).app


def test_the_same_seed_makes_the_same_world() -> None:
    def world() -> tuple[str, str]:
        playground = Playground(now=lambda: 1_700_000_000.0)
        workspace = playground.add_workspace("Northwind")
        return workspace.id, playground.install(playground.create_app(MANIFEST), workspace.id)

    assert world() == world()


def test_a_channel_name_is_taken_once() -> None:
    playground = Playground()
    workspace = playground.add_workspace("Northwind")
    playground.add_channel(workspace.id, "general")
    with pytest.raises(ValueError, match="#general exists already"):
        playground.add_channel(workspace.id, "general")


def test_a_manifest_without_the_scope_for_its_commands_is_refused() -> None:
    manifest = {**MANIFEST, "oauth_config": {"scopes": {"bot": ["chat:write"]}}}
    with pytest.raises(ValueError, match="add `commands`"):
        Playground().create_app(manifest)
    with pytest.raises(ValueError, match=r"display_information\.name"):
        Playground().create_app({})
