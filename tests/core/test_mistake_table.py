"""The published table says what the function does, and the page in docs is the one it writes."""

from itertools import product
from pathlib import Path

from fairlead.core.mistake import Answer, Pressure, WalkAnswers, suggest
from fairlead.core.mistake_table import ALL_MET, full_table, page

DOCS = Path(__file__).parents[2] / "docs" / "mistake-types.md"
BASE = ("concern", "harm_intended", "health", "process_known", "process_workable", "chosen", "peers_same")
QUESTIONS = (*BASE, "red_line", "risk_set_aside")


def read_cell(cell, answers):
    """Return the answers a cell such as "no or not known" stands for, the way a person reads the page."""
    if cell in {None, "·"}:
        return set(answers)
    said = {part.replace("not known", "unknown") for part in cell.split(" or ")}
    return {answer for answer in answers if answer in said}


def test_every_combination_is_told_by_exactly_one_row_with_the_functions_own_outcome():
    rows = []
    for row in full_table():
        cells = dict(row.answers)
        pressures = read_cell(cells.get("pressure"), Pressure)
        rows.append(
            ([read_cell(cells.get(q), Answer) for q in QUESTIONS], cells.get("repeat"), pressures, row)
        )
    for given in product(Answer, repeat=9):
        nearby = [row for row in rows if all(a in cell for a, cell in zip(given, row[0], strict=True))]
        for repeat, pressure in product((None, ALL_MET), Pressure):
            words = "all six met" if repeat else "none, or a test missed"
            matching = [
                row for _, look, pressures, row in nearby if look in {None, words} and pressure in pressures
            ]
            assert len(matching) == 1, (given, repeat, pressure)
            told, got = matching[0].suggestion, suggest(WalkAnswers(*given, repeat=repeat, pressure=pressure))
            assert (told.exit, told.type, told.base) == (got.exit, got.type, got.base)
            assert told.asks_about_support == got.asks_about_support


def test_the_page_in_docs_is_current():
    write_it = (
        'write it again: .venv/bin/python -c "from fairlead.core.mistake_table import page; '
        "print(page(), end='')\" > docs/mistake-types.md"
    )
    assert DOCS.read_text(encoding="utf-8") == page(), write_it
