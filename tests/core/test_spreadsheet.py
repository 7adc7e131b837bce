"""No cell is run by a spreadsheet, and every cell is read again as it was."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.spreadsheet import CUT, LONGEST, defused, lines, restored

DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\0",
    " =1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "'=1",
    "''=1",
]


@pytest.mark.parametrize("cell", DANGEROUS)
def test_what_a_spreadsheet_would_run_is_text(cell):
    assert defused(cell) == f"'{cell}"
    assert restored(defused(cell)) == cell


@pytest.mark.parametrize("cell", ["", "Routing loop", "'tis", "a = b", "14:27", "2026-01-05T14:27:00Z", "'"])
def test_other_words_stay_as_they_are(cell):
    assert defused(cell) == cell
    assert restored(cell) == cell


@given(st.text(alphabet="'=+-@ \t\r\nab,\"＝", max_size=8))
def test_nothing_is_lost_on_the_way_there_and_back(cell):
    assert restored(defused(cell)) == cell
    [[read]] = (
        csv.reader(io.StringIO(lines([["x", cell]]).replace("x,", "", 1), newline="")) if cell else [[""]]
    )
    assert restored(read) == cell


def test_lines_are_those_of_rfc_4180():
    assert lines([["a", 'b "c"'], ["d,e", "f\ng"]]) == 'a,"b ""c"""\r\n"d,e","f\ng"\r\n'


@pytest.mark.parametrize("first", ["=", "x"])
def test_a_text_no_cell_can_hold_is_cut_and_says_so(first):
    assert defused(first + "x" * (LONGEST - 2)).endswith("x")
    cut = defused(first + "x" * LONGEST)
    assert len(cut) <= LONGEST
    assert cut.endswith(CUT)
