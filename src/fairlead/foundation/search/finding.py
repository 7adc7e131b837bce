"""Finding texts by words. A word that stands nearly everywhere costs no more than a rare one: candidates are capped."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from fairlead.core.search_words import Part, Query, Term, marked, snippet
from fairlead.foundation.search.models import Searchable

CANDIDATES = 1_000
_OF_A_WORD = 300  # the newest texts of each word, where some words of many are enough
PER_PAGE = 20

# The index walks a word's texts from the newest on and stops at the limit; so a word of every text costs no more than
# any other. bm25 does not stop: it counts all texts that hold a word, which is dear for exactly the words that tell
# least. Only texts that were not too many are ranked by it; it is smaller for a better match.
_SQLITE_NEWEST = "SELECT rowid FROM search_index WHERE search_index MATCH %s ORDER BY rowid DESC LIMIT %s"
# The cross join keeps SQLite from walking the whole table and asking the index about each row.
_SQLITE_NEWEST_OF_KIND = """
    SELECT entry.id FROM search_index CROSS JOIN search_searchable AS entry ON entry.id = search_index.rowid
    WHERE search_index MATCH %s AND entry.kind = %s ORDER BY search_index.rowid DESC LIMIT %s
"""
_SQLITE_BEST = """
    SELECT rowid FROM search_index WHERE search_index MATCH %s AND rowid >= %s
    ORDER BY bm25(search_index, 5.0, 1.0), rowid DESC
"""
_SQLITE_SINCE = "SELECT rowid FROM search_index WHERE search_index MATCH %s AND rowid >= %s"
_SQLITE_ONE_WORD = f"SELECT %s AS word, rowid FROM ({_SQLITE_NEWEST})"  # noqa: S608 - a constant of ours
# Without the fence around the first step the planner may walk the primary key until it has met enough matches. The
# order is asked for again at the end, because a join keeps none: of too many the oldest is left out.
_POSTGRESQL = """
    WITH met AS MATERIALIZED (
        SELECT id FROM search_searchable
        WHERE words @@ to_tsquery('simple', %s) AND (%s = '' OR kind = %s) LIMIT 20000
    ), newest AS MATERIALIZED (SELECT id FROM met ORDER BY id DESC LIMIT %s)
    SELECT entry.id, -ts_rank('{0.1, 0.1, 0.1, 0.5}', entry.words, to_tsquery('simple', %s)) AS distance
    FROM newest JOIN search_searchable AS entry USING (id) ORDER BY entry.id DESC
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


def _match(query: Query) -> str:
    return " AND ".join(_fts5(term) for term in query.terms)


def _column(statement: str, values: Sequence[object]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [number for (number,) in cursor.fetchall()]


def _newest_of_sqlite(query: Query, kind: str) -> list[int]:
    """Return the newest texts that hold every term, newest first; one above the cap.

    The beginning of a word is dear, because the texts of all words that begin so are merged before the first is known.
    So the words are tried as whole ones first: when those alone pass the cap, nothing older would be looked at anyway.
    """

    def newest(asked: Query) -> list[int]:
        if kind:
            return _column(_SQLITE_NEWEST_OF_KIND, [_match(asked), kind, CANDIDATES + 1])
        return _column(_SQLITE_NEWEST, [_match(asked), CANDIDATES + 1])

    found = newest(query.of_whole_words())
    return found if len(found) > CANDIDATES or query == query.of_whole_words() else newest(query)


def _ranked_of_sqlite(query: Query, newest: list[int]) -> list[int]:
    """Return these texts, the best first. Of too many, those with the words in their title lead, then the newest."""
    if not newest:
        return []
    if len(newest) > CANDIDATES:
        in_title = f"title_words : ({_match(query.of_whole_words())})"
        titled = set(_column(_SQLITE_SINCE, [in_title, newest[-1]]))
        return sorted(newest[:CANDIDATES], key=lambda number: (number not in titled, -number))
    wanted = set(newest)
    return [number for number in _column(_SQLITE_BEST, [_match(query), newest[-1]]) if number in wanted]


def _candidates(query: Query, kind: str) -> tuple[list[int], bool]:
    """Return the newest texts that hold every term, the best first, and whether there were more than are looked at."""
    if not query:
        return [], False
    if connection.vendor == "sqlite":
        newest = _newest_of_sqlite(query, kind)
        return _ranked_of_sqlite(query, newest), len(newest) > CANDIDATES
    words = " & ".join(_tsquery(term) for term in query.terms)
    with connection.cursor() as cursor:
        cursor.execute(_POSTGRESQL, [words, kind, kind, CANDIDATES + 1, words])
        found = cursor.fetchall()
    ranked = sorted(found[:CANDIDATES], key=lambda one: (one[1], -one[0]))
    return [number for number, _ in ranked], len(found) > CANDIDATES


def _with_some_of_sqlite(words: Sequence[str], most: int) -> list[int]:
    """Return the texts that hold most of the words, rare ones counting for more; of each word the newest texts."""
    held: dict[str, list[int]] = defaultdict(list)
    statement = " UNION ALL ".join(_SQLITE_ONE_WORD for _ in words)
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for word in words for value in (word, f'"{word}"', _OF_A_WORD)])
        for word, number in cursor.fetchall():
            held[word].append(number)
    scores: dict[int, float] = defaultdict(float)
    for numbers in held.values():
        weight = log(1 + _OF_A_WORD / len(numbers))
        for number in numbers:
            scores[number] += weight
    return sorted(scores, key=lambda number: (-scores[number], -number))[:most]


def with_some_of(words: Sequence[str], *, kinds: Sequence[str], most: int) -> list[UUID]:
    """Return under which ids texts of these kinds hold any of the words, those that hold most and rarest first."""
    if not words:
        return []
    if connection.vendor == "sqlite":
        best = _with_some_of_sqlite(words, most * 2)
        entries = Searchable.objects.only("kind", "under").in_bulk(best)
        found = [(entries[number].kind, entries[number].under) for number in best if number in entries]
    else:
        some = " | ".join(f"'{word}'" for word in words)
        with connection.cursor() as cursor:
            cursor.execute(_POSTGRESQL_SOME, [some, CANDIDATES, some, most * 2])
            found = cursor.fetchall()
    return [under for kind, under in found if kind in kinds][:most]


def find(query: Query, *, kind: str = "", page: int = 1) -> Found:
    """Return a page of the texts that hold every term, of one kind or of all. An empty query finds nothing."""
    ranked, capped = _candidates(query, kind)
    shown = ranked[(page - 1) * PER_PAGE : page * PER_PAGE]
    entries = Searchable.objects.defer("title_words", "body_words").in_bulk(shown)
    hits = (
        Hit(entry.kind, entry.key, entry.under, marked(entry.title, query), snippet(entry.body, query))
        for entry in (entries[number] for number in shown if number in entries)
    )
    return Found(tuple(hits), len(ranked), capped)


@dataclass(frozen=True, slots=True)
class Holders:
    """The ids under which the words stand, for a query to ask within, and whether there were more than are looked at.

    A thousand ids brought here and sent back were half the time of a list narrowed by a common word.
    """

    ids: QuerySet[Searchable, UUID]
    capped: bool


def holders(query: Query) -> Holders:
    """Return under which ids every term stands in one text, whatever its kind."""
    if connection.vendor == "sqlite" and query:
        newest = _newest_of_sqlite(query, "")
        numbers, capped = newest[:CANDIDATES], len(newest) > CANDIDATES
    else:
        numbers, capped = _candidates(query, "")
    return Holders(Searchable.objects.filter(pk__in=numbers).values_list("under", flat=True), capped)
