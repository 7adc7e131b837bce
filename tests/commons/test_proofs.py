"""What is believed of a report, what it makes of an improvement, and for how long."""

from datetime import UTC, datetime, timedelta

import pytest

from fairlead.commons.blameless import NamesSomebody
from fairlead.commons.improvements.models import ImprovementStep
from fairlead.commons.improvements.services import improvement_done, improvement_drop, improvement_reopen
from fairlead.commons.improvements.services_reminders import midnight_pass
from fairlead.commons.proofs.models import Proof, Proving
from fairlead.commons.proofs.selectors import proofs_of
from fairlead.commons.proofs.services import hash_of, proving_report
from fairlead.core.refusal import NotYours, Refused
from fairlead.foundation import clock
from fairlead.foundation.audit.models import AuditEntry
from fairlead.people.selectors import today
from tests.commons.reports import report, run, runs
from tests.commons.test_improvements import planned

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 17, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _a_friday():
    with clock.fixed(NOON):
        yield


@pytest.fixture
def one(cast):
    return planned(cast)


def told(cast, made, who="teammate", name="drop"):
    return proving_report(cast.actor(who), name=name, report=made)


def stands(one, day=None):
    one.refresh_from_db()
    return one.standing(day or today())


def test_a_proof_makes_an_improvement_done_whatever_its_owner_says(cast, one):
    told(cast, report(one.pk))
    assert (stands(one).key, stands(one).words) == ("done", "proved on 20 November 2026")
    assert (one.state, one.done_until) == ("open", NOON.date() + timedelta(days=30))
    assert ImprovementStep.objects.filter(improvement=one).first().what == "proved"
    assert AuditEntry.objects.filter(action="proof.reported", subject=str(one.pk)).count() == 1


def test_called_done_is_not_done(cast, one):
    improvement_done(cast.actor("teammate"), improvement_id=one.pk, edition=1, closing_words="It runs.")
    assert (stands(one).key, stands(one).words) == ("called", "called done on 20 November 2026, not proved")
    assert stands(one, one.due_on + timedelta(days=1)).late


def test_after_its_days_a_proof_is_stale_until_it_is_proved_again(cast, one):
    first, _ = told(cast, report(one.pk))
    after = NOON + timedelta(days=31)
    assert stands(one, after.date() - timedelta(days=1)).key == "done"
    assert (stands(one, after.date()).key, stands(one, after.date()).late) == ("stale", True)
    with clock.fixed(after):
        told(cast, report(one.pk, first.hash))
        assert stands(one).key == "done"


def test_at_midnight_what_ran_out_stands_among_what_waits(cast, one):
    told(cast, report(one.pk))
    one.refresh_from_db()
    assert not one.waits
    for day, waits in ((30, False), (31, True)):
        with clock.fixed(NOON.replace(hour=12) + timedelta(days=day)):
            midnight_pass()
        one.refresh_from_db()
        assert one.waits is waits


def test_a_dropped_improvement_never_waits(cast, one):
    told(cast, report(one.pk))
    one.refresh_from_db()
    actor = cast.actor("teammate")
    improvement_drop(actor, improvement_id=one.pk, edition=one.edition, closing_words="Gone.")
    with clock.fixed(NOON + timedelta(days=40)):
        midnight_pass()
    one.refresh_from_db()
    assert not one.waits
    improvement_reopen(actor, improvement_id=one.pk, edition=one.edition, words="It is needed.")
    one.refresh_from_db()
    assert one.waits


def test_the_shortest_of_several_proofs_counts_and_the_worst(cast, one):
    told(cast, report(one.pk, max_age_days=3))
    told(cast, report(one.pk, proof="other", max_age_days=30), name="other")
    assert stands(one).key == "done"
    assert one.done_until == NOON.date() + timedelta(days=3)
    told(cast, report(one.pk, proof="third", proved="broken"), name="third")
    assert (stands(one).key, one.proof_state) == ("failing", "broken")


def test_a_safeguard_that_breaks_is_told_and_told_once(cast, one):
    first, _ = told(cast, report(one.pk))
    second, _ = told(cast, report(one.pk, first.hash, proved="broken"))
    told(cast, report(one.pk, second.hash, proved="broken"))
    assert stands(one).words == "the safeguard accepts what broke things"
    assert one.done_until == NOON.date() - timedelta(days=1)
    assert [step.what for step in one.steps.all()] == ["failed", "proved", "planned"]


def test_a_changed_fixture_is_stale_at_once(cast, one):
    first, _ = told(cast, report(one.pk))
    told(cast, report(one.pk, first.hash, proved="stale", reasons=["The fixture “bad” has changed."]))
    assert (stands(one).key, stands(one).words) == ("stale", "its proof is stale")


def test_another_safeguard_or_bad_change_is_named_in_the_history(cast, one):
    first, _ = told(cast, report(one.pk))
    fixtures = {"bad": "f" * 64, "good": "b" * 64, "malformed": "d" * 64}
    told(cast, report(one.pk, first.hash, fixtures=fixtures, safeguard_sha256="9" * 64))
    [shown] = proofs_of(cast.actor("hr"), one)
    assert shown.latest.differences == (
        "The fixture “bad” is another one than the time before.",
        "The safeguard is another one than the time before.",
    )
    assert [t.proving.number for t in shown.history] == [2, 1]


