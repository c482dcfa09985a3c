"""`Revenue changed`, `Revenue drops 20% vs last week`, `Users rises by 500 vs yesterday`."""

from houston.watch.alerts.conditions.kinds import Changed, Column, Condition, Number, Shift, Which, Wish
from houston.watch.alerts.conditions.numbers import number
from houston.watch.alerts.conditions.phrases import AUXILIARY, BEFORE_AMOUNT, VERBS, VERSUS, WISHES
from houston.watch.alerts.conditions.sentence import Sentence
from houston.watch.quoting import nearest

KNOWN_WISHES = "previous run, yesterday, last week and same day last week"
AMOUNT = frozenset("0123456789$€£¥₹.+-−")


def movement(said: Sentence) -> Condition | None:
    """None where no verb says so. Raises ConditionError."""
    verb = _verb(said)
    if verb is None:
        return None
    column, which = said.subject(_named(said, verb))
    versus = said.find(VERSUS, verb + 1)
    ends = versus[0] if versus else len(said.tokens)
    wish = _wish(said, *versus) if versus else "previous"
    if ends == verb + 1 and said.words[verb] == "changed":
        return Changed(text=said.text, column=column, which=which, wish=wish)
    return _shift(said, verb, ends, (column, which, wish))


def _verb(said: Sentence) -> int | None:
    """The first verb that nothing but an amount, a comparison or the end follows."""
    return next(
        (
            index
            for index in range(said.start + 1, len(said.tokens))
            if said.words[index] in VERBS and _is_followed(said, index + 1)
        ),
        None,
    )


def _is_followed(said: Sentence, index: int) -> bool:
    if index >= len(said.tokens) or said.begins(index, (*BEFORE_AMOUNT, *VERSUS)):
        return True
    return said.text[said.at(index)] in AMOUNT


def _named(said: Sentence, verb: int) -> int:
    """Where the column's name ends: `Revenue has changed`."""
    is_helped = verb - 1 > said.start and said.words[verb - 1] in AUXILIARY
    return verb - is_helped


def _shift(said: Sentence, verb: int, ends: int, about: tuple[Column, Which, Wish]) -> Shift:
    after = verb + 1
    if phrase := said.begins(after, BEFORE_AMOUNT):
        after += len(phrase.split())
    if after >= ends:
        said.refuse(f"Write by how much, like {said.words[verb]} 20% or by 500", said.at(after))
    amount = number(said.text, said.at(after), said.end(ends))
    if amount.value <= 0:
        said.refuse("Write an amount above zero", said.at(after))
    column, which, wish = about
    return Shift(
        text=said.text,
        column=column,
        direction=VERBS[said.words[verb]],
        amount=_percent(amount),
        which=which,
        wish=wish,
    )


def _percent(amount: Number) -> Number:
    return Number(value=amount.value, after="%") if amount.is_percent else amount


def _wish(said: Sentence, index: int, phrase: str) -> Wish:
    start = index + len(phrase.split())
    written = " ".join(each for each in said.words[start:] if each != "the")
    if written not in WISHES:
        meant = nearest(written, WISHES) if written else None
        hint = f" Did you mean {meant}?" if meant else ""
        said.refuse(f"I can compare with {KNOWN_WISHES}.{hint}", said.at(start))
    return WISHES[written]
