"""Keeping the index: a text that changed is read again, with its neighbours, from where it stands."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection, transaction

from fairlead.core.search_words import LONGEST_TEXT, words_of
from fairlead.foundation.search.kinds import Kind, Piece
from fairlead.foundation.search.models import LONGEST_TITLE, Searchable


def _entry(kind: Kind, piece: Piece) -> Searchable:
    return Searchable(
        kind=kind.name,
        key=piece.key,
        under=piece.under,
        title=piece.title[:LONGEST_TITLE],
        body=piece.body[:LONGEST_TEXT],
        title_words=" ".join(words_of(piece.title)),
        body_words=" ".join(words_of(piece.body)),
    )


def refresh(kinds: Iterable[Kind], under: Sequence[UUID]) -> None:
    """Make what is found under these ids equal to what stands there now. Doing it twice changes nothing."""
    with transaction.atomic():
        # Held first, so that of two who refresh the same texts the later one also reads later.
        kept = {
            (entry.kind, entry.key): entry
            for entry in Searchable.objects.select_for_update().filter(
                under__in=under, kind__in=[kind.name for kind in kinds]
            )
        }
        wanted = {
            (kind.name, piece.key): _entry(kind, piece) for kind in kinds for piece in kind.pieces(under)
        }
        changed = [
            entry for place, entry in wanted.items() if place not in kept or not _same(kept[place], entry)
        ]
        Searchable.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["kind", "key"],
            update_fields=["under", "title", "body", "title_words", "body_words"],
            batch_size=500,
        )
        Searchable.objects.filter(
            pk__in=[entry.pk for place, entry in kept.items() if place not in wanted]
        ).delete()


def _same(one: Searchable, other: Searchable) -> bool:
    return (one.under, one.title, one.body, one.title_words, one.body_words) == (
        other.under,
        other.title,
        other.body,
        other.title_words,
        other.body_words,
    )


def mend() -> None:
    """Make the index over the words again from the table, whatever state it is in."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_index(search_index) VALUES ('rebuild')")
