"""A talk of the story at any point between its beginning and agreed, for the tests of what comes when."""

import uuid
from datetime import date

from django.urls import reverse

from fairlead.commons.factors.services import factor_name, question_answer
from fairlead.commons.improvements.services import improvement_plan
from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.services import incident_record
from fairlead.core.playbook.reader import load_default
from fairlead.core.visibility import Act
from fairlead.private.cases.door import OpenCase, open_case
from fairlead.private.cases.services import case_open, talk_end
from fairlead.private.checkins.services import first_checkin_fix
from fairlead.private.conversations.services import reading_confirm, text_save
from fairlead.private.promises.services import promise_answer, promise_make
from fairlead.private.walks.services import walk_decide
from tests.cast import Cast
from tests.rules.world import WALK, soon, walk_parts

FETCH = {"X-Requested-With": "fetch"}
HONEST = {**WALK, "chosen": "no", "chosen_evidence": "Every step was done."}
for _later in ("peers_same", "red_line", "risk_set_aside"):
    HONEST.pop(_later, None)
    HONEST.pop(f"{_later}_evidence", None)


class Talk:
    """One talk and the two who hold it; each step is one method."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.case = cast, uuid.uuid4()
        values = {"title": "Routing loop", "zone": "UTC", "mechanism": "untried_in_production"}
        self.incident: Incident = incident_record(
            cast.actor("teammate"), incident_id=uuid.uuid4(), values=values
        )
        case_open(cast.actor("manager"), case_id=self.case, engineer=cast.engineer, incident=self.incident)

    def opened(self, who: str, act: Act) -> OpenCase:
        return open_case(self.cast.actor(who), self.case, act)

    def at(self, route: str, **more: object) -> str:
        return reverse(route, kwargs={"case_id": self.case, **more})

    def held(self) -> "Talk":
        talk_end(self.opened("manager", Act.LEAD_TALK))
        return self

    def write(self, who: str, slot: str, words: str, **more: object) -> object:
        act = {"account": Act.WRITE_ACCOUNT, "team_message": Act.DRAFT_MESSAGE}.get(slot, Act.WRITE_NOTES)
        where = {"sitting": uuid.uuid4(), "edit": 1, "base": 0, **more}
        return text_save(self.opened(who, act), slot=slot, words=words, **where)

    def told(self) -> "Talk":
        self.held()
        self.write("engineer", "account", "I tried it in the lab.")
        self.write("manager", "facts", "The lab lacks a route.")
        return self

    def both_read(self) -> "Talk":
        reading_confirm(self.opened("engineer", Act.READ), what="record")
        reading_confirm(self.opened("manager", Act.READ), what="record")
        return self

    def walked(self, answers: dict[str, str] | None = None, decision: int | None = 1) -> "Talk":
        given, evidence = walk_parts(answers or HONEST)
        walk_decide(
            self.opened("manager", Act.WALK),
            walk_id=uuid.uuid4(),
            action="Rolling it out",
            answers=given,
            evidence=evidence,
            decision=decision,
            reasons="Looked at together.",
        )
        return self

    def systems_answered(self) -> "Talk":
        actor = self.cast.actor("manager")
        for question in load_default().factor_questions:
            if question.key not in {"A1", "O1", "X"}:
                question_answer(
                    actor, incident=self.incident, question=question.key, answer="no", reason="Looked at it."
                )
        factors = [
            factor_name(
                actor,
                factor_id=uuid.uuid4(),
                incident=self.incident,
                question=key,
                leaf="other",
                words="One route less.",
                owner="Head of network",
            )
            for key in ("A1", "O1")
        ]
        improvement_plan(
            actor,
            improvement_id=uuid.uuid4(),
            incident=self.incident,
            words="The lab gets the route",
            strength="stronger",
            owner="Network team",
            due_on=date(2027, 1, 8),
            factors=factors,
        )
        return self

    def promised(self) -> "Talk":
        for side in ("manager", "engineer"):
            made = promise_make(
                self.opened("manager", Act.PROMISE),
                promise_id=uuid.uuid4(),
                owed_by=side,
                words="Lab budget",
                due_on=date(2027, 1, 8),
            )
            promise_answer(self.opened("engineer", Act.PROMISE), promise=made, action="accept")
        return self

    def ready(self) -> "Talk":
        """Everything is there; only agreeing is left."""
        self.told().both_read().walked().systems_answered().promised()
        first_checkin_fix(self.opened("manager", Act.FIX_CHECKIN), at=soon())
        return self
