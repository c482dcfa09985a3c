"""A day at the sample agency: something of every kind that Houston tells of, in the demo's channels."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.demo import furnish
from bot.playground.state import Message
from houston import access
from houston.access import Actor
from houston.assembly import Houston
from houston.notify.quiet.hours import QuietHours
from houston.notify.rules.rules import RuleDraft
from houston.watch.rows import Sighting
from store.tables import Client
from tests.e2e.conftest import Running
from tests.patience import PATIENCE

ALERTS, NOTES, PIPELINES, LEADERSHIP = "marketing-alerts", "client-notes", "data-pipelines", "leadership"


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Newsday:
    """The demo's Houston with rules for everything; Mira is its admin."""

    on_air: Running
    mira: Actor
    acme: Client

    @property
    def houston(self) -> Houston:
        return self.on_air.houston

    async def rule(self, channel: str, event_type: str, **values: Any) -> None:
        ids = (self.on_air.slack.channel(channel),)
        await self.houston.rules.add(self.mira, RuleDraft(channels=ids, event_type=event_type, **values))

    async def posted(self, channel: str, text: str, *, thread_ts: str | None = None) -> Message:
        person, id = self.on_air.slack.person("mira"), self.on_air.slack.channel(channel)

        def found() -> Message | None:
            there = person.messages(id, thread_ts)
            return next((each for each in there if text in each.text + str(each.blocks)), None)

        return await person.wait_for(found, timeout=PATIENCE)

    async def alert(self, name: str, revenue: str, customers: str, *, ago: timedelta, **changes: Any) -> None:
        """A check of a data alert."""
        currents = {"Revenue < 10000": revenue, "New Customers < 50": customers}
        rules = [{"text": text, "current": current} for text, current in currents.items()]
        payload = {
            "alert": name,
            "report": "Q4 Sales Dashboard",
            "url": "https://reports.example/q4",
            "runbook": "https://wiki.example/sales",
            "owner": self.mira.user_id,
            "rules": rules,
        }
        checked: dict[str, Any] = {"verdict": "breach", "severity": "warning"} | changes
        sighting = Sighting(
            key=f"alert:{name}",
            type="data_alert",
            client_id=self.acme.id,
            subject=name,
            at=now() - ago,
            payload=payload,
            **checked,
        )
        await self.houston.episodes.see(sighting)

    async def errors(self, times: int) -> None:
        for _ in range(times):
            await self.houston.faults.report(
                access.everything(),
                title="OperationalError",
                message="could not connect to server: Connection refused\n\tIs the server running on db-1?",
                service="reports",
                url="https://errors.example/7",
            )

    async def job(self, job: str, state: str, *, attempt: int = 1, error: str = "") -> None:
        await self.houston.task_runs.report(
            access.everything(),
            job=job,
            run_id=f"{state}-{attempt}",
            state=state,
            attempt=attempt,
            error=error,
            url="https://pipelines.example/runs/1",
            client_id=self.acme.id,
        )

    async def notes(self) -> None:
        note = await self.houston.notes.write(
            access.everything(),
            title="Christmas budget raised to $4,000 a day",
            body="Until Dec 24. The extra goes to google-ads; see the plan in the shared folder.",
            author="Jonas Brandt",
            client_id=self.acme.id,
        )
        await self.houston.notes.update(
            access.everything(), note.id, status="done", body="Until Dec 31, after all."
        )

    async def notebook(self, status: str, message: str) -> None:
        await self.houston.notebook_alerts.report(
            access.everything(),
            notebook="Data Processing Update",
            status=status,
            message=message,
            url="https://notebooks.example/1",
            client_id=self.acme.id,
        )

    async def let_go(self) -> None:
        """As when quiet hours end."""
        async with self.houston.store.begin() as uow:
            workspace_id = self.on_air.slack.workspace.id
            await uow.deliveries.release(workspace_id=workspace_id, bundle_prefix="quiet:", now=now())
            await uow.commit()

    async def digest(self) -> None:
        """Of the time that comes next, in the workspace's zone."""
        zone = (await self.houston.digest_setup.get(self.mira.scope)).timezone
        soon = now().astimezone(zone) + timedelta(minutes=2)
        await self.houston.digest_setup.set_time(self.mira, f"{soon:%H:%M}")
        settings = await self.houston.digest_setup.switch(self.mira, on=True)
        assert settings.next_at
        await self.houston.digests.due(settings.next_at)


async def opened(on_air: Running) -> Newsday:
    """Houston begins to tick once it is furnished, which takes the database for a while."""
    await furnish(on_air.houston, on_air.slack, now=now)
    on_air.houston.start()
    workspace_id, user_id = on_air.slack.workspace.id, on_air.slack.person("mira").user_id
    mira = await on_air.houston.access.actor(workspace_id, user_id)
    acme = await on_air.houston.clients.find(mira.scope, "acme")
    day = Newsday(on_air=on_air, mira=mira, acme=acme)
    await day.rule(ALERTS, "data_alert")
    await day.rule(ALERTS, "notebook_alert")
    await day.rule(LEADERSHIP, "daily_digest")
    quiet = f"daily {now() - timedelta(hours=3):%H:%M}-{now() + timedelta(hours=3):%H:%M}"
    await day.rule(LEADERSHIP, "data_alert", quiet_hours=QuietHours.parse(quiet, "UTC"))
    return day
