"""A text goes in; title, zone, times, figures and the questions it leaves open come out, with reasons."""

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.intake import understand
from fairlead.core.localtime import LocalTimeError
from tests.core.intake import fixtures

NOW = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


def read(text, **given_):
    return understand(text, now=NOW, **given_)


def times(found):
    return {moment.key: f"{moment.at:%Y-%m-%d %H:%M}" for moment in found.moments}


def asked(found):
    return [question.key for question in found.missing]


def test_a_sentence_is_enough_for_the_start_and_the_end():
    found = read(fixtures.SENTENCE)
    assert times(found) == {"started": "2026-11-20 14:27", "resolved": "2026-11-20 15:32"}
    assert found.day is not None
    assert "today is assumed" in found.day.why
    assert asked(found) == ["cost", "team_size", "zone"]


def test_a_time_that_has_not_come_today_was_yesterday():
    found = read("down from 18:05 until 18:20")
    assert times(found) == {"started": "2026-11-19 18:05", "resolved": "2026-11-19 18:20"}


def test_a_review_tells_all_four_times_the_figures_and_the_zone():
    found = read(fixtures.REVIEW)
    assert times(found) == {
        "started": "2026-03-19 14:27",
        "detected": "2026-03-19 14:31",
        "mitigated": "2026-03-19 14:52",
        "resolved": "2026-03-19 15:32",
    }
    assert found.title is not None
    assert found.title.value == "Checkout unavailable in all regions"
    assert found.zone is not None
    assert found.zone.value == "UTC"
    assert found.customer_saw is not None
    assert found.customer_saw.value == "Customers could not place orders for 65 minutes"
    assert [(money.minor, money.currency) for money in found.money] == [(18_000_000, "USD")]
    assert {measure.key for measure in found.measures} >= {"support", "share"}
    assert asked(found) == ["team_size"]


def test_every_finding_says_where_it_stands():
    found = read(fixtures.REVIEW)
    for moment in found.moments:
        assert moment.span is not None
        assert f"{moment.at:%H:%M}" in fixtures.REVIEW[moment.span.start : moment.span.end]
        assert moment.why.endswith(".")
    assert fixtures.REVIEW[found.money[0].span.start : found.money[0].span.end] == "$180k"


def test_a_chat_log_tells_when_it_was_noticed_and_when_it_was_over():
    found = read(fixtures.CHAT, date=date(2026, 11, 19), zone="Europe/Berlin")
    assert times(found) == {
        "started": "2026-11-19 13:27",
        "detected": "2026-11-19 13:31",
        "mitigated": "2026-11-19 13:33",
        "resolved": "2026-11-19 14:32",
    }
    assert asked(found) == ["cost", "team_size"]


def test_a_mail_has_its_subject_as_title_and_its_day_is_not_the_header_s():
    found = read(fixtures.MAIL)
    assert found.title is not None
    assert found.title.value == "Search is down in the north region"
    assert found.zone is not None
    assert found.zone.value == "Europe/Berlin"
    assert times(found)["started"] == "2026-11-20 13:05"
    assert times(found)["resolved"] == "2026-11-20 14:15"


def test_the_given_zone_outranks_the_stated_one_because_somebody_chose_it():
    stated, chosen = read(fixtures.TABLE), read(fixtures.TABLE, zone="UTC")
    assert stated.zone is not None
    assert stated.zone.value == "Europe/Berlin"
    assert times(stated)["started"] == "2026-01-12 22:40"
    assert times(chosen)["started"] == "2026-01-12 23:40"


def test_a_statement_about_the_whole_text_means_the_clock_on_the_wall():
    summer = read("All times in CET.\n\n- 2026-07-02 10:00 deploy\n- 10:05 alert\n- 10:30 restored\n")
    assert times(summer)["started"] == "2026-07-02 08:00"


def test_an_unknown_zone_is_refused():
    with pytest.raises(LocalTimeError):
        read("it broke", zone="Mars/Olympus")


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Timezone: Europe/Paris\n14:27 x", "Europe/Paris"),
        ("times are UTC+2\n14:27 x", "Etc/GMT-2"),
        ("14:27 IST broke", "Asia/Kolkata"),
        ("14:27 UTC+05:30 broke", "UTC"),
        ("this time is et cetera", None),
        ("14:27 UTC a\n14:30 PST b", None),
        ("Time: Nowhere/Nothing", None),
    ],
)
def test_the_zone_of_a_text(text, zone):
    found = read(text)
    assert (found.zone.value if found.zone else None) == zone


def test_a_shared_abbreviation_says_which_one_was_taken():
    found = read("14:27 IST broke")
    assert found.zone is not None
    assert "India" in found.zone.why


