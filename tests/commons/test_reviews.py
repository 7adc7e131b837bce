"""A review from its draft to the day it comes back: nobody's words are lost, nobody is named, nothing is missing."""

import uuid
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest

from fairlead.commons.blameless import NamesSomebody, NotYetDecided
from fairlead.commons.improvements.models import Improvement
from fairlead.commons.improvements.services import decision_day_set
from fairlead.commons.incidents.models import Incident
from fairlead.commons.reviews.models import Anniversary, Publication, SectionVersion
from fairlead.commons.reviews.selectors import come_back, draft_of, publication_of, template_now
from fairlead.commons.reviews.services import (
    anniversary_come,
    review_publish,
    template_set,
)
from fairlead.core.refusal import Refused
from fairlead.core.review.template import DEFAULT, Section
from fairlead.foundation import clock
from fairlead.foundation.audit.models import AuditEntry
from fairlead.foundation.outbox.models import OutboxRow
from fairlead.foundation.outbox.worker import work_once
from tests.commons.reviewing import NOW, improve, publish, save
from tests.rules.world import answer_every_question, write_lesson

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_day")]


# --- writing --------------------------------------------------------------------------------------------------------


def test_the_draft_holds_what_is_on_record_before_anybody_wrote(priya, incident):
    draft = draft_of(priya, incident)
    parts = {one.section.key: one.part for one in draft.sections}
    assert "A change looped." in parts["summary"]
    assert "| 14:27 | It began. |" in parts["timeline"]
    assert parts["lessons"] == ""


def test_a_page_grows_its_own_version_and_leaves_those_of_others(priya, incident):
    one, other = uuid.uuid4(), uuid.uuid4()
    assert save(priya, incident, "a", sitting=one).version == 1
    assert save(priya, incident, "ab", sitting=one, edit=2, base=1).version == 2
    assert SectionVersion.objects.count() == 1
    answered = save(priya, incident, "other", sitting=other, base=0)
    assert answered.others == ("ab",)
    assert save(priya, incident, "abc", sitting=one, edit=3, base=2).others == ("other",)
    assert [v.words for v in SectionVersion.objects.order_by("number")] == ["ab", "other", "abc"]
    section = draft_of(priya, incident).sections[0]
    assert (section.words, section.earlier) == ("abc", ("other", "ab"))


def test_a_late_save_undoes_nothing(priya, incident):
    page = uuid.uuid4()
    save(priya, incident, "newer", sitting=page, edit=5)
    save(priya, incident, "older", sitting=page, edit=4)
    assert draft_of(priya, incident).sections[0].words == "newer"


def test_what_names_somebody_is_not_saved_and_nothing_else_is_lost(priya, incident):
    save(priya, incident, "It looped.")
    with pytest.raises(NamesSomebody):
        save(priya, incident, "Jonas looped it.", base=1)
    assert draft_of(priya, incident).sections[0].words == "It looped."


@pytest.mark.parametrize(("key", "words"), [("nowhere", "x"), ("summary", "x" * 50_001)])
def test_what_has_no_place_is_refused(priya, incident, key, words):
    with pytest.raises(Refused):
        save(priya, incident, words, key=key)
    assert not SectionVersion.objects.exists()


def test_whoever_works_in_no_team_neither_sees_nor_writes_a_draft(cast, incident):
    assert draft_of(cast.actor("director"), incident) is None
    with pytest.raises(Refused):
        save(cast.actor("director"), incident, "x")


# --- publishing -----------------------------------------------------------------------------------------------------


def test_what_is_missing_is_named(priya, incident):
    with pytest.raises(Refused) as refused:
        publish(priya, incident)
    assert [one.code for one in refused.value.missing] == ["section:lessons", "factors", "improvements"]
    assert not Publication.objects.exists()


def test_a_weaker_improvement_alone_is_not_enough_and_the_day_of_the_decision_is(priya, incident):
    improve(priya, incident, strength="weaker")
    answer_every_question(priya, incident)
    write_lesson(priya, incident)
    with pytest.raises(Refused) as refused:
        publish(priya, incident)
    assert [one.code for one in refused.value.missing] == ["improvements"]
    decision_day_set(priya, incident=incident, owner="Network team", due_on=date(2027, 1, 8))
    assert publish(priya, incident).number == 1


def test_an_improvement_that_was_dropped_does_not_count(priya, ready):
    Improvement.objects.update(state="dropped")
    with pytest.raises(Refused) as refused:
        publish(priya, ready)
    assert [one.code for one in refused.value.missing] == ["improvements"]


def test_a_published_review_is_everybodys_as_it_read_that_day(cast, priya, ready):
    published = publish(priya, ready)
    assert published.published_on == date(2026, 11, 25)
    save(priya, ready, "Something new.")
    read = publication_of(cast.actor("director"), ready)
    assert "Something new." not in str(read.sections)
    assert AuditEntry.objects.filter(action="review.published").count() == 1


