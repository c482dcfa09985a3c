"""All cases: what each test item tries, and how many cells that comes to."""

from collections.abc import Mapping

from tests.leaks.announcing import ANNOUNCEMENTS
from tests.leaks.api import API
from tests.leaks.buttons import BUTTONS
from tests.leaks.cells import Door
from tests.leaks.choosing import CHOICES
from tests.leaks.commands import COMMANDS
from tests.leaks.conversing import CONVERSING
from tests.leaks.endings import LEAVING, REVOKED, UNINSTALLED
from tests.leaks.handling import HANDLING
from tests.leaks.happenings import HAPPENINGS
from tests.leaks.inquiries import INQUIRIES
from tests.leaks.modals import MODALS
from tests.leaks.opinions import OPINIONS
from tests.leaks.peopling import PEOPLE
from tests.leaks.places import PLACES
from tests.leaks.proposals import PROPOSALS
from tests.leaks.receipts import RECEIPTS
from tests.leaks.reviews import REVIEWS
from tests.leaks.tooling import CHANGES, READS
from tests.leaks.watch_forms import FORMS
from tests.leaks.watch_rows import BUTTONS as WATCHED
from tests.leaks.watch_rows import LISTS
from tests.leaks.web import WEB

SLACK: Mapping[str, tuple[Door, ...]] = {
    "tools that read": READS,
    "tools that change": CHANGES,
    "commands": COMMANDS,
    "buttons": BUTTONS,
    "forms": MODALS,
    "events": HAPPENINGS,
    "people": PEOPLE,
    "alerts": HANDLING,
    "proposals": PROPOSALS,
    "inquiries": INQUIRIES,
    "opinions": OPINIONS,
    "going on": CONVERSING,
    "receipts": RECEIPTS,
    "destinations": PLACES,
    "choices": CHOICES,
    "what is watched": (*LISTS, *WATCHED, *REVIEWS),
    "forms of what is watched": FORMS,
}
ENDINGS: Mapping[str, tuple[Door, ...]] = {
    "people leave": LEAVING,
    "Houston is removed": (UNINSTALLED,),
    "its tokens are revoked": (REVOKED,),
}
HTTP = (*API, *WEB)

ALL = (
    *(door for doors in (*SLACK.values(), *ENDINGS.values()) for door in doors),
    *HTTP,
    *ANNOUNCEMENTS,
)
