"""Reading check-ins."""

from fairlead.private.cases.door import OpenCase
from fairlead.private.checkins.models import CheckIn


def checkins_of(opened: OpenCase) -> list[CheckIn]:
    """Return the check-ins of the case, earliest first."""
    return list(CheckIn.objects.filter(case=opened.case))