def test_the_same_report_again_changes_nothing(cast, one):
    made = report(one.pk)
    first, new = told(cast, made)
    again, new_again = told(cast, made)
    assert (first, new, new_again) == (again, True, False)
    told(cast, report(one.pk, first.hash, proved="broken"))
    told(cast, made)  # replayed: it does not make the improvement proved again
    assert stands(one).key == "failing"
    assert Proving.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"hash": "0" * 64}, "hash", "not as it was written"),
        ({"title": "Another title"}, "hash", "not as it was written"),
    ],
)
def test_a_report_that_was_changed_is_refused(cast, one, wrong, field, words):
    with pytest.raises(Refused, match=words) as refused:
        told(cast, report(one.pk) | wrong)
    assert refused.value.field == field
    assert not Proving.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"proof": "other"}, "proof", "a report of “other”, sent for “drop”"),
        ({"improvement": "3f2b8a70-0000-4000-8000-000000000000"}, "improvement", "no such improvement"),
        ({"improvement": ""}, "improvement", "names no improvement"),
        ({"previous": "1" * 64}, "previous", "goes on from another one"),
        ({"at": (NOON + timedelta(hours=1)).isoformat()}, "at", "a time to come"),
        ({"at": "2026-11-20T12:00:00"}, "at", "with its zone"),
        ({"at": "yesterday"}, "at", "with its zone"),
        ({"runs": runs(bad="ACCEPT")}, "proved", "its runs show broken"),
        ({"runs": runs()[:3]}, "proved", "not all of the four"),
        ({"runs": []}, "proved", "not all of the four"),
        ({"runs": [*runs(), run("bad", "ERROR")]}, "proved", "its runs show flaky"),
        ({"runs": [run("good"), run("bad", fits=False), *runs()[2:]]}, "proved", "its runs show draft"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(cast, one, changed, field, words):
    with pytest.raises(Refused, match=words) as refused:
        told(cast, report(one.pk, **changed))
    assert refused.value.field == field
    assert (Proving.objects.count(), stands(one).key) == (0, "open")


def test_a_history_is_not_begun_anew_nor_forked_nor_turned_back(cast, one):
    first, _ = told(cast, report(one.pk))
    with pytest.raises(Refused, match="begins a new history, but 1 reports"):
        told(cast, report(one.pk, title="Another"))
    second, _ = told(cast, report(one.pk, first.hash, title="Another"))
    with pytest.raises(Refused, match="goes on from another one"):
        told(cast, report(one.pk, first.hash, title="A fork"))
    with pytest.raises(Refused, match="older than the one before"):
        told(cast, report(one.pk, second.hash, at=(NOON - timedelta(minutes=1)).isoformat()))
    assert Proof.objects.get().head == second.hash


def test_the_history_of_one_improvement_proves_no_other(cast, one):
    first, _ = told(cast, report(one.pk))
    other = planned(cast)
    with pytest.raises(Refused, match="goes on from another one"):
        told(cast, report(other.pk, first.hash))
    assert stands(other).key == "open"


def test_whoever_only_reads_reports_nothing(cast, one):
    with pytest.raises(NotYours):
        told(cast, report(one.pk), who="hr")


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Jonas Lindqvist's check"},
        {"reasons": ["Asked Jonas Lindqvist."]},
        {"tool_version": "lint by Jonas Lindqvist"},
        {"runs": [{**run("good"), "words": "Jonas Lindqvist"}, *runs()[1:]]},
    ],
)
def test_a_report_names_nobody(cast, one, changed):
    with pytest.raises(NamesSomebody):
        told(cast, report(one.pk, **changed))


def test_an_output_that_names_somebody_is_kept_in_neutral_words_with_its_own_hash(cast, one):
    made = report(one.pk, runs=[run("good", output="last changed by Jonas Lindqvist"), *runs()[1:]])
    made["runs"][1]["argv"] = ["check", "/home/jonas.lindqvist/fixture"]
    made["hash"] = hash_of(made)
    kept, _ = told(cast, made)
    kept.refresh_from_db()
    text = str(kept.evidence)
    assert "Lindqvist" not in text
    assert "lindqvist" not in text
    assert "last changed by" in text
    assert kept.evidence["runs"][0]["output_sha256"] == made["runs"][0]["output_sha256"]
    assert kept.hash == made["hash"]
    told(cast, made)  # known again all the same
    told(cast, report(one.pk, kept.hash))


def test_opened_again_it_has_to_be_proved_anew(cast, one):
    first, _ = told(cast, report(one.pk))
    one.refresh_from_db()
    actor = cast.actor("teammate")
    improvement_reopen(actor, improvement_id=one.pk, edition=one.edition, words="It let one pass.")
    assert stands(one).key == "open"
    told(cast, report(one.pk))  # the old one, sent again
    assert stands(one).key == "open"
    told(cast, report(one.pk, first.hash))
    assert stands(one).key == "done"


def test_a_dropped_improvement_stays_dropped(cast, one):
    improvement_drop(cast.actor("teammate"), improvement_id=one.pk, edition=1, closing_words="Gone.")
    told(cast, report(one.pk))
    assert stands(one).key == "dropped"


def test_the_whole_history_is_kept_and_the_page_shows_the_latest_of_it(cast, one):
    head, client = "0" * 64, cast.client("director")
    for n in range(15):
        head = told(cast, report(one.pk, head, title=f"Reading {n}"))[0].hash
    [shown] = proofs_of(cast.actor("hr"), one)
    assert [t.proving.number for t in shown.history] == list(range(15, 3, -1))
    assert Proving.objects.count() == 15
    assert client.get(f"/improvements/{one.pk}/").status_code == 200
