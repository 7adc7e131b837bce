"""A pasted text and a written review become one incident each, with what is doubtful named."""

from datetime import date

import pytest

from fairlead.core.importing import prose, read_review, read_text
from fairlead.core.importing.telling import EARLIEST
from tests.core.importing.samples import NOW, SAMPLES, clocks, sample, shown

DAY = date(2026, 11, 20)


def one(reading):
    assert reading.is_readable
    (incident,) = reading.incidents
    return incident


def text(words, **given):
    return one(read_text(words.encode(), now=NOW, **given))


def test_a_chat_log_becomes_an_incident_with_its_times_and_without_its_speakers():
    incident = one(read_text(sample("chat.txt"), now=NOW, day=DAY))
    assert clocks(incident) == ["20 13:27", "20 13:31", "20 13:52", "20 14:32"]
    assert shown(incident)[0] == ("13:27", "deploying the route change now")
    assert incident.zone == "Europe/Berlin"
    assert incident.problems == ()
    assert not any("Rowan" in words or "Kim" in words for _at, words in shown(incident))


def test_the_same_words_have_the_same_id_whatever_ends_their_lines():
    content = sample("chat.txt")
    windows = b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")
    first, second = (one(read_text(given, now=NOW, day=DAY)) for given in (content, windows))
    assert first == second
    assert one(read_text(content + b"x", now=NOW)).source_id != first.source_id


def test_a_missing_zone_and_a_missing_day_are_named():
    incident = text("14:27 checkout went down\n14:31 alert\n15:32 restored")
    assert incident.zone is None
    assert prose.NO_ZONE in incident.problems
    assert "No day is named, so 2026-11-22 was taken. Give one with --date." in incident.problems
    assert text("14:27 UTC on 2026-11-20 the shop went down").problems == ()


def test_a_start_that_is_only_inferred_is_taken_when_it_lies_close_and_is_named():
    incident = text("14:27 UTC hello\n14:31 UTC first alert\n15:32 UTC all restored", day=DAY)
    assert clocks(incident) == ["20 14:27", "20 14:31", None, "20 15:32"]
    assert incident.problems == (EARLIEST,)
    far = text("2026-11-02 14:27 UTC hello\n2026-11-20 14:31 UTC alert\n2026-11-20 15:32 UTC all restored")
    assert clocks(far) == [None, "20 14:31", None, "20 15:32"]
    assert far.problems == ()


def test_times_that_nothing_tells_apart_stay_unknown():
    incident = text("14:27 UTC hello\n14:31 UTC hm\n15:32 UTC well", day=DAY)
    assert clocks(incident) == [None, None, None, None]
    assert len(incident.entries) == 3


def test_a_text_without_times_or_without_words_says_so():
    assert text("Checkout was broken").problems == (prose.NO_TIME,)
    assert prose.NO_WORDS in text("14:27\n").problems


def test_a_time_to_come_is_named_once():
    incident = text("Checkout broke\n\nStarted: 2026-12-24 14:27 UTC\n\n- 2026-12-24 14:28 UTC hello")
    assert [problem for problem in incident.problems if "future" in problem] == [
        "“Started” is in the future. Check the day and the zone.",
        "1 entry is in the future. Check the day and the zone.",
    ]
    assert not any("still to come" in problem for problem in incident.problems)


def test_three_formats_and_midnight_keep_their_order():
    incident = text(
        "2026-11-19T23:50:00Z deploy\n[23:58] alert\n- 12:10 am UTC rolled back\n* **00:20 UTC** all clear"
    )
    assert [f"{entry.at:%d %H:%M}" for entry in incident.entries] == [
        "19 23:50",
        "19 23:58",
        "20 00:10",
        "20 00:20",
    ]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2026-03-19-cache.md", 19),
        ("2026-13-45 and 2026-03-18.md", 18),
        ("cache.md", 22),
        ("2026-99-99.md", 22),
    ],
)
def test_the_day_in_a_file_name_counts_where_the_text_names_none(name, day):
    words = "# Cache emptied\n\n21:40 UTC purge started\n21:55 UTC alert\n"
    incident = one(read_review(words.encode(), name=name, now=NOW))
    assert incident.entries[0].at.day == day
    assert bool(incident.problems) is (day == 22)


def test_a_day_that_was_given_or_written_outranks_the_file_name():
    given = one(
        read_review(sample("reviews/2026-03-19-cache.md"), name="2026-03-19-cache.md", now=NOW, day=DAY)
    )
    assert given.entries[0].at.day == 20
    written = one(read_review(b"# X broke\n\n2026-01-02 10:00 UTC down", name="2026-03-19.md", now=NOW))
    assert written.entries[0].at.month == 1


def test_every_review_of_the_folder_is_read():
    for path in SAMPLES.glob("reviews/**/*.md"):
        incident = one(read_review(path.read_bytes(), name=path.name, now=NOW))
        assert len(incident.entries) == 3
        assert incident.problems == ()


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"PK\x03\x04abc", b"words\0words", b"", b" \n\r\n"])
def test_what_is_not_text_is_refused_with_a_sentence(content):
    reading = read_text(content, now=NOW)
    assert not reading.is_readable
    assert reading.incidents == ()
    assert reading.problems[0].endswith(".")
