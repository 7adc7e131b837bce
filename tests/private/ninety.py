"""An agreed talk on a day of its own, and the clock that goes through its ninety days."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.test import Client

from fairlead.core.visibility import Act
from fairlead.foundation import clock
from fairlead.foundation.outbox.worker import work_once
from fairlead.private.checkins.models import CheckIn
from fairlead.private.checkins.services import checkin_record, first_checkin_fix
from fairlead.private.conversations.slots import NOTED, SAID, WELLBEING, slot_of
from fairlead.private.promises.models import Promise
from fairlead.private.talk.services import talk_agree
from tests.cast import Cast
from tests.private.talks import Talk

ZONE = ZoneInfo("America/New_York")
THURSDAY = date(2027, 1, 14)  # the talk; 18 January is a holiday in the United States


def on(day: date, hour: int = 12, minute: int = 0) -> datetime:
    """Return a moment of a day where the two work."""
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


def after(days: int) -> date:
    return THURSDAY + timedelta(days=days)


class Ninety(Talk):
    """A talk agreed on a Thursday, its first check-in on the Monday at ten."""

    def __init__(self, cast: Cast, *, first: date | None = None) -> None:
        with clock.fixed(on(THURSDAY)):
            super().__init__(cast)
            self.told().both_read().walked().systems_answered().promised()
            first_checkin_fix(self.opened("manager", Act.FIX_CHECKIN), at=on(first or after(4), 10))
            talk_agree(self.opened("manager", Act.AGREE))

    def client(self, who: str) -> Client:
        """Return a browser of one of the two, signed in at this moment of the test, however far from now that is."""
        client = self.cast.client(who)
        session = client.session
        for record in session["account_authentication_methods"]:
            record["at"] = clock.now().timestamp()
        session.save()
        return client

    def rows(self, *states: str) -> list[CheckIn]:
        rows = CheckIn.objects.filter(case=self.case)
        return list(rows.filter(state__in=states) if states else rows)

    def days(self, *states: str) -> list[date]:
        return [row.day for row in self.rows(*states)]

    def next(self) -> CheckIn:
        return self.rows("planned")[0]

    def hold(self, who: str = "manager", **more: object) -> CheckIn:
        """Hold the check-in that comes next, at noon of its day."""
        row = self.next()
        with clock.fixed(on(row.day)):
            return self.record(who, row, held=True, **more)

    def record(self, who: str, row: CheckIn, *, held: bool = False, **more: object) -> CheckIn:
        given = {"touched": {}, "work": None, **more}
        return checkin_record(self.opened(who, Act.CHECK_IN), checkin=row, held=held, **given)

    def promise_of(self, side: str) -> Promise:
        return Promise.objects.get(case=self.case, owed_by=side)

    def say(self, row: CheckIn, words: str, *, what: str = SAID) -> None:
        who, act = ("manager", Act.WRITE_NOTES) if what == NOTED else ("engineer", Act.SAY_HOW)
        self.write_in(self.opened(who, act), slot_of(what, row.pk), words)

    def write_in(self, opened, slot: str, words: str) -> None:
        from fairlead.private.conversations.services import text_save  # noqa: PLC0415 - used nowhere else here

        text_save(opened, slot=slot, words=words, sitting=uuid.uuid4(), edit=1, base=0)


def work(day: date, hour: int = 12) -> None:
    """Do the background work of a moment, until none is left."""
    with clock.fixed(on(day, hour)):
        while work_once(50):
            pass


__all__ = ["NOTED", "SAID", "WELLBEING", "Ninety", "after", "on", "work"]
