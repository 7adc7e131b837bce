"""What somebody wrote is kept: two pages at once, late saves, odd characters, long texts, clicks that come twice."""

import uuid

import pytest
from django.urls import reverse

from fairlead.commons.factors.models import Factor
from fairlead.commons.improvements.models import Improvement
from fairlead.commons.incidents.models import Incident
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act
from fairlead.people.services import account_add, team_join
from fairlead.private.cases.models import Case, Grant, Notice
from fairlead.private.conversations.models import Remark, TextVersion
from fairlead.private.conversations.selectors import text_of
from fairlead.private.conversations.services import LONGEST
from fairlead.private.preparation.models import Preparation, TalkRequest
from fairlead.private.promises.models import Promise
from tests.private.talks import FETCH, Talk

pytestmark = pytest.mark.django_db


class Page:
    """One open page of one person: it counts its saves and remembers the version it shows."""

    def __init__(self, client, talk: Talk, slot: str = "facts", base: int = 0) -> None:
        self.client, self.base, self.edit, self.sitting = client, base, 0, str(uuid.uuid4())
        self.address = talk.at("talk_notes_save", slot=slot)

    def save(self, words: str, *, edit: int | None = None):
        self.edit = self.edit + 1 if edit is None else edit
        form = {"words": words, "sitting": self.sitting, "edit": str(self.edit), "base": str(self.base)}
        answer = self.client.post(self.address, form, headers=FETCH)
        self.base = answer.json().get("version", self.base)
        return answer


def stands(talk: Talk, slot: str = "facts"):
    return text_of(talk.opened("manager", Act.READ), slot, with_history=True)


def everything(talk: Talk) -> list[str]:
    text = stands(talk)
    return [text.words, *(version.words for version in text.earlier)]


@pytest.fixture
def talk(cast):
    return Talk(cast).held()


@pytest.fixture
def manager(cast, talk):
    return cast.client("manager")


def test_two_pages_on_the_same_note_lose_nobodys_words_and_the_second_sees_both(manager, talk):
    one, two = Page(manager, talk), Page(manager, talk)
    assert one.save("From the first page.").status_code == 200
    answer = two.save("From the second page.")
    assert answer.status_code == 409
    assert [other["words"] for other in answer.json()["others"]] == ["From the first page."]
    assert everything(talk) == ["From the second page.", "From the first page."]


def test_a_page_that_shows_an_older_save_of_a_growing_text_is_told(manager, talk):
    one = Page(manager, talk)
    version = one.save("It began").json()["version"]
    two = Page(manager, talk, base=version)
    one.save("It began at the border pair.")
    answer = two.save("It began elsewhere.")
    assert answer.status_code == 409
    assert [other["words"] for other in answer.json()["others"]] == ["It began at the border pair."]


def test_once_told_a_page_is_not_told_again_of_the_same_words(manager, talk):
    one, two = Page(manager, talk), Page(manager, talk)
    one.save("One.")
    assert two.save("Two.").status_code == 409
    assert two.save("Two, and more.").status_code == 200
    assert one.save("One, and more.").status_code == 409
    assert set(everything(talk)) == {"One.", "Two, and more.", "One, and more."}


def test_a_late_save_does_not_undo_a_later_one(manager, talk):
    page = Page(manager, talk)
    page.save("first", edit=1)
    page.save("first and second", edit=3)
    late = page.save("first and", edit=2)
    assert late.status_code == 200
    assert stands(talk).words == "first and second"


def test_a_save_that_is_sent_again_after_a_lost_answer_changes_nothing(manager, talk):
    page = Page(manager, talk)
    page.save("Some words.", edit=1)
    before = TextVersion.objects.get().saved_at
    page.save("Some words.", edit=1)
    assert TextVersion.objects.get().saved_at == before


def test_without_a_script_each_save_is_a_version_and_the_page_is_shown_again(manager, talk):
    for words in ("One.", "Two."):
        answer = manager.post(talk.at("talk_notes_save", slot="facts"), {"words": words, "base": "0"})
        assert answer.status_code == 302
    assert everything(talk) == ["Two.", "One."]


@pytest.mark.parametrize(
    "words",
    [
        "🫣 👩🏽‍🚒 e\u0301 \u202eback\u202c",
        "شرحت ما حدث. ثم أصلحناه.",
        '<script>alert(1)</script> & "quoted" {{ 7*7 }}',
        "  kept\n\n\tas typed  ",
        "\ufeff\u200b\u00ad",
    ],
    ids=["emoji", "right to left", "markup", "white space", "invisible"],
)
def test_whatever_somebody_types_comes_back_as_it_was(cast, manager, talk, words):
    assert Page(manager, talk).save(words).status_code == 200
    assert stands(talk).words == words
    page = cast.client("engineer").get(talk.at("talk_notes")).content.decode()
    assert "<script>alert" not in page


def test_a_megabyte_of_notes_is_kept(cast, manager, talk):
    words = "Zeile für Zeile. 🧭\n" * 60_000
    assert len(words.encode()) > 1_000_000
    assert Page(manager, talk).save(words).status_code == 200
    assert stands(talk).words == words
    assert cast.client("engineer").get(talk.at("talk_notes")).status_code == 200


def test_a_nul_character_takes_nobodys_words_along(manager, talk):
    assert Page(manager, talk).save("be\x00fore and after").status_code == 200
    assert stands(talk).words == "before and after"


