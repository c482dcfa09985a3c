"""*Not an outlier*: what people say of an incident, and what is changed because of it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from houston.access import Actor
from houston.errors import Conflict, Invalid, NotFound
from houston.notify.handling.pressed import pressed
from houston.team import audit
from houston.watch.chart import Chart
from houston.watch.definition import draft_of
from houston.watch.definitions import CHANGE, change
from houston.watch.detection.looks import named_by
from houston.watch.detection.mending import Kind, Mend, mends
from houston.watch.detection.trial import Trials, picture
from houston.watch.preview import DAYS
from houston.watch.review import ReviewSeen, differing, restored, seen
from store import Scope, Store, UnitOfWork
from store.tables import Episode, OutlierDefinition, Review


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A change, and how often the definition would have fired in the last 90 days, `before` it and
    `after`."""

    kind: Kind
    words: str
    before: int
    after: int
    chart: Chart | None


@dataclass(frozen=True, kw_only=True)
class Proposals:
    """`review` is what somebody said of this incident already."""

    metric: str
    sentence: str
    definition: str
    options: tuple[Proposal, ...]
    review: ReviewSeen | None


@dataclass(frozen=True, kw_only=True)
class _Said:
    """The incident of a message, its definition, and what somebody said of it."""

    episode: Episode
    definition: OutlierDefinition
    zone: ZoneInfo
    review: Review | None

    @property
    def metric_id(self) -> int | None:
        """Whose break began it."""
        id = self.episode.fired.get("metric_id")
        return id if isinstance(id, int) else None

    def mends(self) -> list[Mend]:
        return mends(draft_of(self.definition), self.episode, self.zone)


@dataclass(frozen=True, kw_only=True)
class Reviewing:
    """All raise NotFound for a message that is not known or out of sight, NotAllowed for strangers, and
    Conflict for one that tells of no outlier, or of a definition that is gone. `stale` is told that
    messages are out of date."""

    store: Store
    now: Callable[[], datetime]
    stale: Callable[[], None]

    async def propose(self, actor: Actor, delivery_id: int) -> Proposals:
        """What could be changed, each tried on the last 90 days."""
        async with self.store.read() as uow:
            said = await _said(uow, actor, delivery_id)
        trials = Trials(store=self.store, now=self.now)
        draft = draft_of(said.definition)
        past = await trials.past(actor.scope, draft, said.zone, DAYS)
        before = await trials.run(draft, past)
        options: list[Proposal] = []
        for mend in said.mends():
            after = await trials.run(mend.draft, past)
            options.append(
                Proposal(
                    kind=mend.kind,
                    words=mend.words,
                    before=len(before.fired),
                    after=len(after.fired),
                    chart=picture(after, before, metric_id=said.metric_id) if mend.kind != "none" else None,
                )
            )
        return Proposals(
            metric=named_by(said.episode.fired),
            sentence=str(said.episode.fired.get("reason", "")),
            definition=said.definition.name,
            options=tuple(options),
            review=seen(said.review, said.definition) if said.review else None,
        )

    async def apply(self, actor: Actor, delivery_id: int, kind: str) -> ReviewSeen:
        """Count the incident as none, and change the definition where an admin asks for that; of others
        the wish is kept. Raises Invalid for a kind that was not proposed, and Conflict where a change was
        made already."""
        async with self.store.begin() as uow:
            said = await _said(uow, actor, delivery_id)
            mend = next((each for each in said.mends() if each.kind == kind), None)
            if mend is None:
                raise Invalid("kind", "This change is not one of those proposed: open the form again.")
            _demand_unchanged(said)
            is_applied = actor.is_admin and kind != "none"
            review = self._review(actor, said, mend, is_applied=is_applied)
            await uow.reviews.save(review=review)
            if is_applied:
                await change(uow, actor, said.definition, mend.draft, self.now())
            await self._record(uow, actor, "outlier.reviewed", review)
            await uow.episodes.dismiss(
                scope=actor.scope, id=said.episode.id, by=review.said_by, name=review.said_name
            )
            await uow.commit()
        self.stale()
        return seen(review, said.definition)

    async def undo(self, actor: Actor, delivery_id: int) -> None:
        """Count it as an outlier again, and take back what was changed. Raises Conflict where there is
        nothing to take back, or the definition was changed since."""
        async with self.store.begin() as uow:
            said = await _said(uow, actor, delivery_id)
            if said.review is None:
                raise Conflict("Nobody called this no outlier.")
            told = json.loads(said.review.change)
            if told["is_applied"]:
                actor.demand_admin(CHANGE)
                await change(uow, actor, said.definition, restored(said.definition, told), self.now())
            elif not actor.is_admin and said.review.said_by != _member(actor):
                raise Conflict(f"{said.review.said_name} said so: only they or an admin can take it back.")
            await uow.reviews.delete(review=said.review)
            await self._record(uow, actor, "outlier.review_undone", said.review)
            await uow.episodes.dismiss(scope=actor.scope, id=said.episode.id, by="", name="")
            await uow.commit()
        self.stale()

    async def of(self, scope: Scope, episode_id: int) -> ReviewSeen | None:
        """What somebody said of an incident."""
        async with self.store.read() as uow:
            review = await uow.reviews.find(scope=scope, episode_id=episode_id)
            definition = await uow.definitions.find(scope=scope, id=review.definition_id) if review else None
        return seen(review, definition) if review and definition else None

    def _review(self, actor: Actor, said: _Said, mend: Mend, *, is_applied: bool) -> Review:
        before, after = differing(draft_of(said.definition), mend.draft)
        told = {"kind": mend.kind, "words": mend.words, "is_applied": is_applied}
        return Review(
            episode_id=said.episode.id,
            definition_id=said.definition.id or 0,
            client_id=said.definition.client_id,
            said_by=_member(actor),
            said_name=actor.name,
            said_at=self.now(),
            change=json.dumps(told | {"before": before, "after": after}),
        )

    async def _record(self, uow: UnitOfWork, actor: Actor, action: str, review: Review) -> None:
        told = json.loads(review.change)
        after = {"kind": told["kind"], "applied": told["is_applied"], "definition": review.definition_id}
        await audit.record(
            uow,
            actor,
            action,
            f"episode {review.episode_id}",
            after=after,
            clients=[review.client_id],
            now=self.now(),
        )


async def _said(uow: UnitOfWork, actor: Actor, delivery_id: int) -> _Said:
    found = await pressed(uow, actor, delivery_id)
    outliers = [each for each in found.episodes if each.type == "outlier" and "definition_id" in each.fired]
    if not outliers:
        raise Conflict("This message tells of no outlier.")
    episode = outliers[-1]
    definition = await uow.definitions.find(scope=actor.scope, id=episode.fired["definition_id"])
    if definition is None:
        raise Conflict("The definition that found this is not there any more.")
    workspace = await uow.workspaces.find(id=actor.scope.workspace_id or "")
    if workspace is None:
        raise NotFound("I do not know this message any more.")
    return _Said(
        episode=episode,
        definition=definition,
        zone=ZoneInfo(workspace.timezone),
        review=await uow.reviews.find(scope=actor.scope, episode_id=episode.id),
    )


def _demand_unchanged(said: _Said) -> None:
    """One change for each incident; a mere wish may be followed by a change."""
    if said.review and json.loads(said.review.change)["is_applied"]:
        raise Conflict(f"{said.review.said_name} called this no outlier already. Undo that first.")


def _member(actor: Actor) -> str:
    return f"{actor.scope.workspace_id}/{actor.user_id}"
