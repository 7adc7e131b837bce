"""Finding texts by words. A word that stands nearly everywhere costs no more than a rare one: candidates are capped."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from fairlead.core.search_words import Part, Query, Term, marked, snippet
from fairlead.foundation.search.models import Searchable

CANDIDATES = 1_000
PER_PAGE = 20

# bm25 is smaller for a better match. The newest candidates are taken, and only these are ranked. The cross join keeps
# SQLite from walking the whole table and asking the index about each row, which takes minutes for a rare word.
_SQLITE = """
    SELECT entry.id, entry.under, bm25(search_index, 5.0, 1.0) AS distance
    FROM search_index CROSS JOIN search_searchable AS entry ON entry.id = search_index.rowid
    WHERE search_index MATCH %s AND (%s = '' OR entry.kind = %s)
    ORDER BY search_index.rowid DESC LIMIT %s
"""
# Without the fence around the first step the planner may walk the primary key until it has met enough matches.
_POSTGRESQL = """
    WITH met AS MATERIALIZED (
        SELECT id FROM search_searchable
        WHERE words @@ to_tsquery('simple', %s) AND (%s = '' OR kind = %s) LIMIT 20000
    ), newest AS MATERIALIZED (SELECT id FROM met ORDER BY id DESC LIMIT %s)
    SELECT entry.id, entry.under, -ts_rank('{0.1, 0.1, 0.1, 0.5}', entry.words, to_tsquery('simple', %s)) AS distance
    FROM newest JOIN search_searchable AS entry USING (id)
"""
_SQLITE_SOME = """
    WITH met AS MATERIALIZED (
        SELECT rowid AS id, bm25(search_index, 5.0, 1.0) AS distance
        FROM search_index WHERE search_index MATCH %s ORDER BY rowid DESC LIMIT %s
    )
    SELECT entry.kind, entry.under FROM met CROSS JOIN search_searchable AS entry USING (id)
    ORDER BY met.distance LIMIT %s
"""
_POSTGRESQL_SOME = """
    WITH met AS MATERIALIZED (
        SELECT id FROM search_searchable WHERE words @@ to_tsquery('simple', %s) LIMIT %s
    )
    SELECT entry.kind, entry.under FROM met JOIN search_searchable AS entry USING (id)
    ORDER BY ts_rank('{0.1, 0.1, 0.1, 0.5}', entry.words, to_tsquery('simple', %s)) DESC LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One text that was found: what it is, and its title and the place in parts, with the words told apart."""

    kind: str
    key: UUID
    under: UUID
    title: tuple[Part, ...]
    place: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One page of hits, best first; how many there are; and whether there were more than are ever looked at."""

    hits: tuple[Hit, ...]
    total: int
    capped: bool


def _fts5(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + (" *" if term.prefix else "")


def _tsquery(term: Term) -> str:
    words = [f"'{word}'" for word in term.words]
    return "(" + " <-> ".join(words) + (":*" if term.prefix else "") + ")"


def _candidates(query: Query, kind: str) -> list[tuple[int, str | UUID, float]]:
    """Return id, what it stands under, and distance of the newest texts that hold every term; one above the cap.

    What they stand under is left as the database gives it: few of a thousand are ever shown.
    """
    if not query:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            words = " AND ".join(_fts5(term) for term in query.terms)
            cursor.execute(_SQLITE, [words, kind, kind, CANDIDATES + 1])
        else:
            words = " & ".join(_tsquery(term) for term in query.terms)
            cursor.execute(_POSTGRESQL, [words, kind, kind, CANDIDATES + 1, words])
        return cursor.fetchall()


def _uuid(value: str | UUID) -> UUID:
    """Return an id as PostgreSQL (UUID) or SQLite (text) gave it."""
    return value if isinstance(value, UUID) else UUID(value)


def with_some_of(words: Sequence[str], *, kinds: Sequence[str], most: int) -> list[UUID]:
    """Return under which ids texts of these kinds hold any of the words, those that hold most and rarest first."""
    if not words:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            some = " OR ".join(f'"{word}"' for word in words)
            cursor.execute(_SQLITE_SOME, [some, CANDIDATES, most * 2])
        else:
            some = " | ".join(f"'{word}'" for word in words)
            cursor.execute(_POSTGRESQL_SOME, [some, CANDIDATES, some, most * 2])
        found = [(kind, under) for kind, under in cursor.fetchall() if kind in kinds]
    return [_uuid(under) for _, under in found[:most]]


def find(query: Query, *, kind: str = "", page: int = 1) -> Found:
    """Return a page of the texts that hold every term, of one kind or of all. An empty query finds nothing."""
    candidates = _candidates(query, kind)
    ranked = sorted(candidates[:CANDIDATES], key=lambda one: (one[2], -one[0]))
    shown = [number for number, _, _ in ranked[(page - 1) * PER_PAGE : page * PER_PAGE]]
    entries = Searchable.objects.defer("title_words", "body_words").in_bulk(shown)
    hits = (
        Hit(entry.kind, entry.key, entry.under, marked(entry.title, query), snippet(entry.body, query))
        for entry in (entries[number] for number in shown if number in entries)
    )
    return Found(tuple(hits), len(ranked), len(candidates) > CANDIDATES)


@dataclass(frozen=True, slots=True)
class Holders:
    """The ids under which the words stand, and whether there were more than are ever looked at."""

    ids: frozenset[UUID]
    capped: bool


def holders(query: Query) -> Holders:
    """Return under which ids every term stands in one text, whatever its kind."""
    candidates = _candidates(query, "")
    under = frozenset(_uuid(one) for _, one, _ in candidates[:CANDIDATES])
    return Holders(under, len(candidates) > CANDIDATES)
