"""The next step: calls to make, or something to say."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from houston.agent.messages import Message
from houston.agent.patterns.heard import CLIENTS, METRICS, SEGMENTS, Heard
from houston.agent.patterns.planning.asking import NEEDS_CLIENT, Doubt, doubt, which_person
from houston.agent.patterns.planning.kept import kept_names, likely_kept
from houston.agent.patterns.planning.plan import plan
from houston.agent.patterns.planning.recognised import named_thing
from houston.agent.patterns.planning.wanted import Done, Wanted, wanted
from houston.agent.patterns.pointing import names_no_more, of_this_thread
from houston.agent.patterns.understanding.asides import ALWAYS_DECLINED
from houston.agent.patterns.understanding.forbidden import forbidden
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.writes import asked_write
from houston.agent.patterns.wording import refusing, talk
from houston.agent.patterns.wording.answer import answer
from houston.agent.patterns.wording.figures import plain

MOST_WORDS = 25
"""In a longer message, some name is found by chance."""
ABOUT_PEOPLE = ("customers", "customer_count", "new_customers", "returning")


@dataclass(frozen=True, kw_only=True)
class Step:
    """What to do next: calls to make, or else something to say."""

    calls: tuple[Wanted, ...] = ()
    text: str = ""
    understood: bool = True


class ReadTurn:
    def __init__(self, messages: Sequence[Message], tools: frozenset[str]) -> None:
        self.heard = Heard(messages, tools)
        self.facts = self.heard.facts

    def next_step(self) -> Step:
        raw = self.heard.questions[-1]
        if kind := forbidden(raw, kinds=ALWAYS_DECLINED if asked_write(raw) else ()):
            return Step(text=refusing.refusal(kind))
        if missing := self.heard.missing((CLIENTS, METRICS)):
            return Step(calls=missing)
        question = self._of_its_owner(self.heard.question())
        if step := self._switched(question):
            return step
        if self._needs_segments(question):
            if missing := self.heard.missing((SEGMENTS,)):
                return Step(calls=missing)
            question = self._of_its_owner(self.heard.question())
        return self._said(question) or self._nobody(question) or self._looked_up(question)

    def _needs_segments(self, question: Question) -> bool:
        """`how many peak customers`, `off-peak members`: what nothing explains may be a segment."""
        if question.intent in ABOUT_PEOPLE:
            return bool(question.loose or question.rank or question.intent in ("returning", "new_customers"))
        figures = question.intent in NEEDS_CLIENT and self.facts.client is not None
        return figures and bool(question.strays) and SEGMENTS.tool in self.heard.tools

    def _of_its_owner(self, question: Question) -> Question:
        """Where no client is chosen, a metric that one client alone has is that client's."""
        free = self.facts.client is None and question.client is None and not question.clients
        if not free or question.by == "client" or question.intent not in NEEDS_CLIENT:
            return question
        switched = next((call for call, _ in self.heard.made if call.name == "switch_client"), None)
        if switched:
            return replace(question, client=json.loads(switched.arguments)["client"])
        owner = self.heard.catalogue().owner(question.metrics)
        return replace(question, client=owner.slug) if owner else question

    def _said(self, question: Question) -> Step | None:
        """What can be said, or must be asked, without reading anything more."""
        catalogue = self.heard.catalogue()
        if question.intent == "refused":
            return Step(text=refusing.refusal(question.declined))
        if question.intent == "beyond":
            return Step(text=refusing.without_data(question.declined), understood=False)
        if question.intent == "switch":
            return self._switch(question)
        if text := of_this_thread(question, self.facts, turns=len(self.heard.questions)):
            return Step(text=text)
        named = question.intent == "unknown" or likely_kept(question)
        if named and (step := self._kept_by_name(question)):
            return step
        switching = question.client and not question.strays and names_no_more(question.raw)
        if question.intent == "unknown" and switching:
            return self._switch(question)
        if unsure := doubt(question, catalogue, self.facts):
            return self._asked(unsure)
        if question.strays and question.intent in (*NEEDS_CLIENT, "unknown"):
            return Step(text=talk.unknown_words(question, catalogue, self.facts), understood=False)
        if question.intent == "unknown":
            return Step(text=talk.not_understood(question, catalogue, self.facts), understood=False)
        if question.intent in talk.ANSWERS:
            return Step(text=talk.ANSWERS[question.intent](question, catalogue, self.facts))
        if question.intent in NEEDS_CLIENT and not catalogue.metrics:
            return Step(text=talk.metric_list(question, catalogue, self.facts))
        return None

    def _kept_by_name(self, question: Question) -> Step | None:
        """What is named may be a report, an alert or a job: these are looked up before it is unknown."""
        words = len(question.raw.split())
        if not (question.strays or question.loose or words > 3) or words > MOST_WORDS:
            return None
        done = Done(result=self.heard.result, tools=self.heard.tools)
        kept = (*kept_names(question, self.facts, done), *((SEGMENTS,) if self.facts.client else ()))
        calls = tuple(call for call in kept if call.tool in self.heard.tools)
        if missing := self.heard.missing(calls):
            return Step(calls=missing)
        found = named_thing(question, [(call, self.heard.result(call) or {}) for call in calls])
        return self._looked_up(found) if found else None

    def _nobody(self, question: Question) -> Step | None:
        """`who is Anneke?`, who is no customer: a note may tell of her, or be hers."""
        if question.intent != "customers" or not (question.search and question.loose) or question.picked:
            return None
        done = Done(result=self.heard.result, tools=self.heard.tools)
        calls = plan(question, self.heard.catalogue(), self.facts, done)
        found = self.heard.result(calls[0]) if calls else None
        return self._kept_by_name(question) if found and found.get("customers") == [] else None

    def _looked_up(self, question: Question) -> Step:
        calls = plan(
            question,
            self.heard.catalogue(),
            self.facts,
            Done(result=self.heard.result, tools=self.heard.tools),
        )
        if not calls:
            return self._unanswerable(question)
        if missing := self.heard.missing(calls):
            return Step(calls=missing)
        if unsure := which_person(question, self.heard.result(calls[0]) or {}):
            return self._asked(unsure)
        results = [result for call in calls if (result := self.heard.result(call)) is not None]
        return Step(text=answer(question, results, self.facts))

    def _unanswerable(self, question: Question) -> Step:
        if question.intent == "write":
            return Step(text=answer(question, [], self.facts))
        return Step(text=f"I cannot look that up here. {refusing.CAN}", understood=False)

    def _asked(self, unsure: Doubt) -> Step:
        """By buttons where there are any, and in words either way."""
        text = _in_words(unsure)
        call = wanted("ask_person", question=unsure.question, options=list(unsure.options))
        if (
            len(unsure.options) > 1
            and "ask_person" in self.heard.tools
            and not self.heard.closed
            and (missing := self.heard.missing((call,)))
        ):
            return Step(calls=missing)
        return Step(text=text)

    def _switch(self, question: Question) -> Step:
        if question.client is None and question.loose:
            named = wanted("switch_client", client=" ".join(question.loose))
            if missing := self.heard.missing((named,)):
                return Step(calls=missing)
            error = (self.heard.result(named) or {}).get("error")
            if error:
                return Step(text=plain(str(error)))
        elif question.client is None:
            names = tuple(talk.client_names(self.heard.catalogue()))
            return self._asked(Doubt(question="Which client do you mean?", options=names[:5]))
        return Step(
            text=f"We are looking at **{talk.client_name(self.facts)}** now. What would you like to know?"
        )

    def _switched(self, question: Question) -> Step | None:
        """First the client that the question names, then the names that are used there."""
        if question.client is None or question.intent in ("refused", "beyond"):
            return None
        call = wanted("switch_client", client=question.client)
        current = self.facts.client.slug if self.facts.client else None
        if question.client != current and (missing := self.heard.missing((call,))):
            return Step(calls=(*missing, METRICS))
        result = self.heard.result(call)
        return Step(text=plain(str(result["error"]))) if result and "error" in result else None


def _in_words(unsure: Doubt) -> str:
    options = [f"**{plain(option)}**" for option in unsure.options]
    if not options:
        return plain(unsure.question)
    listed = " or ".join(filter(None, (", ".join(options[:-1]), options[-1])))
    return f"{plain(unsure.question).removesuffix('?')}: {listed}?"