def test_labels_count_more_than_verbs():
    text = "Started: 2026-11-19 10:00\nDetected: 10:20\nMitigated: 10:40\nResolved: 11:00\n\nWe deployed at 09:00."
    assert times(read(text)) == {
        "started": "2026-11-19 10:00",
        "detected": "2026-11-19 10:20",
        "mitigated": "2026-11-19 10:40",
        "resolved": "2026-11-19 11:00",
    }


def test_a_stretch_over_midnight_ends_on_the_next_day():
    assert times(read("On 2026-11-18 it was down between 23:50 and 00:20 UTC.")) == {
        "started": "2026-11-18 23:50",
        "resolved": "2026-11-19 00:20",
    }


def test_a_day_after_its_time_on_the_same_line_belongs_to_it():
    assert (
        times(read("The outage began, we know now, at 10:00 on 2026-11-12; later more"))["started"]
        == "2026-11-12 10:00"
    )


def test_the_end_is_counted_from_the_start_when_only_the_duration_is_told():
    found = read("It went down at 10:00 UTC. The outage lasted 65 minutes.")
    assert times(found) == {"started": "2026-11-20 10:00", "resolved": "2026-11-20 11:05"}


def test_without_words_for_the_end_the_last_time_is_a_guess_that_is_asked_about():
    found = read("10:00 disk full\n10:05 looked at it\n10:40 wrote to the vendor\n")
    started, resolved = found.moment("started"), found.moment("resolved")
    assert started is not None
    assert resolved is not None
    assert not started.sure
    assert not resolved.sure
    assert f"{resolved.at:%H:%M}" == "10:40"
    assert {"started", "resolved"} <= set(asked(found))


def test_a_mitigation_stands_in_for_a_missing_end():
    found = read("10:00 deploy broke it\n10:05 alert\n10:40 rolled back\n11:00 wrote the mail\n")
    resolved = found.moment("resolved")
    assert resolved is not None
    assert (f"{resolved.at:%H:%M}", resolved.sure) == ("10:40", False)


def test_with_one_time_only_there_is_no_end():
    found = read("14:27 it went down")
    assert found.moment("resolved") is None
    assert "resolved" in asked(found)


def test_a_beginning_after_the_first_alert_is_not_believed():
    found = read("10:00 alert\n10:05 fix pushed\n10:30 all clear\n")
    assert times(found)["started"] == "2026-11-20 10:00"


def test_services_are_listed_or_guessed_from_the_words_beside_them():
    assert [one.value for one in read("Services affected: checkout, search and login.").services] == [
        "checkout",
        "search",
        "login",
    ]
    assert [one.value for one in read("the `orders` service and our Billing API; this service").services] == [
        "orders",
        "Billing",
    ]


def test_times_to_come_and_days_of_two_readings_are_noted():
    found = read("On 03/04/2027 at 10:00 UTC it went down")
    assert len(found.notes) == 2


def test_a_day_that_never_was_is_passed_over():
    found = read("Feb 29 was on the poster. Down since 2026-11-12, from 10:00 to 11:00.", zone="UTC")
    assert found.day is not None
    assert found.day.value == date(2026, 11, 12)


def test_an_empty_text_is_answered_with_every_question():
    assert asked(read("")) == ["what", "started", "resolved", "cost", "team_size", "zone"]


def test_a_text_without_times_has_no_day():
    found = read("the shop is slow")
    assert found.day is None
    assert found.moments == ()


@pytest.mark.parametrize(
    "text",
    [
        "x 12:30 " * 120_000,
        "2026-11-20 14:27:05 it broke\n" * 10_000,
        "|" * 1_000_000,
        "- " * 500_000,
        "down for " * 100_000,
        "x 2026-11-20 14:27 " * 60_000,
    ],
    ids=["one line", "many lines", "bars", "dashes", "words", "many days in one line"],
)
def test_a_megabyte_is_read_without_blowing_up(text):
    before = time.process_time()
    found = read(text)
    assert time.process_time() - before < 5  # of this process: other work on the machine does not count
    assert "The text is long" in found.notes[-1] or len(text) < 300_000


@given(st.text(max_size=400))
def test_no_text_makes_it_fail(text):
    read(text)


def test_a_zone_named_anywhere_counts_unless_there_are_two():
    def zone_of(text):
        found = understand(text, now=NOW)
        return found.zone.value if found.zone else None

    assert zone_of("Loop from 02:30 to 04:00, Europe/Berlin") == "Europe/Berlin"
    assert zone_of("Loop from 02:30 to 04:00. Offices in Europe/Berlin and Asia/Tokyo.") is None
    assert zone_of("Loop from 02:30 to 04:00 in Europe/Nowhere") is None
    assert zone_of("See a/Europe/Berlin.txt, 02:30 to 04:00") is None
