"""Lines that begin with a clock time become entries with the right day, zone and words."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.intake.lines import heading_level, kind_of
from fairlead.core.intake.timeline import LONGEST_TEXT, entries, lines_of, stamped_lines
from tests.core.intake import fixtures

DAY = date(2026, 11, 20)
BERLIN = ZoneInfo("Europe/Berlin")


def read(text, zone=UTC, day=DAY):
    return entries(stamped_lines(text, today=DAY, year=None), zone=zone, day=day)


def shown(text, **given_):
    return [(f"{entry.at:%d %H:%M}", entry.text) for entry in read(text, **given_)]


@pytest.mark.parametrize(
    "line",
    [
        "14:27 it broke",
        "14:27: it broke",
        "14:27 - it broke",
        "14:27 UTC — it broke",
        "- 14:27 UTC — it broke",
        "* **14:27** it broke",
        "**14:27 UTC: it broke**",
        "__14:27__ it broke",
        "> 14:27 it broke",
        "1. 14:27 it broke",
        "[14:27] it broke",
        "(14:27) it broke",
        "`14:27` it broke",
        "### 14:27 it broke",
        "### ca. 14:27 – it broke",
        "| 14:27 | it broke |",
        "At 14:27 it broke",
        "~14:27 it broke",
        "2:27 pm it broke",
        "2:27 PM UTC: it broke",
        "14:27:05Z it broke",
        "2026-11-20 14:27 it broke",
        "2026-11-20T14:27:05Z it broke",
        "2026-11-20T15:27:05+01:00 it broke",
        "2026-11-20 14:27:05,810 it broke",
        "Nov 20 2026 14:27 it broke",
        "Friday, 20 November 2026, at 14:27: it broke",
        "14:27 UTC Friday Nov 20th: it broke",
        "Fri 14:27 it broke",
        "[2026-11-20 14:27] <rowan> it broke",
        "[14:27] <rowan> it broke",
        "- [x] 14:27 it broke",
        "- [ ] **14:27** it broke",
        "→ 14:27 it broke",
        "🔥 14:27 it broke",
        "✅\ufe0f 14:27 it broke",
        ":rotating_light: 14:27 it broke",
        "<li><b>14:27</b> it broke",
        "\u00a014:27\u00a0it broke",
        "2:27\u202fPM it broke",
        "１４：２７ it broke",
        "UTC 14:27 it broke",
        "CET, 15:27: it broke",
        "[20/Nov/2026:14:27:05 +0000] it broke",
        "20. November 2026, 14:27 it broke",
        "20 de noviembre de 2026 14:27 it broke",
        "Freitag 14:27 it broke",
        "rowan [14:27]: it broke",
        "14:27–15:32 it broke",
    ],
)
def test_a_line_that_begins_with_a_time_becomes_an_entry(line):
    assert shown(line) == [("20 14:27", "it broke")]


@pytest.mark.parametrize(
    "line",
    [
        "it broke at 14:27",
        "Kim Vale  2:27 PM was when it broke",
        "version 14:27 of it all and more words here",
        "- nothing",
        "",
        "10.0.0.1 answered",
    ],
)
def test_a_line_that_does_not_begin_with_a_time_is_no_entry(line):
    assert read(line) == ()


def test_a_chat_log_keeps_the_words_below_each_name_and_the_name_apart():
    found = read(fixtures.CHAT)
    assert [entry.speaker for entry in found] == ["Rowan Ash", "Kim Vale", "Rowan Ash", "Kim Vale"]
    assert (
        found[1].text == "checkout is throwing 502s in every region, customers are complaining seeing it too"
    )
    assert f"{found[3].at:%H:%M}" == "15:32"
    assert not any("Rowan" in entry.text for entry in found)


def test_a_name_with_a_day_before_its_time_is_a_chat_header_too():
    assert shown("Kim — 11/20/2026 2:27 PM\nit broke\n\nstill\n") == [("20 14:27", "it broke\nstill")]
    assert shown("Kim — Today at 2:27 PM\nit broke") == [("20 14:27", "it broke")]


def test_a_wrapped_line_belongs_to_the_entry_above_and_the_next_item_does_not():
    text = "- 14:31 alert\n  above the threshold\n- something else\nmore\n"
    assert shown(text) == [("20 14:31", "alert above the threshold")]


def test_a_heading_with_a_time_takes_the_paragraphs_below_it():
    text = "### 14:27\n\nIt broke.\n\n- in two regions\n\n## Lessons\n\nNone yet.\n"
    assert shown(text) == [("20 14:27", "It broke.\n- in two regions")]


def test_a_time_alone_takes_the_next_line_and_says_so_when_there_is_none():
    assert shown("14:27\nit broke\n\nmore") == [("20 14:27", "it broke")]
    assert shown("14:27\n| a | b |") == [("20 14:27", "(no words beside this time)")]


def test_the_date_is_carried_over_midnight_and_taken_from_headings():
    assert [at for at, _text in shown(fixtures.MIDNIGHT, day=date(2026, 1, 1))] == [
        "16 22:48",
        "16 23:59",
        "17 00:12",
        "17 00:40",
        "18 09:05",
    ]


def test_a_small_step_back_is_a_line_out_of_order_and_not_a_new_day():
    assert [at for at, _text in shown("14:27 a\n14:20 b\n14:30 c")] == ["20 14:27", "20 14:20", "20 14:30"]


def test_a_new_part_of_the_text_starts_its_day_anew_and_a_smaller_heading_does_not():
    assert [at for at, _ in shown("18:00 end\n\n## Timeline\n\n09:00 begin")] == ["20 18:00", "20 09:00"]
    assert [at for at, _ in shown("23:00 late\n\n### Recovery\n\n00:10 early")] == ["20 23:00", "21 00:10"]


def test_a_list_from_the_newest_to_the_oldest_is_read_backwards_over_midnight():
    text = "01:10 closed\n00:40 fixed\n23:50 alert\n23:20 deploy"
    assert [at for at, _ in shown(text)] == ["20 01:10", "20 00:40", "19 23:50", "19 23:20"]


def test_a_table_in_a_stated_zone_is_placed_there():
    found = read(fixtures.TABLE, zone=BERLIN)
    assert [f"{entry.at:%d %H:%M}" for entry in found] == ["12 22:40", "12 22:55", "12 23:20"]
    assert found[2].text == "Cache restored"
    assert "midnight" in found[2].why


def test_three_formats_in_one_text_are_all_read():
    assert [at for at, _ in shown(fixtures.THREE_FORMATS)] == ["20 14:27", "20 14:31", "20 14:45", "20 15:32"]


def test_pm_is_carried_down_a_list_that_fits_a_twelve_hour_clock():
    assert [at for at, _ in shown("11:50 AM a\n12:10 PM b\n1:15 c")] == ["20 11:50", "20 12:10", "20 13:15"]
    assert [at for at, _ in shown("11:50 AM a\n12:10 PM b\n13:15 c")] == ["20 11:50", "20 12:10", "20 13:15"]


def test_a_stretch_keeps_its_end_also_over_midnight():
    [short, long] = read("13:30-13:45 looking\n23:30 to 00:15 UTC restarting")
    assert short.until == datetime(2026, 11, 20, 13, 45, tzinfo=UTC)
    assert long.until == datetime(2026, 11, 21, 0, 15, tzinfo=UTC)


def test_a_wall_clock_beside_the_time_is_used_for_it_alone():
    first, second = read("9:05 PT noticed\n18:30 fixed", zone=BERLIN)
    assert f"{first.at:%H:%M}" == "17:05"
    assert f"{second.at:%H:%M}" == "17:30"
    assert "PT" in first.why


def test_in_the_hour_that_happens_twice_the_clock_does_not_go_back():
    found = read("25.10.2026\n02:50 a\n02:10 b", zone=BERLIN)
    assert [f"{entry.at:%H:%M}" for entry in found] == ["00:50", "01:10"]


def test_the_year_of_the_text_completes_days_without_one():
    stamped = stamped_lines("Feb 3\n10:00 a\nMay 40th 11:00 b", today=DAY, year=2019)
    assert entries(stamped, zone=UTC, day=DAY)[0].at == datetime(2019, 2, 3, 10, 0, tzinfo=UTC)


def test_twenty_four_hundred_is_the_next_day():
    assert shown("24:00 closed") == [("21 00:00", "closed")]


def test_a_very_long_entry_is_cut_and_the_lines_after_it_are_still_read():
    text = "### 14:27\n" + "words\n" * 1000 + "\n### 14:30\nnext\n"
    first, second = read(text)
    assert len(first.text) == LONGEST_TEXT
    assert second.text == "next"


def test_windows_line_ends_are_not_part_of_the_words():
    assert shown("14:27 a\r\n14:28 b\r\n") == [("20 14:27", "a"), ("20 14:28", "b")]


def test_lines_know_what_they_are():
    assert [kind_of(line) for line in ("# a", "| a |", "- a", "12. 14:00", "a")] == [
        "heading",
        "table",
        "list",
        "list",
        "plain",
    ]
    assert [heading_level(line) for line in ("# a", "### a", "#a", "a")] == [1, 3, 0, 0]


@given(st.text(alphabet="0123456789:-# |*\n[]()apmUTCZ", max_size=300))
def test_every_span_points_at_its_line_and_nothing_fails(text):
    starts = {offset for offset, _line in lines_of(text)}
    for entry in read(text):
        assert entry.span.start in starts
        assert entry.span.end <= len(text)
        assert entry.at.tzinfo is UTC


def test_twenty_four_o_clock_ends_the_day_once():
    assert shown("23:58 disk alert\n24:00 writes refused\n00:03 files removed") == [
        ("20 23:58", "disk alert"),
        ("21 00:00", "writes refused"),
        ("21 00:03", "files removed"),
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("3. März 2026", "Montag, 4. Mai 2026"),
        ("3 mars 2026", "lundi 4 mai 2026"),
        ("3 de marzo de 2026", "lunes, 4 de mayo de 2026"),
        ("3 marzo 2026", "lunedì 4 maggio 2026"),
        ("3 maart 2026", "maandag 4 mei 2026"),
        ("3 de março de 2026", "segunda-feira, 4 de maio de 2026"),
        ("2026年3月3日", "2026年5月4日"),
    ],
)
def test_days_stand_above_their_times_in_several_languages(first, second):
    text = f"{first}\n10:05 one\n10:06 two\n{second}\n00:10 three"
    assert [f"{entry.at:%m-%d %H:%M}" for entry in read(text)] == [
        "03-03 10:05",
        "03-03 10:06",
        "05-04 00:10",
    ]
