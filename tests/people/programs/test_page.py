"""The page on which somebody lets programs in: a token shown once, kept as a hash, revoked at once."""

import re
import uuid

import pytest
from django.db import connection

from fairlead.foundation.audit.models import AuditEntry
from fairlead.people.programs.models import ApiToken
from tests.api.programs import Program
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
PAGE = "/accounts/programs/"


def form(**values):
    return {
        "token_id": str(uuid.uuid4()),
        "name": "Deploy pipeline",
        "scopes": ["incidents:read"],
        "days": "30",
        **values,
    }


def shown(answer) -> str:
    found = re.search(r'value="(fl_[\w-]+)"', answer.content.decode())
    return found.group(1) if found else ""


def confirmed(cast, who="teammate"):
    """Somebody who has just shown again that it is them."""
    client = cast.client(who)
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302
    return client


def test_a_token_is_shown_once_and_works(cast):
    client = confirmed(cast)
    token = shown(client.post(PAGE, form()))
    assert token
    assert token not in client.get(PAGE).content.decode()
    program = Program()
    program.token = token
    assert program.get("/incidents").status_code == 200
    assert program.post("/incidents", {"title": "A loop"}).status_code == 403


def test_a_form_sent_twice_makes_one_token_and_says_that_it_was_shown(cast):
    client, sent = confirmed(cast), form()
    client.post(PAGE, sent)
    again = client.post(PAGE, sent, follow=True)
    assert ApiToken.objects.count() == 1
    assert shown(again) == ""
    assert "shown then" in again.content.decode()


def test_the_database_holds_nothing_a_thief_could_use(cast):
    token = shown(confirmed(cast).post(PAGE, form()))
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - every table there is
            assert token[12:] not in repr(cursor.fetchall()), table


def test_revoking_shuts_a_program_out_at_once(cast):
    client, program = cast.client("teammate"), Program(cast.teammate)
    token = ApiToken.objects.get()
    assert program.get("/incidents").status_code == 200
    answer = client.post(f"{PAGE}{token.pk}/revoke/", follow=True)
    assert "has no access any more" in answer.content.decode()
    assert program.get("/incidents").status_code == 401
    assert client.post(f"{PAGE}{token.pk}/revoke/").status_code == 404


def test_nobody_sees_or_revokes_the_token_of_somebody_else(cast):
    Program(cast.teammate)
    token = ApiToken.objects.get()
    for other in ("engineer", "operator", "director"):
        client = cast.client(other)
        assert token.prefix not in client.get(PAGE).content.decode()
        assert client.post(f"{PAGE}{token.pk}/revoke/").status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None


def test_making_one_asks_for_the_password_first_and_then_goes_on(cast):
    client = cast.client("teammate")
    asked = client.post(PAGE, form())
    assert asked.status_code == 302
    assert not ApiToken.objects.exists()
    answer = client.post(asked.headers["Location"], {"password": PASSWORD})
    assert shown(answer)
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"scopes": []},
        {"scopes": ["private:read"]},
        {"days": "4000"},
        {"name": "x" * 121},
        {"token_id": "x"},
    ],
)
def test_what_cannot_be_is_said_on_the_page(cast, wrong):
    answer = confirmed(cast).post(PAGE, form(**wrong))
    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


def test_making_and_revoking_are_on_record(cast):
    client = confirmed(cast)
    client.post(PAGE, form())
    client.post(f"{PAGE}{ApiToken.objects.get().pk}/revoke/")
    entries = AuditEntry.objects.filter(subject_type="token").order_by("sequence")
    assert [(one.action, one.actor) for one in entries] == [
        ("token.made", cast.actor("teammate").mark),
        ("token.revoked", cast.actor("teammate").mark),
    ]
