"""All services of Houston in one place, part by part."""

from dataclasses import dataclass

from houston.access import Access
from houston.assembly.delivering import Delivering
from houston.assembly.recording import Recording
from houston.assembly.reporting import Reporting
from houston.assembly.talking import Talking
from houston.assembly.teaming import Teaming
from houston.assembly.telling import Telling
from houston.assembly.watching import Watching
from houston.schedule import Timetable
from houston.status import Statuses
from store import Store


@dataclass(frozen=True, kw_only=True)
class Houston(Delivering, Watching, Recording, Reporting, Telling, Teaming, Talking):
    """Everything that a listener, a route or a command may call: the services of all parts."""

    store: Store
    access: Access
    status: Statuses
    timetable: Timetable | None

    def start(self) -> None:
        """Begin to deliver and to check; needs a messenger."""
        assert self.timetable is not None
        self.timetable.start()

    async def close(self) -> None:
        """Stop ticking, give back what is not posted, write what waits, and let the store go."""
        if self.timetable:
            await self.timetable.stop()
        await self.alert_checks.close()
        await self.feeds.close()
        if self.dispatcher:
            await self.dispatcher.close()
        await self.outbox.close()
        await self.store.close()

    @classmethod
    def of(
        cls,
        out: Delivering,
        watched: Watching,
        recorded: Recording,
        reported: Reporting,
        told: Telling,
        team: Teaming,
        talk: Talking,
        *,
        store: Store,
        access: Access,
        status: Statuses,
        timetable: Timetable | None,
    ) -> "Houston":
        """One line for each service, so that types are checked."""
        return cls(
            store=store,
            access=access,
            status=status,
            timetable=timetable,
            outbox=out.outbox,
            dispatcher=out.dispatcher,
            stale=out.stale,
            failing=out.failing,
            notices=out.notices,
            trials=out.trials,
            permalinks=out.permalinks,
            episodes=watched.episodes,
            metrics=watched.metrics,
            metric_settings=watched.metric_settings,
            definitions=watched.definitions,
            previews=watched.previews,
            checks=watched.checks,
            freshness=watched.freshness,
            occurrences=watched.occurrences,
            reviewing=watched.reviewing,
            notes=recorded.notes,
            customers=recorded.customers,
            imports=recorded.imports,
            task_runs=recorded.task_runs,
            notebook_alerts=recorded.notebook_alerts,
            faults=recorded.faults,
            data_sources=reported.data_sources,
            reports=reported.reports,
            feeds=reported.feeds,
            alerts=reported.alerts,
            alert_checks=reported.alert_checks,
            purging=reported.purging,
            rules=told.rules,
            preferences=told.preferences,
            pausing=told.pausing,
            destinations=told.destinations,
            new_destinations=told.new_destinations,
            default_channel=told.default_channel,
            resuming=told.resuming,
            history=told.history,
            receipts=told.receipts,
            going_on=told.going_on,
            handling=told.handling,
            muting=told.muting,
            escalations=told.escalations,
            digests=told.digests,
            digest_setup=told.digest_setup,
            workspaces=team.workspaces,
            invitations=team.invitations,
            onboarding=team.onboarding,
            setups=team.setups,
            erasure=team.erasure,
            members=team.members,
            roles=team.roles,
            channels=team.channels,
            approvals=team.approvals,
            answering=team.answering,
            bindings=team.bindings,
            clients=team.clients,
            api_keys=team.api_keys,
            audits=team.audits,
            desk=talk.desk,
            conversations=talk.conversations,
            approving=talk.approving,
            expiring=talk.expiring,
            budgets=talk.budgets,
            judging=talk.judging,
            sharing=talk.sharing,
            surroundings=talk.surroundings,
            suggestions=talk.suggestions,
        )
