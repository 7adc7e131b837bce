"""A follow-up at its end: check-ins held, promises kept, growth in words; each can be left out."""

import uuid
from contextlib import AbstractContextManager
from datetime import date, datetime

from fairlead.core.visibility import Act
from fairlead.foundation import clock
from fairlead.private.cases.models import Case
from fairlead.private.checkins.models import CheckIn
from fairlead.private.closure.models import Closure
from fairlead.private.closure.services import closure_answer, closure_say
from fairlead.private.conversations.services import text_save
from fairlead.private.conversations.slots import GROWTH
from fairlead.private.promises.models import Promise
from fairlead.private.promises.services import promise_mark
from tests.cast import Cast
from tests.private.ninety import Ninety, after, on

GREW = "They ask for a second look before every border change."
DAY = after(80)  # 4 April 2027, a Sunday: closing needs no working day


class Closing(Ninety):
    """A healthy course: two check-ins held, both promises kept; `left_out` is missing."""

    def __init__(self, cast: Cast, *, left_out: tuple[str, ...] = (), day: date = DAY) -> None:
        super().__init__(cast)
        self.day = day
        if "agreed" in left_out:
            Case.objects.filter(pk=self.case).update(state="open", agreed_at=None)
        if "check_in_held" not in left_out:
            self.hold()
        with clock.fixed(on(after(5))):
            if "engineer_promise" not in left_out:
                self.keep("engineer")
            if "own_promise" not in left_out:
                self.keep("manager")
            if "growth" not in left_out:
                self.grew()
        if "check_ins" not in left_out:
            CheckIn.objects.filter(case=self.case, state="planned").delete()

    def keep(self, side: str) -> Promise:
        says = "manager" if side == "engineer" else "engineer"
        opened = self.opened(says, Act.PROMISE)
        return promise_mark(opened, promise=self.promise_of(side), kept=True, shows="It stands.")

    def grew(self, words: str = GREW) -> None:
        opened = self.opened("manager", Act.CLOSE)
        text_save(opened, slot=GROWTH, words=words, sitting=uuid.uuid4(), edit=1, base=99)

    def at_the_end(self, moment: datetime | None = None) -> AbstractContextManager[None]:
        return clock.fixed(moment or on(self.day))

    def say(self, statement: str = "I consider it closed. You have my full confidence.") -> Closure:
        with self.at_the_end():
            closure_say(self.opened("manager", Act.CLOSE), statement=statement)
        return Closure.objects.get(case=self.case)

    def answered(self, answer: str = "closed", words: str = "") -> bool:
        with self.at_the_end():
            return closure_answer(self.opened("engineer", Act.ANSWER_CLOSURE), answer=answer, words=words)

    def sealed(self) -> Case:
        self.say()
        assert self.answered(words="To ask before the window, not in it.")
        return Case.objects.get(pk=self.case)
