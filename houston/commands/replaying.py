"""`app.py replay`: time moves over stored points."""

import json

from houston import access
from houston.assembly import Houston
from houston.commands.progress import bar
from houston.watch.replay import Stretch, replay


async def replay_stretch(houston: Houston, stretch: Stretch, client: str, *, as_json: bool) -> None:
    found = await houston.clients.find(access.everything(), client)
    length = (stretch.end - stretch.start).total_seconds()
    with bar() as shown:
        task = shown.add_task("Replaying", total=length)
        findings = await replay(
            houston.store,
            houston.checks,
            found,
            stretch,
            lambda moment: shown.update(task, completed=(moment - stretch.start).total_seconds()),
        )
        shown.update(task, completed=length)
    for finding in findings:
        print(json.dumps(finding.as_dict()) if as_json else finding.sentence())
    if not as_json:
        told = "recorded; a running Houston posts them" if stretch.deliver else "found; nothing was told"
        print(f"{sum(each.is_news for each in findings)} alerts {told}.")
