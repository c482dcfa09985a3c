"""A place where a person acts on elements, and what the app is sent for it."""

from typing import TYPE_CHECKING, Any

from bot.playground import blocks, elements, interactions
from bot.playground.interactions import ActionResult
from bot.playground.nouns import App, Json, Message, NotAllowed, User, Values, View
from bot.playground.socket import Unanswered

if TYPE_CHECKING:
    from bot.playground.state import Playground


class Surface:
    def __init__(self, playground: "Playground", user: User, app: App, place: Message | View) -> None:
        self.playground = playground
        self.user = user
        self.app = app
        self._place = place

    @property
    def key(self) -> str:
        raise NotImplementedError

    @property
    def values(self) -> Values:
        """What the person has entered so far."""
        raise NotImplementedError

    @property
    def workspace_id(self) -> str:
        """Where the app is installed that the person deals with; a stranger is from elsewhere."""
        raise NotImplementedError

    @property
    def team(self) -> str:
        """The workspace that payloads name as `team`."""
        raise NotImplementedError

    def context(self) -> Json:
        """The part of the payload that says where it happened."""
        raise NotImplementedError

    def action_context(self) -> Json:
        return self.context()

    def fill(self, values: dict[str, Any]) -> Values:
        """Enters values, each named by its element's action_id or its block's block_id."""
        for name, given in values.items():
            block, element = self._named(name)
            self._enter(block, element, given)
        return self.values

    async def act(
        self, action_id: str, *, block_id: str | None, value: str | None, choose: Any
    ) -> ActionResult:
        block, element = elements.find(self._place.blocks, action_id, block_id, value)
        given = choose if choose is not None else value
        held, chosen = None, None
        if elements.is_stateful(element):
            await self._show(element, given)
            held = self._enter(block, element, given)
        else:
            chosen = _chosen(element, given)
        if block["type"] == "input" and not block.get("dispatch_action"):
            return ActionResult(ok=True)
        ts = self.playground.ids.ts()
        return await self._send(elements.action(block, element, held, chosen, ts))

    async def _send(self, action: Json) -> ActionResult:
        payload = self.payload("block_actions")
        payload |= self.action_context() | {"actions": [action], "trigger_id": self.trigger()}
        try:
            await self.playground.sockets.ask(self.app, "interactive", payload)
        except Unanswered as problem:
            return ActionResult(ok=False, error=problem.error)
        return ActionResult(ok=True)

    async def suggest(self, action_id: str, query: str) -> list[Json]:
        block, element = elements.find(self._place.blocks, action_id)
        if element["type"] not in elements.EXTERNAL or len(query) < element.get("min_query_length", 0):
            return []
        payload = self.payload("block_suggestion")
        payload |= self.context() | {
            "action_id": action_id,
            "block_id": block["block_id"],
            "value": query,
        }
        answer = await self.playground.sockets.ask(self.app, "interactive", payload)
        if blocks.suggestion_problems(answer):
            raise Unanswered("invalid_response")
        self._shown(action_id).extend(elements.options_of(answer))
        return list(answer.get("option_groups") or answer.get("options") or [])

    def payload(self, type: str) -> Json:
        return interactions.payload(self.playground, self.app, self.user, type, workspace_id=self.team)

    def trigger(self) -> str:
        return self.playground.grants.trigger(
            app_id=self.app.id,
            workspace_id=self.workspace_id,
            user_id=self.user.id,
            view_id=self._place.id if isinstance(self._place, View) else None,
        )

    def _shown(self, action_id: str) -> list[Json]:
        return self.playground.shown_options.setdefault((self.user.id, self.key, action_id), [])

    def _named(self, name: str) -> tuple[Json, Json]:
        for block, element in elements.interactive(self._place.blocks):
            if name in (element["action_id"], block["block_id"]) and elements.is_stateful(element):
                return block, element
        raise NotAllowed(f"There is no input {name!r} here.")

    def _enter(self, block: Json, element: Json, given: Any) -> Json:
        held = elements.entered(element, given, self._shown(element["action_id"]))
        self.values.setdefault(block["block_id"], {})[element["action_id"]] = held
        return held

    async def _show(self, element: Json, given: Any) -> None:
        """Looks an external select's options up, as typing the wanted label would."""
        if element["type"] not in elements.EXTERNAL:
            return
        for wanted in given if isinstance(given, list) else [given]:
            for query in (_query(wanted), ""):
                if not self._offers(element, wanted):
                    await self.suggest(element["action_id"], query)

    def _offers(self, element: Json, wanted: Any) -> bool:
        try:
            known = [*elements.preset_options(element), *self._shown(element["action_id"])]
            elements.choose(element, wanted, known)
        except NotAllowed:
            return wanted in (None, "")
        return True


def _chosen(element: Json, given: Any) -> Json | None:
    """What elements that keep nothing report: a menu's entry, or one of two feedback buttons."""
    if element["type"] == "overflow":
        return {"selected_option": elements.choose(element, given, elements.options_of(element))}
    if element["type"] == "feedback_buttons":
        for button in (element["positive_button"], element["negative_button"]):
            if given in (button.get("value"), button["text"]["text"]):
                return {"text": button["text"], "value": button.get("value")}
        raise NotAllowed(f"{element['action_id']!r} offers no feedback {given!r}.")
    return None


def _query(wanted: Any) -> str:
    if isinstance(wanted, dict):
        return str(wanted.get("text", {}).get("text", ""))
    return str(wanted or "")
