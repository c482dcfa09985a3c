"""Writes that answers propose: kept until their asker decides, and done once, exactly as they were shown."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic_core import to_json, to_jsonable_python

from houston.access import Access, Actor
from houston.agent.approving.decided import told
from houston.agent.approving.deciding import WAITS, Asked, Deciding, columns, is_as_shown
from houston.agent.conversations.past import shows
from houston.agent.desk import Desk
from houston.agent.messages import ToolCall
from houston.agent.tool import Change, Tool, ToolContext, ToolError
from houston.errors import HoustonError, NotFound
from store import Store
from store.tables import Approval

GONE = "You do not see here any more what this is about. Nothing was changed."
UNSURE = "Something went wrong while it was being done: look whether it was, and ask again if not."


@dataclass(frozen=True, kw_only=True)
class Approving:
    """`tools` are the writes, by name. What an asker may do is decided anew when they press."""

    store: Store
    access: Access
    desk: Desk
    tools: Mapping[str, Tool]
    now: Callable[[], datetime]

    async def propose(
        self,
        *,
        turn_id: int,
        workspace_id: str,
        user_id: str,
        call: ToolCall,
        change: Change,
        client_id: int | None,
    ) -> Approval:
        """Keep what a write's preview said, for its asker to decide within half an hour."""
        arguments = self.tools[call.name].parse(call.arguments)
        approval = Approval(
            turn_id=turn_id,
            workspace_id=workspace_id,
            user_id=user_id,
            client_id=client_id if change.client_id is None else change.client_id,
            tool=call.name,
            arguments=to_jsonable_python(arguments),
            **columns(change),
            created_at=self.now(),
            expires_at=self.now() + WAITS,
        )
        async with self.store.begin() as uow:
            await uow.approvals.add(approval=approval)
            await uow.commit()
        return approval

    async def posted(self, workspace_id: str, approval_id: int, ts: str) -> None:
        """Which message is its card."""
        async with self.store.begin() as uow:
            await uow.approvals.posted(workspace_id=workspace_id, id=approval_id, ts=ts)
            await uow.commit()

    async def outcomes(self, conversation_id: int) -> Mapping[int, tuple[str, ...]]:
        """What became of each turn's proposals, a sentence each, by the turn's id."""
        async with self.store.read() as uow:
            found = await uow.approvals.of_conversation(conversation_id=conversation_id)
        sentences: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
        for approval in found:
            sentences[approval.turn_id] += (told(approval, self.now()),)
        return dict(sentences)

    async def approve(self, actor: Actor, id: int) -> Approval:
        """As it stands afterwards; another one, waiting, where it would do something else by now.

        Raises NotFound, NotAllowed for anybody but its asker, Conflict while it is being done.
        """
        asked, asker = await self._asked(actor, id)
        approval = asked.approval
        if closed := await self._deciding.closed(asked):
            return closed
        try:
            context = await self._context(asked, asker)
            tool, arguments = self._call(approval)
            change = await _previewed(tool, context, arguments)
        except (HoustonError, ToolError) as refused:
            return await self._deciding.settle(approval, "failed", _words(refused))
        if not is_as_shown(approval, change):
            return await self._deciding.again(approval, change)
        if not await self._deciding.claim(approval, asker):
            return await self.approve(actor, id)
        return await self._do(approval, tool, context, arguments)

    async def decline(self, actor: Actor, id: int) -> Approval:
        """As it stands afterwards. Raises as `approve`."""
        asked, _ = await self._asked(actor, id)
        closed = await self._deciding.closed(asked)
        return closed or await self._deciding.settle(asked.approval, "declined")

    @property
    def _deciding(self) -> Deciding:
        return Deciding(store=self.store, now=self.now)

    def _call(self, approval: Approval) -> tuple[Tool, dict[str, Any]]:
        tool = self.tools[approval.tool]
        return tool, tool.parse(to_json(approval.arguments).decode())

    async def _asked(self, actor: Actor, id: int) -> tuple[Asked, Actor]:
        """A proposal, and its asker as they are now where they asked. Raises NotFound, also where they
        would not see by now what was answered; NotAllowed."""
        asked = await self._deciding.asked(actor, id)
        approval, channel = asked.approval, asked.conversation.channel
        asker = await self.access.actor(approval.workspace_id, approval.user_id, channel)
        if not shows(asker.scope, asked.turn):
            raise NotFound(GONE)
        return asked, replace(asker, via=f"answer {approval.turn_id}")

    async def _context(self, asked: Asked, actor: Actor) -> ToolContext:
        """Raises NotFound where the client is not there any more."""
        approval = asked.approval
        async with self.store.read() as uow:
            member = await uow.members.find(workspace_id=approval.workspace_id, user_id=approval.user_id)
            client_id = approval.client_id
            client = await uow.clients.get(scope=actor.scope, id=client_id) if client_id else None
        if client_id and client is None:
            raise NotFound(GONE)
        return ToolContext(
            actor=actor,
            client=client,
            member=actor.name,
            zone=ZoneInfo(member.timezone if member else "UTC"),
            now=self.now(),
            desk=self.desk,
            channel=asked.conversation.channel,
        )

    async def _do(
        self, approval: Approval, tool: Tool, context: ToolContext, arguments: Mapping[str, Any]
    ) -> Approval:
        """Ours alone, since it was claimed."""
        approval.state = "approved"
        try:
            done = await tool.run(context, arguments)
        except (HoustonError, ToolError) as refused:
            return await self._deciding.settle(approval, "failed", _words(refused))
        except Exception:
            await self._deciding.settle(approval, "failed", UNSURE)
            raise
        return await self._deciding.settle(approval, "done", str(done["done"]))


async def _previewed(tool: Tool, context: ToolContext, arguments: Mapping[str, Any]) -> Change:
    assert tool.preview is not None
    return await tool.preview(context, **arguments)


def _words(refused: HoustonError | ToolError) -> str:
    return refused.message if isinstance(refused, HoustonError) else str(refused)
