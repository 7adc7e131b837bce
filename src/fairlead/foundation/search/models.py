"""What can be found. It holds nothing of its own: every row can be made again from what it was made of."""

from django.db import models

LONGEST_TITLE = 300


class Searchable(models.Model):
    """One text that can be found: what it is, its id, and the id of what it stands under (an entry's incident).

    `title_words` and `body_words` are the words as `core.search_words` compares them; the index lies over these two.
    The index is no model, because SQLite and PostgreSQL make theirs differently: see the first migration.
    """

    kind = models.CharField(max_length=16)
    key = models.UUIDField()
    under = models.UUIDField()
    title = models.CharField(max_length=LONGEST_TITLE)
    body = models.TextField(blank=True)
    title_words = models.TextField()
    body_words = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="found_once")]
        indexes = [models.Index(fields=["under", "kind"], name="found_under")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
