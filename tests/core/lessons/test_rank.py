"""At most three lessons are said: the most specific, then the one most like the change, never one in shadow."""

from dataclasses import replace

from fairlead.core.lessons.change import Change, FileChange, Line
from fairlead.core.lessons.lesson import Lesson, Triggers
from fairlead.core.lessons.match import Match, Reason
from fairlead.core.lessons.rank import shown

CHANGE = Change(
    (FileChange("network/edge.cfg", added=(Line(1, "redistribute static"),)),), words="border pair"
)


def match(id_, know, kinds=1, **more):
    reasons = tuple(Reason("paths", "network/**", "network/edge.cfg", 0, "") for _ in range(kinds))
    return Match(Lesson(id_, "Lesson", know, Triggers(), **more), reasons)


def ids(found, change=CHANGE):
    return [one.lesson.id for one in shown(found, change)]


def test_one_alone_is_shown_and_one_in_shadow_is_not():
    assert ids([match("a", "x")]) == ["a"]
    assert ids([match("a", "x", shadow=True)]) == []
    assert ids([match("a", "x", shadow=True), match("b", "x")]) == ["b"]


def test_at_most_three_are_shown():
    assert ids([match(name, "same words") for name in "edcba"]) == ["a", "b", "c"]


def test_the_one_that_asked_for_more_comes_first_whatever_it_is_like():
    assert ids([match("a", "redistribute static border pair"), match("b", "nothing alike", kinds=2)]) == [
        "b",
        "a",
    ]


def test_likeness_breaks_ties():
    found = [
        match("a", "certificates expire at night"),
        match("b", "redistribute static loops on the border pair"),
    ]
    assert ids(found) == ["b", "a"]


def test_a_very_long_change_is_compared_by_its_beginning():
    long = replace(CHANGE, files=(FileChange("x", added=tuple(Line(n, "word " * 400) for n in range(60))),))
    assert len(ids([match("a", "word"), match("b", "other")], long)) == 2


def test_lessons_without_words_are_ordered_by_their_ids():
    empty = [Match(Lesson(name, "", "", Triggers()), (Reason("paths", "x", "x", 0, ""),)) for name in "ba"]
    assert ids(empty) == ["a", "b"]
