"""The snapshot holds every lesson that can fire, is whole or not there, and says so when it is neither."""

import sqlite3
from datetime import UTC, datetime

import pytest

from fairlead.core.lessons.diff import read_diff
from fairlead.core.lessons.lesson import Lesson, Triggers
from fairlead.core.lessons.match import matches
from fairlead.core.lessons.words import words_of
from fairlead.guard.lessons.snapshot import SnapshotError, candidates, write_snapshot
from tests.core.lessons.changes import GIT

MADE = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
BORDER = Lesson(
    "border",
    "Two default routes",
    "Production has two.",
    Triggers(paths=("network/**",), sections=("router bgp",)),
    ("border-loop",),
    "untried_in_production",
)
SHOP = Lesson("shop", "Carts", "They live in memory.", Triggers(paths=("shop/**",)), shadow=True)
ANY = Lesson("any", "Any digit", "Numbers.", Triggers(added=(r"\d",)))
CHANGE = read_diff(GIT.splitlines())


@pytest.fixture
def snapshot(tmp_path):
    path = tmp_path / "below" / "lessons.sqlite3"
    assert write_snapshot(path, [SHOP, BORDER, ANY], made_at=MADE, origin="https://fairlead.example") == 3
    return path


def test_only_what_can_fire_is_read(snapshot):
    found = candidates(snapshot, words_of(CHANGE))
    assert [one.id for one in found.lessons] == ["any", "border"]
    assert found.lessons[1] == BORDER
    assert (found.of, found.made_at) == (3, MADE)


def test_what_fires_is_the_same_with_and_without_the_snapshot(snapshot):
    found = candidates(snapshot, words_of(CHANGE)).lessons
    assert matches(found, CHANGE) == matches((ANY, BORDER, SHOP), CHANGE)


def test_a_new_snapshot_takes_the_place_of_the_old_one_and_leaves_nothing_beside_it(snapshot):
    write_snapshot(snapshot, [SHOP], made_at=MADE, origin="")
    assert candidates(snapshot, frozenset({"/shop"})).lessons == (SHOP,)
    assert [one.name for one in snapshot.parent.iterdir()] == ["lessons.sqlite3"]


def test_a_snapshot_that_fails_half_way_leaves_the_old_one(snapshot):
    def broken():
        yield BORDER
        raise RuntimeError("the line went dead")

    with pytest.raises(RuntimeError):
        write_snapshot(snapshot, broken(), made_at=MADE, origin="")
    assert candidates(snapshot, frozenset()).of == 3
    assert [one.name for one in snapshot.parent.iterdir()] == ["lessons.sqlite3"]


def test_a_snapshot_that_fails_in_the_middle_of_writing_leaves_the_old_one(snapshot):
    unwritable = Lesson("z", "Z", b"no text", Triggers(paths=("z/**",)))
    with pytest.raises(TypeError):
        write_snapshot(snapshot, [BORDER, unwritable], made_at=MADE, origin="")
    assert candidates(snapshot, frozenset()).of == 3
    assert [one.name for one in snapshot.parent.iterdir()] == ["lessons.sqlite3"]


def test_no_snapshot_says_how_to_get_one(tmp_path):
    with pytest.raises(SnapshotError, match="fairlead lessons sync"):
        candidates(tmp_path / "nothing", frozenset())


def test_one_that_is_cut_is_not_taken_for_an_empty_one(snapshot):
    whole = snapshot.read_bytes()
    for length in (len(whole) // 2, 4096, 100, 0):
        snapshot.write_bytes(whole[:length])
        with pytest.raises(SnapshotError, match="damaged"):
            candidates(snapshot, words_of(CHANGE))


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b""])
def test_a_foreign_file_is_told(tmp_path, content):
    path = tmp_path / "lessons.sqlite3"
    path.write_bytes(content)
    with pytest.raises(SnapshotError, match="damaged"):
        candidates(path, frozenset())


def test_one_of_another_edition_is_told(snapshot):
    connection = sqlite3.connect(snapshot)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(SnapshotError, match="another version"):
        candidates(snapshot, frozenset())
