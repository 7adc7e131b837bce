"""The weekly batch: misses of at least five cases go to the commons together, or wait."""

from datetime import UTC, date, datetime, time

from fairlead.commons.debts.services import debts_file
from fairlead.core.recurrence import DEBTS, batch_day, may_be_filed
from fairlead.foundation import clock
from fairlead.foundation.outbox.queue import put
from fairlead.private.recurrence.models import Owed


def file_on(day: date) -> None:
    """Plan the batch of a day, in the caller's transaction; a day has one."""
    put("debts_file", run_after=datetime.combine(day, time(3), UTC), key=f"debts:{day:%Y%m%d}")


def file_what_waits() -> None:
    """File everything that waits if it comes from enough cases, in the caller's transaction; else look next week."""
    waiting = list(Owed.objects.select_for_update())
    if not waiting:
        return
    if may_be_filed(len({one.source for one in waiting})):
        debts_file(DEBTS[one.test] for one in waiting)
        Owed.objects.filter(pk__in=[one.pk for one in waiting]).delete()
    else:
        file_on(batch_day(clock.now().date()))
