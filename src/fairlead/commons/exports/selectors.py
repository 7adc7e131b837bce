"""Reading everything that is to be taken away, piece by piece: memory stays flat, and new things shift nothing."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Final, Literal

from django.db.models import QuerySet

from fairlead.commons.exports import tables
from fairlead.commons.exports.whole import as_json, with_everything, with_factors, with_timeline
from fairlead.commons.improvements import stream as improvements
from fairlead.commons.improvements.models import Improvement
from fairlead.commons.incidents import stream as incidents
from fairlead.commons.incidents.models import Incident
from fairlead.core.visibility import Actor

Table = Literal["incidents", "timeline", "factors", "improvements"]
Shape = Literal["csv", "json"]
OF_INCIDENTS: Final[tuple[Table, ...]] = ("incidents", "timeline", "factors")
TABLES: Final[tuple[Table, ...]] = (*OF_INCIDENTS, "improvements")
TYPES: Final[dict[Shape, str]] = {
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
}
_AT_ONCE = 500
_WHOLE_AT_ONCE = 100
_FETCH: dict[Table, Callable[[list[Incident]], None]] = {
    "timeline": with_timeline,
    "factors": with_factors,
}
_COLUMNS = {"incidents": tables.INCIDENTS, "timeline": tables.TIMELINE, "factors": tables.FACTORS}
_ROWS = {"incidents": tables.incident_rows, "timeline": tables.entry_rows, "factors": tables.factor_rows}


def of_incidents(actor: Actor, chosen: QuerySet[Incident], *, table: Table, shape: Shape) -> Iterator[str]:
    """Yield a table of incidents, or of what belongs to them. As JSON, incidents come whole."""
    if table == "incidents" and shape == "json":
        return json_list(_whole(chosen))
    return _in_shape(shape, _COLUMNS[table], _batches(chosen, table))


def of_improvements(actor: Actor, chosen: QuerySet[Improvement], *, shape: Shape) -> Iterator[str]:
    """Yield the table of improvements."""
    batches = improvements.in_batches(chosen.select_related("incident"), size=_AT_ONCE)
    return _in_shape(shape, tables.IMPROVEMENTS, map(tables.improvement_rows, batches))


def _batches(chosen: QuerySet[Incident], table: Table) -> Iterator[Iterable[tables.Row]]:
    for batch in incidents.in_batches(chosen, size=_AT_ONCE if table == "incidents" else _WHOLE_AT_ONCE):
        if table in _FETCH:
            _FETCH[table](batch)
        yield _ROWS[table](batch)


def _whole(chosen: QuerySet[Incident]) -> Iterator[str]:
    for batch in incidents.in_batches(chosen, size=_WHOLE_AT_ONCE):
        with_everything(batch)
        yield from map(as_json, batch)


def _in_shape(
    shape: Shape, columns: tuple[str, ...], batches: Iterable[Iterable[tables.Row]]
) -> Iterator[str]:
    if shape == "json":
        return json_list(
            json.dumps({name: _plain(row[name]) for name in columns}, ensure_ascii=False)
            for batch in batches
            for row in batch
        )
    return _csv(columns, batches)


def _csv(columns: tuple[str, ...], batches: Iterable[Iterable[tables.Row]]) -> Iterator[str]:
    yield tables.header(columns)
    for batch in batches:
        yield tables.as_lines(columns, batch)


def json_list(items: Iterable[str]) -> Iterator[str]:
    """Yield a list with each thing on a line of its own, so that it can also be read line by line."""
    before = "[\n"
    for item in items:
        yield before + item
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _plain(value: object) -> str | None:
    return None if value is None else tables.told(value)
