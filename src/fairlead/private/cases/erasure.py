"""Planning the day on which a case is erased, and the word before it."""

from datetime import UTC, date, datetime, time
from uuid import UUID

from fairlead.core.closure import warned_on
from fairlead.foundation.outbox.queue import put


def plan_erasure(case_id: UUID, day: date) -> None:
    """Plan the erasure for a day, in the caller's transaction; an earlier plan that came too soon does nothing then."""
    at = datetime.combine(day, time(0), UTC)
    put("case_erase", run_after=at, key=f"erase:{case_id}:{day:%Y%m%d}", case=case_id)


def plan_warning(case_id: UUID, day: date) -> None:
    """Plan that both are told in time before what they never closed is erased on a day, in the caller's transaction."""
    at = datetime.combine(warned_on(day), time(0), UTC)
    put("case_warn", run_after=at, key=f"warn:{case_id}:{day:%Y%m%d}", case=case_id, day=day)
