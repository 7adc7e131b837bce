"""Telling somebody something: a row that names the words, and mail that says nothing of them."""

from datetime import datetime

from fairlead.foundation import clock
from fairlead.foundation.outbox.queue import put
from fairlead.private.cases.models import Case, Notice

ERASED_SOON = "erased_soon"  # the notice before what was never closed is erased; reading it is no entry


def notify(
    case: Case, mark: str, key: str, *, at: datetime | None = None, collected: bool = False
) -> Notice | None:
    """Write a notice for somebody and the mail about it, in the caller's transaction; both wait until `at` (UTC).

    What is `collected` can wait for the one reminder of the day, outside of quiet hours. An empty mark is nobody: the
    manager's part while nobody leads the case.
    """
    if not mark:
        return None
    notice = Notice.objects.create(case=case, mark=mark, key=key, made_at=at or clock.now())
    if collected:
        put("remind", run_after=notice.made_at, mark=mark)
    else:
        put("notice", key=f"notice:{notice.pk}", run_after=notice.made_at, notice=notice.pk)
    return notice