def test_half_a_pair_of_surrogates_breaks_nothing(manager, talk):
    body = b"words=half%ED%A0%BD+of+it&base=0"
    answer = manager.post(
        talk.at("talk_notes_save", slot="facts"), body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 302
    assert stands(talk).words.endswith("of it")
    talk.write("manager", "person", "half \ud83d of it")  # and where no browser is between
    assert stands(talk, "person").words == "half ? of it"


def test_a_text_that_is_too_long_is_refused_with_the_limit_and_nothing_is_lost(manager, talk):
    page = Page(manager, talk)
    page.save("What stood before.")
    answer = page.save("x" * (LONGEST + 1))
    assert answer.status_code == 422
    assert "2,000,000 fit" in answer.json()["problem"]
    assert "still on this page" in answer.json()["problem"]
    assert stands(talk).words == "What stood before."


def test_a_request_that_is_too_large_is_refused_before_it_is_read(manager, talk):
    answer = Page(manager, talk).save("x" * (12 * 1024 * 1024 + 1))
    assert answer.status_code == 413
    assert "12 MB" in answer.json()["problem"]


def test_a_place_to_write_that_is_not_there_is_refused(manager, talk):
    answer = Page(manager, talk, slot="elsewhere").save("x")
    assert answer.json()["problem"] == "There is no such place to write."
    for slot in ("account", "team_message"):  # nor is there a way round through the notes
        assert Page(manager, talk, slot=slot).save("x").status_code in {200, 409}
    assert stands(talk, "account").words == ""


@pytest.mark.parametrize("broken", [{"edit": "-1"}, {"base": "x"}, {"sitting": "not-an-id"}, {"base": ""}])
def test_a_page_that_cannot_be_read_changes_nothing(manager, talk, broken):
    form = {"words": "x", "sitting": str(uuid.uuid4()), "edit": "1", "base": "0", **broken}
    answer = manager.post(talk.at("talk_notes_save", slot="facts"), form, headers=FETCH)
    assert answer.status_code == 409
    assert not TextVersion.objects.exists()


# --- forms that are sent twice --------------------------------------------------------------------------------------


def twice(client, address: str, form: dict[str, object]) -> None:
    assert [client.post(address, form).status_code for _ in range(2)] == [302, 302]


def test_an_incident_recorded_twice_is_one(cast):
    form = {
        "incident_id": str(uuid.uuid4()),
        "title": "A loop",
        "zone": "UTC",
        "trigger": "change",
        "detected_by": "unknown",
        "kind": "incident",
    }
    twice(cast.client("teammate"), reverse("incident_by_hand"), form)
    assert Incident.objects.count() == 1


def test_a_talk_begun_twice_is_one_whatever_ids_the_forms_had(cast):
    talk = Talk(cast)
    client, address = cast.client("manager"), reverse("talk_begin", args=[talk.incident.pk])
    for case_id in (uuid.uuid4(), uuid.uuid4(), talk.case):
        answer = client.post(address, {"case_id": str(case_id), "engineer": str(cast.engineer.pk)})
        assert answer.headers["Location"] == talk.at("talk_live")
    assert Case.objects.count() == 1
    assert Notice.objects.filter(key="case_opened").count() == 1


def test_an_id_that_another_talk_has_tells_nobody_that_there_is_one(cast):
    talk = Talk(cast)
    client = cast.client("other_manager")
    account = account_add(email="ines@harbour.example", name="Ines Faro", password="a-long-test-password")
    team_join(team="Shop", account=account)
    answer = client.post(
        reverse("talk_begin", args=[talk.incident.pk]),
        {"case_id": str(talk.case), "engineer": str(account.pk)},
    )
    assert answer.status_code == 302
    assert str(talk.case) not in answer.headers["Location"]
    assert Case.objects.count() == 2
    assert Grant.objects.filter(case=talk.case).count() == 2


@pytest.mark.parametrize("elsewhere", [False, True], ids=["here", "id of another talk"])
def test_a_remark_or_a_promise_sent_twice_is_one(cast, talk, manager, elsewhere):
    remark = {
        "remark_id": str(uuid.uuid4()),
        "about": "text",
        "subject": "record",
        "kind": "contest",
        "words": "I see it differently.",
    }
    promise = {"promise_id": str(uuid.uuid4()), "owed_by": "manager", "words": "Soon", "cadence": "weekly"}
    if elsewhere:
        Case.objects.filter(pk=talk.case).update(incident=None)
        other = Talk(cast).held()
        manager.post(other.at("talk_remark"), remark)
        manager.post(other.at("promise_make"), promise)
    for route, form in (("talk_remark", remark), ("promise_make", promise)):
        assert manager.post(talk.at(route), form).status_code == 302
        if not elsewhere:
            assert manager.post(talk.at(route), form).status_code == 302
    assert Remark.objects.filter(case=talk.case).count() == 1
    assert Promise.objects.filter(case=talk.case).count() == 1


def test_a_factor_an_improvement_a_preparation_and_a_request_sent_twice_are_one(cast, talk, manager):
    incident = talk.incident.pk
    factor = {"factor_id": str(uuid.uuid4()), "leaf": "other", "words": "One route less."}
    twice(manager, reverse("factor_question", args=[incident, "A1"]), factor)
    improvement = {
        "improvement_id": str(uuid.uuid4()),
        "words": "The lab gets the route",
        "factors": [factor["factor_id"]],
        "strength": "stronger",
        "owner": "Network team",
        "due_on": "2027-01-08",
    }
    twice(manager, reverse("improvement_plan", args=[incident]), improvement)
    twice(manager, reverse("prepare_done", args=[incident]), {})
    twice(cast.client("engineer"), reverse("talk_ask", args=[incident]), {})
    for model in (Factor, Improvement, Preparation, TalkRequest):
        assert model.objects.count() == 1, model


def test_a_service_refuses_what_is_too_long_by_itself(talk):
    with pytest.raises(Refused, match="at most 2,000,000 fit"):
        talk.write("manager", "facts", "x" * (LONGEST + 1))