def test_publishing_twice_is_once_and_publishing_again_keeps_what_was_there(priya, ready):
    assert publish(priya, ready).pk == publish(priya, ready).pk
    save(priya, ready, "Something new.")
    again = publish(priya, ready)
    assert again.number == 2
    assert publication_of(priya, ready, 1).sections != again.sections
    assert publication_of(priya, ready).pk == again.pk


def test_nobody_publishes_what_they_have_not_looked_at(priya, ready):
    seen = draft_of(priya, ready).seen()
    save(priya, ready, "Written by somebody else meanwhile.")
    with pytest.raises(Refused, match="changed the draft"):
        review_publish(priya, incident=ready, seen=seen, kept={})
    with pytest.raises(Refused, match="changed the draft"):
        review_publish(priya, incident=ready, seen="", kept={})


def test_each_place_that_may_tell_who_it_was_is_changed_or_kept(priya, ready):
    save(priya, ready, "The loop ran through core-rtr-02, and she saw it.")
    with pytest.raises(NotYetDecided) as refused:
        publish(priya, ready)
    places = refused.value.places
    assert [place.finding.shown for place in places] == ["core-rtr-02", "she"]
    kept = {place.id: "many" for place in places}
    with pytest.raises(NotYetDecided):
        publish(priya, ready, dict(list(kept.items())[:1]))
    published = publish(priya, ready, {**kept, "0" * 16: "many"})
    assert published.kept == kept


def test_words_of_the_record_are_looked_at_too(priya, ready):
    Incident.objects.update(what_happened="It came with commit 4f2a91c.")
    ready.refresh_from_db()
    with pytest.raises(NotYetDecided):
        publish(priya, ready)
    Incident.objects.update(what_happened="Jonas did it.")  # written before he joined
    ready.refresh_from_db()
    with pytest.raises(NamesSomebody):
        publish(priya, ready)


# --- the template ---------------------------------------------------------------------------------------------------


def test_a_new_template_is_a_new_version_and_nobodys_words_are_lost(priya, incident):
    write_lesson(priya, incident, "Try it first.")
    template_set(priya, base=0, sections=[Section("summary", "In short")])
    assert template_now() == (1, (Section("summary", "In short"),))
    draft = draft_of(priya, incident)
    assert [(one.section.title, one.words) for one in draft.sections] == [
        ("In short", ""),
        ("No longer in the template", "Try it first."),
    ]
    write_lesson(priya, incident, "Try it first, again.")


def test_two_who_change_the_template_notice_each_other(priya):
    template_set(priya, base=0, sections=DEFAULT)
    with pytest.raises(Refused, match="Somebody else changed the template"):
        template_set(priya, base=0, sections=DEFAULT)


# --- it comes back --------------------------------------------------------------------------------------------------


def anniversaries():
    return OutboxRow.objects.filter(kind="review_anniversary", done_at=None)


def test_a_year_later_it_stands_on_today_with_what_came_of_it(cast, priya, ready):
    publish(priya, ready)
    row = anniversaries().get()
    assert row.run_after == datetime(2027, 11, 19, 5, 0, tzinfo=UTC)  # midnight in New York
    with clock.fixed(datetime(2027, 11, 19, 15, 0, tzinfo=UTC)):
        work_once()
        (one,) = come_back(priya, today=date(2027, 11, 19))
        assert one.ago == "A year ago today"
        ((improvement, state),) = one.improvements
        assert (improvement.words, state.late) == ("A second route in the lab", True)
        assert come_back(cast.actor("director"), today=date(2027, 11, 19)) == []
        page = unescape(cast.client("teammate").get("/").content.decode())
        assert "A year ago today: Routing loop" in page
        assert "What came of it?" in page
        assert "A year ago today" not in cast.client("director").get("/").content.decode()
    assert come_back(priya, today=date(2027, 11, 21))[0].ago == "A year ago on Friday"
    assert come_back(priya, today=date(2027, 11, 27)) == []
    assert anniversaries().get().run_after == datetime(2028, 11, 19, 5, 0, tzinfo=UTC)


def test_it_comes_back_once_however_often_the_work_is_done(priya, ready):
    review = publish(priya, ready).review
    save(priya, ready, "New.")
    publish(priya, ready)
    assert anniversaries().count() == 1
    with clock.fixed(datetime(2027, 11, 19, 15, 0, tzinfo=UTC)):
        for _ in range(3):
            anniversary_come(review.pk, years=1, day=date(2027, 11, 19))
    assert Anniversary.objects.count() == 1
    assert anniversaries().filter(payload__years=2).count() == 1


def test_a_leap_day_comes_back_on_the_28th(priya, ready):
    Incident.objects.update(
        started_at=datetime(2024, 2, 29, 19, 0, tzinfo=UTC),
        resolved_at=datetime(2024, 2, 29, 20, 0, tzinfo=UTC),
    )
    ready.refresh_from_db()
    publish(priya, ready)
    assert anniversaries().get().payload["day"] == "2027-02-28"


def test_a_review_whose_incident_is_gone_comes_back_no_more(priya, ready):
    review = publish(priya, ready).review
    ready.delete()
    anniversary_come(review.pk, years=1, day=NOW.date() + timedelta(days=359))
    assert not Anniversary.objects.exists()
