"""Which look-ups of an answer share a card."""

from bot.answers.lookups import Lookups, in_short
from bot.answers.pending import Said
from houston.agent.turn import CardChanged, CardState


def looking(name: str, state: CardState = "running", *, is_lookup: bool = True) -> CardChanged:
    subject = name if is_lookup else ""
    return CardChanged(id=name, title=f"Reading {name}", state=state, detail="1 row", subject=subject)


def each(names: str, state: CardState = "running") -> list[Said]:
    return [looking(name, state) for name in names]


def told(items: list[Said]) -> list[tuple[str, str]]:
    """Title and state of cards; texts as they are."""
    return [("", item) if isinstance(item, str) else (item.title, item.state) for item in items]


def details(items: list[Said]) -> list[str]:
    return [item.detail for item in items if isinstance(item, CardChanged)]


def test_up_to_three_look_ups_have_a_card_each() -> None:
    lookups = Lookups()
    assert told(lookups.cards(each("abc"))) == [(f"Reading {name}", "running") for name in "abc"]
    assert told(lookups.cards(each("b", "done"))) == [("Reading b", "done")]


def test_more_of_a_step_are_one_card_that_is_told_anew_only_where_it_changes() -> None:
    lookups = Lookups()
    assert told(lookups.cards(each("abcd"))) == [("Looking at a, b, c and d", "running")]
    assert lookups.cards(each("ac", "done")) == []
    last = lookups.cards(each("bd", "done"))
    assert told(last) == [("Looking at a, b, c and d", "done")]
    assert details(last)[0].count("1 row") == 4


def test_step_after_step_there_are_four_cards_and_the_last_takes_the_rest() -> None:
    lookups = Lookups()
    for name in "abcd":
        lookups.cards(each(name))
        assert told(lookups.cards(each(name, "done"))) == [(f"Reading {name}", "done")]
    assert told(lookups.cards(each("ef"))) == [("Looking at d, e and f", "running")]
    assert details(lookups.cards(each("ef", "done"))) == [""], "Slack adds to a detail"
    assert [text.count("1 row") for text in details(lookups.cards(["So it is."]))] == [3]


def test_what_comes_after_a_text_has_cards_of_its_own() -> None:
    lookups = Lookups()
    assert told(lookups.cards([*each("abcd", "done"), "So far.", *each("e")])) == [
        ("Looking at a, b, c and d", "done"),
        ("", "So far."),
        ("Reading e", "running"),
    ]


def test_a_look_up_that_ends_after_a_text_ends_on_its_own_card() -> None:
    lookups = Lookups()
    lookups.cards([*each("abcd"), "Meanwhile."])
    assert told(lookups.cards(each("abcd", "done"))) == [("Looking at a, b, c and d", "done")]


def test_what_is_no_look_up_keeps_its_card() -> None:
    notes: list[Said] = [looking(name, is_lookup=False) for name in "vwxyz"]
    assert len(Lookups().cards([*notes, *each("abc")])) == 8


def test_the_end_tells_what_the_last_card_came_to() -> None:
    lookups = Lookups()
    for name in "abcde":
        lookups.cards(each(name, "done"))
    (card,) = lookups.close()
    assert card.title == "Looking at d and e"
    assert card.detail.count("1 row") == 2
    assert lookups.close() == []


def test_an_answer_that_comes_at_once_has_few_cards_too() -> None:
    cards = [item for item in each("abcdef", "done") if isinstance(item, CardChanged)]
    assert told(list(in_short(cards))) == [("Looking at a, b, c and 3 more", "done")]
