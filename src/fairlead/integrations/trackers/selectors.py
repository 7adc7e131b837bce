"""Which trackers this organisation has, and which issues are to be looked at."""

from datetime import datetime

from django.conf import settings
from django.db.models import Exists, F, OuterRef

from fairlead.commons.improvements.models import Improvement
from fairlead.core.trackers import Question, Tool, Tracker, question_for
from fairlead.foundation import clock
from fairlead.integrations.trackers.models import Look, Pause


def trackers() -> list[Tracker]:
    """Return the trackers with a token; others are not asked."""
    found = (
        Tracker(Tool.GITHUB, settings.FAIRLEAD_GITHUB_URL, settings.FAIRLEAD_GITHUB_TOKEN),
        Tracker(Tool.GITLAB, settings.FAIRLEAD_GITLAB_URL, settings.FAIRLEAD_GITLAB_TOKEN),
        Tracker(Tool.JIRA, settings.FAIRLEAD_JIRA_URL, settings.FAIRLEAD_JIRA_TOKEN),
    )
    return [one for one in found if one.address and one.token]


def tracker_of(link: str) -> tuple[Tracker, Question] | None:
    """Return the tracker that a link leads to and how it is asked, or None."""
    asked = ((one, question_for(one, link)) for one in trackers())
    return next(((one, question) for one, question in asked if question), None)


def paused_until(tracker: Tracker) -> datetime | None:
    """Return until when a tracker is not to be asked, or None when it may be."""
    found = Pause.objects.filter(tool=tracker.tool.value, until__gt=clock.now()).first()
    return found.until if found else None


def to_look_at(tracker: Tracker, *, before: datetime, most: int) -> list[Improvement]:
    """Return improvements whose issue is to be looked at: not done yet, the longest not looked at first."""
    looked = Look.objects.filter(improvement=OuterRef("pk"), link=OuterRef("tracker_link"), at__gte=before)
    return list(
        Improvement.objects.filter(waits=True, tracker_link__startswith=tracker.address + "/")
        .exclude(Exists(looked))
        .annotate(looked_at=Look.objects.filter(improvement=OuterRef("pk")).values("at"))
        .order_by(F("looked_at").asc(nulls_first=True), "id")[:most]
    )
