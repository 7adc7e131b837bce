"""Words that name nobody are declared once for everybody, on record, and never hide a person."""

import uuid

import pytest

from fairlead.commons.harmless.models import HarmlessWord
from fairlead.commons.harmless.selectors import declared
from fairlead.commons.harmless.services import harmless_declare, harmless_withdraw
from fairlead.core.refusal import Refused
from fairlead.foundation.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def declare(cast, kind="word", words="Okta", holders=None, word_id=None):
    return harmless_declare(
        cast.actor("teammate"), word_id=word_id or uuid.uuid4(), kind=kind, words=words, holders=holders
    )


def test_each_kind_reaches_the_check(cast):
    declare(cast, "word", "Okta  Verify")
    declare(cast, "host", "core-rtr-02")
    declare(cast, "network", "203.0.113.0/24")
    declare(cast, "mailbox", "frontdesk@harbour.example")
    declare(cast, "role", "DBA", 7)
    found = declared()
    assert found.words == ("Okta Verify",)
    assert found.hosts == ("core-rtr-02",)
    assert found.networks == ("203.0.113.0/24",)
    assert found.mailboxes == ("frontdesk@harbour.example",)
    assert dict(found.roles)["dba"] == 7


def test_the_roster_tells_how_many_hold_a_role_until_somebody_says_otherwise(cast):
    assert dict(declared().roles) == {
        "engineering manager": 2,
        "line manager": 2,
        "hr partner": 1,
        "director": 1,
    }
    declare(cast, "role", "Director", 6)
    assert dict(declared().roles)["director"] == 6


def test_the_same_words_twice_are_one_and_a_new_number_replaces_the_old(cast):
    first = declare(cast, "role", "DBA", 2)
    assert declare(cast, "role", "dba", 2).pk == first.pk
    assert declare(cast, "role", "dba", 9).pk == first.pk
    assert HarmlessWord.objects.get().holders == 9
    assert AuditEntry.objects.filter(action="harmless.declared").count() == 2


@pytest.mark.parametrize(
    ("kind", "words", "holders", "field"),
    [
        ("word", "Priya", None, "words"),
        ("word", "praman", None, "words"),
        ("host", "jonas lindqvist", None, "words"),
        ("mailbox", "priya@harbour.example", None, "words"),
        ("mailbox", "the front desk", None, "words"),
        ("network", "300.1.1.1", None, "words"),
        ("role", "DBA", None, "holders"),
        ("word", "Okta", 3, "holders"),
        ("person", "Okta", None, "words"),
        ("word", "   ", None, "words"),
    ],
)
def test_what_names_somebody_or_is_not_of_its_kind_is_refused(cast, kind, words, holders, field):
    harmful = words.replace("praman", "priyar")  # the handle of the test's teammate
    with pytest.raises(Refused) as refused:
        declare(cast, kind, harmful, holders)
    assert refused.value.field == field
    assert not HarmlessWord.objects.exists()


def test_a_declaration_can_be_taken_back_on_record(cast):
    word = declare(cast)
    harmless_withdraw(cast.actor("teammate"), word=word)
    assert not HarmlessWord.objects.exists()
    assert AuditEntry.objects.filter(action="harmless.withdrawn").count() == 1


def test_whoever_reads_only_declares_nothing(cast):
    word = declare(cast)
    for refused in (
        lambda: harmless_declare(cast.actor("hr"), word_id=uuid.uuid4(), kind="word", words="Okta"),
        lambda: harmless_withdraw(cast.actor("hr"), word=word),
    ):
        with pytest.raises(Refused):
            refused()


def test_a_form_sent_twice_declares_one(cast):
    client, word_id = cast.client("teammate"), str(uuid.uuid4())
    for _ in range(2):
        page = client.post(
            "/words-that-name-nobody/", {"word_id": word_id, "kind": "word", "words": "Okta", "holders": ""}
        )
        assert page.status_code == 302
    assert HarmlessWord.objects.count() == 1
    assert "Okta" in client.get("/words-that-name-nobody/").content.decode()
    assert client.get("/").status_code == 200
