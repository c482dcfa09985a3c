"""Cases of `/houston` and everything that can follow it."""

from tests.leaks.acts import (
    at_home,
    elsewhere,
    in_desk,
    in_rooms,
    rows,
    runs,
    says_the_same,
    slug,
)
from tests.leaks.cells import ADMINS, EVERYBODY, READERS, Attempt, Door, foreign, own

OTHERS = tuple(who for who in EVERYBODY if who != "agency admin")
LISTENER = "command /houston"


def _honest(line: str, *, shows: tuple[str, ...] = (), also: tuple[Attempt, ...] = ()) -> tuple[Attempt, ...]:
    """In everybody's own room, in every other that they are in, and in one of another workspace."""
    return (
        Attempt(name="honest", make=at_home(runs(line)), shows=shows),
        *in_rooms("honest", runs(line)),
        elsewhere("forged", runs(line)),
        *also,
    )


def _plain(line: str) -> tuple[Attempt, ...]:
    """For what shows nobody's data: in everybody's own room only."""
    return (Attempt(name="honest", make=at_home(runs(line))), elsewhere("forged", runs(line)))


def _numbered(verb: str) -> tuple[Attempt, ...]:
    """Rules by number: their own where they have some, another client's, and none at all."""

    def of(owner_of: object) -> Attempt:
        whose = own if owner_of == "own" else foreign
        kind = "rule" if owner_of == "own" else "agency rule"
        line = runs(lambda house, who: f"rules {verb} {rows(house, whose(who)).ids[f'{kind} number']}")
        return Attempt(name="their own" if owner_of == "own" else "another's number", make=at_home(line))

    nothing = Attempt(name="no such number", make=at_home(runs(f"rules {verb} 4711")))
    unnumbered = Attempt(name="no number", make=at_home(runs(f"rules {verb} {slug('b')}")))
    return (*((of("own"),) if verb != "delete" else ()), of("another"), nothing, unnumbered)


def _door(name: str, attempts: tuple[Attempt, ...]) -> Door:
    return Door(name=name, attempts=attempts, enters=LISTENER)


def _names(line: str) -> Attempt:
    """The slug of a client outside, typed after it."""
    return Attempt(name="another's slug", make=at_home(runs(lambda _, who: f"{line} {slug(foreign(who))}")))


READING = tuple(READERS)

COMMANDS = (
    _door(
        "/houston",
        (*_honest(""), Attempt(name="a word that is none", make=at_home(runs("clinets"))), _names("sesame")),
    ),
    _door("/houston help", _plain("help")),
    _door(
        "/houston ask",
        (
            *_honest("ask What is going on?", shows=READING),
            Attempt(
                name="another's --client",
                make=at_home(runs(lambda _, who: f"ask --client {slug(foreign(who))} What is going on?")),
            ),
            says_the_same(
                "--client of none and of another", lambda name: runs(f"ask --client {name} What is going on?")
            ),
            Attempt(name="nothing", make=at_home(runs("ask"))),
        ),
    ),
    _door("/houston rules", _honest("rules", shows=ADMINS, also=(_names("rules"),))),
    _door("/houston rules add", (*_plain("rules add"), _names("rules add"))),
    _door("/houston rules pause", _numbered("pause")),
    _door("/houston rules resume", _numbered("resume")),
    _door("/houston rules delete", _numbered("delete")),
    _door("/houston outliers", _honest("outliers", shows=READING, also=(_names("outliers"),))),
    _door("/houston clients", _honest("clients", shows=READING[:3], also=(_names("clients"),))),
    _door(
        "/houston note",
        (
            *_honest("note Something to remember"),
            Attempt(
                name="another's --client",
                make=at_home(runs(lambda _, who: f"note --client {slug(foreign(who))} Remember")),
            ),
            says_the_same(
                "--client of none and of another", lambda name: runs(f"note --client {name} Remember")
            ),
        ),
    ),
    _door("/houston status", (*_honest("status"), _names("status"))),
    _door(
        "/houston timezone",
        (*_plain("timezone"), Attempt(name="UTC", make=at_home(runs("timezone UTC"))), _names("timezone")),
    ),
    _door(
        "/houston client",
        (
            *_honest("client"),
            Attempt(
                name="their own where it is bound",
                make=in_desk(runs(lambda _, who: f"client {slug(own(who))}")),
                who=("agency admin", "agency member", "member with one client"),
            ),
            Attempt(
                name="another's",
                make=at_home(runs(lambda _, who: f"client {slug(foreign(who))}")),
                who=OTHERS,
            ),
            Attempt(name="none", make=at_home(runs("client none")), who=OTHERS),
            says_the_same("of none and of another", lambda name: runs(f"client {name}")),
        ),
    ),
    _door("/houston people", (*_plain("people"), _names("people"))),
    _door("/houston audit", _honest("audit", shows=("agency admin",), also=(_names("audit"),))),
)
