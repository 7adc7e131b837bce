"""Reviews and the template they follow. Nobody stands in these tables, not even who wrote a word of them."""

import uuid

from django.db import models

from fairlead.commons.incidents.models import Incident


class TemplateVersion(models.Model):
    """The sections of a review as the organisation set them; the newest counts, the earlier ones stay."""

    number = models.PositiveIntegerField(unique=True)
    sections = models.JSONField()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"template {self.number}"


class Review(models.Model):
    """The review of one incident."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.OneToOneField(Incident, models.CASCADE, related_name="review")

    def __str__(self) -> str:
        return f"review of {self.incident_id}"


class SectionVersion(models.Model):
    """What one open page left in one section. While that page is open its own newest version grows in place.

    Without the moment: the minute somebody sat at the keyboard can tell who it was.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="versions")
    key = models.CharField(max_length=60)  # of a section of the template
    number = models.PositiveIntegerField()
    sitting = models.UUIDField()  # made up by the page
    edit = models.PositiveIntegerField()  # counts that page's saves, so that a late one undoes nothing
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["key", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "key", "number"], name="one_section_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.number}"


class Publication(models.Model):
    """The review as it was published: its sections as they read that day."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="publications")
    number = models.PositiveIntegerField()
    published_on = models.DateField()
    title = models.CharField(max_length=200)
    sections = models.JSONField()
    kept = models.JSONField(default=dict)  # why a place stayed that may tell who somebody was, by its id

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="one_publication_a_number")]

    def __str__(self) -> str:
        return f"{self.review_id} {self.number}"


class Anniversary(models.Model):
    """The day on which a published review comes back to those who work in teams."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="anniversaries")
    years = models.PositiveSmallIntegerField()
    day = models.DateField()

    class Meta:
        ordering = ["-day", "review"]
        constraints = [models.UniqueConstraint(fields=["review", "years"], name="one_anniversary_a_year")]

    def __str__(self) -> str:
        return f"{self.review_id} after {self.years}"
