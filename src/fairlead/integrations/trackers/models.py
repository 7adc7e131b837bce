"""When an issue was looked at, and what its tracker needs to say that nothing has changed."""

from django.db import models

from fairlead.commons.improvements.models import Improvement


class Look(models.Model):
    """The last look at the issue of an improvement. It holds nothing that the tracker said of it."""

    improvement = models.OneToOneField(Improvement, models.CASCADE, primary_key=True, related_name="+")
    link = models.URLField()
    etag = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"a look at {self.at:%Y-%m-%d}"


class Pause(models.Model):
    """Until when a tracker has asked not to be asked."""

    tool = models.CharField(primary_key=True, max_length=8)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.tool} until {self.until:%Y-%m-%d %H:%M}"
