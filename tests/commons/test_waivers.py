"""A waiver stands in for a proof: asked by one, signed by another, over on its day or when there is a proof."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from fairlead.commons.improvements.services import improvement_drop, improvement_reopen
from fairlead.commons.proofs.models import Waiver
from fairlead.commons.proofs.selectors import waivers_of
from fairlead.commons.proofs.services import proving_report
from fairlead.commons.proofs.services_waivers import waiver_ask, waiver_end, waiver_sign
from fairlead.core.refusal import NotYours, Refused
from fairlead.foundation import clock
from fairlead.people.selectors import today
from tests.commons.reports import report
from tests.commons.test_improvements import planned

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 17, tzinfo=UTC)
UNTIL = NOON.date() + timedelta(days=60)


@pytest.fixture(autouse=True)
def _a_friday():
    with clock.fixed(NOON):
        yield


@pytest.fixture
def one(cast):
    return planned(cast)


def ask(cast, one, who="teammate", **changed):
    given = {"waiver_id": uuid.uuid4(), "code": "vendor", "words": "The vendor mends it.", "until": UNTIL}
    return waiver_ask(cast.actor(who), improvement=one, **given | changed)


def sign(cast, waiver, who="other_manager", signer="Security"):
    return waiver_sign(cast.actor(who), waiver_id=waiver.pk, signer=signer)


def stands(one, day=None):
    one.refresh_from_db()
    return one.standing(day or today())


def test_it_counts_from_the_second_signature_until_its_day(cast, one):
    waiver = ask(cast, one)
    assert stands(one).key == "open"
    sign(cast, waiver)
    assert (stands(one).key, stands(one).words) == ("done", "waived until 19 January 2027")
    assert stands(one, UNTIL).key == "done"
    assert (stands(one, UNTIL + timedelta(days=1)).key, one.done_by) == ("stale", "waiver")
    assert [step.what for step in one.steps.all()] == ["waived", "planned"]


def test_whoever_asked_signs_nothing(cast, one):
    waiver = ask(cast, one)
    with pytest.raises(Refused, match="Somebody else signs it"):
        sign(cast, waiver, "teammate")
    assert stands(one).key == "open"


def test_nobody_signs_for_the_owner_nor_twice(cast, one):
    waiver = ask(cast, one)
    with pytest.raises(Refused, match="another one than the owner"):
        sign(cast, waiver, signer="network team")
    sign(cast, waiver)
    with pytest.raises(Refused, match="signed already"):
        sign(cast, waiver, "manager")


def test_whoever_only_reads_does_nothing(cast, one):
    waiver = ask(cast, one)
    with pytest.raises(NotYours):
        ask(cast, one, "hr")
    with pytest.raises(NotYours):
        sign(cast, waiver, "hr")
    with pytest.raises(NotYours):
        waiver_end(cast.actor("hr"), waiver_id=waiver.pk)


def test_a_form_sent_twice_asks_once_and_one_waits_at_a_time(cast, one):
    known = uuid.uuid4()
    assert ask(cast, one, waiver_id=known) == ask(cast, one, waiver_id=known)
    assert Waiver.objects.count() == 1
    with pytest.raises(Refused, match="waiting for its second signature"):
        ask(cast, one)
    with pytest.raises(Refused, match="belongs to another improvement"):
        ask(cast, planned(cast), waiver_id=known)


def test_taken_back_it_counts_no_more(cast, one):
    waiver = ask(cast, one)
    sign(cast, waiver)
    waiver_end(cast.actor("manager"), waiver_id=waiver.pk)
    assert stands(one).key == "stale"
    with pytest.raises(Refused, match="is over"):
        waiver_end(cast.actor("manager"), waiver_id=waiver.pk)
    assert [shown.state for shown in waivers_of(cast.actor("hr"), one)] == ["over"]


def test_one_that_waits_and_is_taken_back_is_over(cast, one):
    waiver_end(cast.actor("teammate"), waiver_id=ask(cast, one).pk)
    assert stands(one).key == "open"
    assert ask(cast, one)


def test_a_proof_takes_its_place(cast, one):
    sign(cast, ask(cast, one))
    proving_report(cast.actor("teammate"), name="drop", report=report(one.pk))
    assert (stands(one).key, one.done_by) == ("done", "proof")
    [shown] = waivers_of(cast.actor("hr"), one)
    assert shown.state == "over"
    with pytest.raises(Refused, match="counts as done already"):
        ask(cast, one)


def test_it_holds_while_a_proof_fails(cast, one):
    sign(cast, ask(cast, one))
    proving_report(cast.actor("teammate"), name="drop", report=report(one.pk, proved="broken"))
    assert (stands(one).key, one.proof_state) == ("done", "broken")


def test_opened_again_it_counts_no_more(cast, one):
    waiver = ask(cast, one)
    sign(cast, waiver)
    one.refresh_from_db()
    improvement_reopen(cast.actor("teammate"), improvement_id=one.pk, edition=one.edition, words="It broke.")
    assert stands(one).key == "open"
    assert [shown.state for shown in waivers_of(cast.actor("hr"), one)] == ["over"]
    with pytest.raises(Refused, match="is over"):
        sign(cast, waiver, "manager")


def test_a_proof_from_before_it_was_opened_again_counts_no_more(cast, one):
    proving_report(cast.actor("teammate"), name="drop", report=report(one.pk))
    one.refresh_from_db()
    improvement_reopen(cast.actor("teammate"), improvement_id=one.pk, edition=one.edition, words="It broke.")
    waiver_end(cast.actor("teammate"), waiver_id=ask(cast, one).pk)  # where it stands is worked out anew
    assert stands(one).key == "open"


def test_what_was_dropped_is_not_waived(cast, one):
    improvement_drop(cast.actor("teammate"), improvement_id=one.pk, edition=1, closing_words="Gone.")
    with pytest.raises(Refused, match="was dropped"):
        ask(cast, one)


def test_the_page_offers_signing_to_everybody_but_whoever_asked(cast, one):
    ask(cast, one)
    address = f"/improvements/{one.pk}/"
    assert "Read and sign" not in cast.client("teammate").get(address).content.decode()
    assert "Read and sign" in cast.client("other_manager").get(address).content.decode()
    assert "Read and sign" not in cast.client("hr").get(address).content.decode()


def test_nobody_stands_in_a_waiver(cast, one):
    sign(cast, ask(cast, one))
    kept = repr(Waiver.objects.values().get())
    assert str(cast.teammate.pk) not in kept
    assert str(cast.other_manager.pk) not in kept
    assert cast.actor("teammate").mark not in kept
    page = cast.client("director").get(f"/improvements/{one.pk}/").content.decode()
    assert "Signed by somebody else for Security" in page
