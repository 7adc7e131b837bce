"""Whoever reads the database signs in as nobody."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.models import Session
from django.test import Client

from fairlead.foundation.audit.models import AuditEntry
from fairlead.foundation.vault.marks import mark
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def is_signed_in(client):
    return client.get("/presence/", headers={"X-Requested-With": "fetch"}).status_code == 200


def test_a_session_row_is_not_a_session(cast):
    client = cast.client("manager")
    cookie = client.cookies["session"].value
    [row] = Session.objects.all()
    assert cookie not in row.session_key
    thief = Client()
    thief.cookies["session"] = row.session_key
    assert not is_signed_in(thief)
    assert is_signed_in(client)


def test_a_session_goes_on_over_many_requests_and_ends_with_signing_out(cast):
    client = cast.client("manager")
    for _ in range(3):
        assert client.get("/").status_code == 200
    assert Session.objects.count() == 1
    cookie = client.cookies["session"].value
    client.post("/accounts/logout/")
    assert not Session.objects.exists()
    thief = Client()
    thief.cookies["session"] = cookie
    assert not is_signed_in(thief)


def test_the_seed_of_an_authenticator_is_sealed(cast):
    secret = generate_totp_secret()
    TOTP.activate(cast.manager, secret)
    [kept] = Authenticator.objects.values_list("data", flat=True)
    assert secret not in str(kept)


def test_signing_in_and_being_refused_are_on_record_without_what_was_typed(cast):
    Client().post("/accounts/login/", {"login": cast.manager.email, "password": "my-password"})
    cast.client("manager")
    entries = AuditEntry.objects.filter(action__startswith="sign_in").order_by("sequence")
    assert list(entries.values_list("action", "actor")) == [
        ("sign_in.refused", "system"),
        ("sign_in.done", mark(cast.manager.pk)),
    ]
    assert "my-password" not in str(list(AuditEntry.objects.values()))


def test_no_moment_of_a_sign_in_stands_beside_a_name(cast):
    cast.client("manager")
    assert not any(field.name == "last_login" for field in cast.manager._meta.get_fields())


@pytest.mark.parametrize("address", ["email/", "password/reset/", "password/set/", "confirm-email/x/"])
def test_addresses_and_forgotten_passwords_are_not_changed_by_mail(cast, address):
    assert cast.client("manager").get(f"/accounts/{address}").status_code == 404


def test_a_password_is_changed_with_the_old_one_and_put_on_record(cast):
    client = cast.client("manager")
    form = {
        "oldpassword": "wrong",
        "password1": "another-long-password",
        "password2": "another-long-password",
    }
    assert client.post("/accounts/password/change/", form).status_code == 200
    assert client.post("/accounts/password/change/", {**form, "oldpassword": PASSWORD}).status_code == 302
    assert AuditEntry.objects.filter(action="password.changed").count() == 1
