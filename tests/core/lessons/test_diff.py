"""A diff of any kind becomes lines that know their number and the blocks around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.lessons import diff
from fairlead.core.lessons.diff import read_diff
from tests.core.lessons.changes import BARE, GIT, PLAIN, PYTHON


def read(text, **more):
    return read_diff(text.splitlines(keepends=True), **more)


def test_a_diff_of_git_gives_paths_numbers_and_blocks():
    config, renamed, picture = read(GIT).files
    assert config.path == "network/border/edge-1.cfg"
    (added,), (removed,) = config.added, config.removed
    assert (added.number, added.text.strip()) == (13, "redistribute static route-map EXPORT")
    assert (removed.number, removed.text.strip()) == (13, "redistribute connected")
    assert added.within == removed.within == ("router bgp 64500", "address-family ipv4 unicast")
    assert (renamed.path, renamed.old_path) == ("docs/new name.md", "docs/old name.md")
    assert [line.text for line in renamed.added] == ["See the guide."]
    assert picture.is_binary
    assert picture.lines == ()


def test_a_plain_diff_gives_its_path_and_headers_in_brackets():
    (file,) = read(PLAIN).files
    assert (file.path, file.old_path) == ("lab/core.conf", "")
    assert file.added[0].within == ("[routing]",)


def test_lines_without_numbers_are_read_as_a_router_shows_them():
    (file,) = read(BARE).files
    assert file.path == ""
    assert [line.text.strip() for line in file.added] == [
        "ip address 192.0.2.9/30",
        "no redistribute connected",
    ]
    assert file.added[0].within == ("interface Ethernet1",)
    assert file.removed[0].within == ("router bgp 64500",)


def test_code_knows_its_function_and_its_blocks():
    (file,) = read(PYTHON).files
    assert file.headings == ("def charge_card(order):",)
    assert file.added[0].within == ("def charge_card(order):", "try", "with ledger() as book")


def test_a_path_that_git_quotes_is_read_in_its_own_letters():
    text = """diff --git "a/caf\\303\\251.cfg" "b/caf\\303\\251.cfg"
--- "a/caf\\303\\251.cfg"
+++ "b/caf\\303\\251.cfg"
@@ -0,0 +1 @@
+x
"""
    assert read(text).files[0].path == "café.cfg"


def test_bytes_that_are_no_utf8_stay_as_they_are():
    assert read('+++ "b/\\377.cfg"\n').files[0].path == "ÿ.cfg"


def test_a_file_that_is_new_or_gone_keeps_its_one_path():
    made = read("--- /dev/null\n+++ b/new.cfg\n@@ -0,0 +1 @@\n+x\n").files[0]
    gone = read("--- a/old.cfg\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n").files[0]
    assert (made.path, made.old_path) == ("new.cfg", "")
    assert (gone.path, gone.old_path) == ("old.cfg", "")


def test_several_plain_files_follow_each_other():
    text = PLAIN + PLAIN.replace("lab/core.conf", "lab/edge.conf")
    assert [file.path for file in read(text).files] == ["lab/core.conf", "lab/edge.conf"]


def test_a_removed_line_that_looks_like_a_header_is_a_line():
    text = "--- a/q.sql\n+++ b/q.sql\n@@ -1,2 +1,1 @@\n--- drop the old rows\n select 1\n"
    (file,) = read(text).files
    assert [line.text for line in file.removed] == ["-- drop the old rows"]


def test_a_line_of_dashes_names_no_file():
    assert read("Subject: border\n--- ---\nplain words\n").files == ()


def test_what_is_no_diff_gives_no_files():
    change = read("Dear all,\nwe will change the border pair tonight.\n", words="ticket", services=("shop",))
    assert (change.files, change.words, change.services) == ((), "ticket", ("shop",))


def test_a_very_long_diff_is_cut_and_says_so(monkeypatch):
    monkeypatch.setattr(diff, "MOST_CHARACTERS", 300)
    assert read(GIT).is_cut
    assert not read(PYTHON[:200]).is_cut


def test_too_many_files_are_cut_too(monkeypatch):
    monkeypatch.setattr(diff, "MOST_FILES", 1)
    assert read(GIT).is_cut


@pytest.mark.parametrize("text", [GIT, PLAIN, BARE, PYTHON])
def test_line_ends_of_windows_change_nothing(text):
    assert read(text.replace("\n", "\r\n")) == read(text)


@given(
    st.lists(
        st.sampled_from(
            [*GIT.splitlines(), *BARE.splitlines(), "+", "-", "@@ -1 +1 @@", "--- a/x", "+++ b/x"]
        )
    )
)
def test_lines_in_any_order_are_read_without_an_error(lines):
    for file in read_diff(lines).files:
        assert all(line.number >= 0 for line in file.lines)
