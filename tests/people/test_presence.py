"""How long a sign-in lasts, when one must show again that it is oneself, and what scripts are told."""

import uuid
from contextlib import contextmanager
from datetime import timedelta
from unittest import mock

import pytest
from django.urls import reverse

from fairlead.foundation import clock
from fairlead.people.models import Membership
from fairlead.private.cases.selectors import own_notices
from fairlead.private.conversations.models import TextVersion
from tests.private.talks import FETCH, Talk

pytestmark = pytest.mark.django_db
SIGNED_IN_AT = clock.now()


@contextmanager
def after(**span: float):
    """The moment this long after signing in, for our clock and for the sign-in library's."""
    moment = SIGNED_IN_AT + timedelta(**span)
    with clock.fixed(moment), mock.patch("time.time", return_value=moment.timestamp()):
        yield


@pytest.fixture
def engineer(cast):
    with after():
        client = cast.client("engineer")
        client.get(reverse("incidents"))
        return client


@pytest.fixture
def manager(cast):
    with after():
        client = cast.client("manager")
        client.get(reverse("incidents"))
        return client


@pytest.fixture
def talk(cast):
    with after():
        return Talk(cast)


def is_signed_in(client) -> bool:
    return client.get(reverse("incidents")).status_code == 200


def test_half_an_hour_without_a_sign_of_life_ends_a_sign_in(engineer):
    with after(minutes=29):
        assert is_signed_in(engineer)
    with after(minutes=29 + 29):
        assert is_signed_in(engineer)
    with after(minutes=58 + 31):
        assert not is_signed_in(engineer)


def test_twelve_hours_end_it_however_busy_somebody_is(engineer):
    for quarter in range(1, 48):
        with after(minutes=15 * quarter):
            assert is_signed_in(engineer)
    with after(hours=12, minutes=1):
        assert not is_signed_in(engineer)


def test_signing_in_again_begins_anew(cast, engineer):
    with after(minutes=45):
        assert not is_signed_in(engineer)
        again = cast.client("engineer")
        assert is_signed_in(again)
    with after(minutes=70):
        assert is_signed_in(again)


def test_the_private_side_asks_again_after_ten_minutes_away_from_it(engineer, talk):
    page = talk.at("talk")
    with after(minutes=9):
        assert engineer.get(page).status_code == 200
    with after(minutes=18):
        assert engineer.get(page).status_code == 200  # nine minutes after the last visit
    with after(minutes=27):
        assert is_signed_in(engineer)
    with after(minutes=29):
        answer = engineer.get(page)
        assert answer.headers["Location"].startswith("/accounts/reauthenticate/?next=%2Four-talk%2F")
        assert is_signed_in(engineer)  # the commons goes on


def test_showing_the_password_opens_the_private_side_again(engineer, talk):
    with after(minutes=25):
        engineer.get(reverse("incidents"))
        assert engineer.get(talk.at("talk")).status_code == 302
        answer = engineer.post(
            f"{reverse('account_reauthenticate')}?next={talk.at('talk')}",
            {"password": "a-long-test-password"},
        )
        assert answer.headers["Location"] == talk.at("talk")
        assert engineer.get(talk.at("talk")).status_code == 200


def test_a_wrong_password_does_not(engineer, talk):
    with after(minutes=25):
        engineer.post(reverse("account_reauthenticate"), {"password": "not-the-password"})
        assert engineer.get(talk.at("talk")).status_code == 302


def test_every_private_page_asks_again_and_the_notices_too(engineer, talk):
    (told,) = own_notices(talk.cast.actor("engineer"))
    with after(minutes=15):
        for address in (
            talk.at("talk"),
            talk.at("talk_account"),
            talk.at("talk_type"),
            reverse("notice", args=[told.pk]),
        ):
            answer = engineer.get(address)
            assert answer.status_code == 302, address
            assert "reauthenticate" in answer.headers["Location"], address


def test_today_and_an_incident_say_nothing_of_a_talk_until_one_has_shown_it_again(engineer, talk):
    with after(minutes=5):
        assert "/notices/" in engineer.get(reverse("today")).content.decode()
    with after(minutes=20):
        for address in (reverse("today"), reverse("incident", args=[talk.incident.pk])):
            page = engineer.get(address).content.decode()
            assert "/notices/" not in page
            assert str(talk.case) not in page


def test_a_post_that_is_asked_to_show_again_leads_home_and_stores_nothing(engineer, talk):
    with after(minutes=15):
        answer = engineer.post(talk.at("talk_account_save"), {"words": "x", "base": "0"})
    assert answer.headers["Location"] == "/accounts/reauthenticate/?next=%2F"
    assert not TextVersion.objects.exists()


def test_scripts_are_told_in_json_instead_of_being_sent_to_a_page(engineer, talk):
    form = {"words": "x", "base": "0"}
    for headers in (FETCH, {"HX-Request": "true"}):
        with after(minutes=15):
            confirm = engineer.post(talk.at("talk_account_save"), form, headers=headers)
            assert (confirm.status_code, confirm.json()) == (401, {"sign_in": "confirm"})
            assert engineer.get(reverse("presence"), headers=headers).json() == {"sign_in": "confirm"}
    with after(minutes=60):
        needed = engineer.post(talk.at("talk_account_save"), form, headers=FETCH)
        assert (needed.status_code, needed.json()) == (401, {"sign_in": "needed"})
        assert engineer.get(reverse("presence")).json() == {"sign_in": "needed"}


def test_whoever_is_asked_again_learns_nothing_about_what_is_there(cast, talk):
    with after():
        teammate = cast.client("teammate")
    with after(minutes=15):
        here = teammate.get(talk.at("talk"))
        nothing = teammate.get(reverse("talk", args=[uuid.uuid4()]))
    assert here.status_code == nothing.status_code == 302
    assert here.content == nothing.content


# --- a talk that goes on holds its sign-in ---------------------------------------------------------------------------


def begin(manager, talk) -> None:
    with after(minutes=1):
        assert manager.get(talk.at("talk_live")).status_code == 200


def test_a_talk_in_progress_holds_the_sign_in_for_up_to_three_hours(manager, talk):
    begin(manager, talk)
    with after(hours=2, minutes=59):
        save = manager.post(
            talk.at("talk_notes_save", slot="facts"), {"words": "x", "base": "0"}, headers=FETCH
        )
        assert save.status_code == 200
    with after(hours=2, minutes=59 + 31):
        assert not is_signed_in(manager)


def test_a_card_left_on_the_table_holds_three_hours_in_all_and_no_longer(manager, talk):
    begin(manager, talk)
    for half in range(1, 6):
        with after(minutes=30 * half):
            assert manager.post(talk.at("talk_heartbeat"), headers=FETCH).status_code == 200
    with after(hours=2, minutes=59):
        assert manager.get(talk.at("talk_live")).status_code == 200
    with after(hours=3, minutes=32):
        assert not is_signed_in(manager)


def test_a_session_row_does_not_name_the_talk_that_holds_it(manager, talk):
    begin(manager, talk)
    assert "held_until" in manager.session
    assert str(talk.case) not in repr(dict(manager.session))


def test_ending_the_talk_ends_the_hold_and_the_ordinary_limits_count_from_then(manager, talk):
    begin(manager, talk)
    with after(hours=2):
        assert manager.post(talk.at("talk_end")).status_code == 302
    with after(hours=2, minutes=29):
        assert is_signed_in(manager)
    with after(hours=2, minutes=29 + 31):
        assert not is_signed_in(manager)


def test_a_talk_that_was_held_does_not_hold_again(manager, talk):
    begin(manager, talk)
    with after(minutes=2):
        manager.post(talk.at("talk_end"))
        assert manager.get(talk.at("talk_live")).status_code == 200
    with after(minutes=40):
        assert not is_signed_in(manager)


def test_the_engineer_cannot_hold_a_sign_in_with_the_managers_card(engineer, talk):
    with after(minutes=1):
        assert engineer.post(talk.at("talk_heartbeat"), headers=FETCH).status_code == 409
    with after(minutes=40):
        assert not is_signed_in(engineer)


# --- signing out, and a change of place ------------------------------------------------------------------------------


def test_signing_out_ends_it_at_once_also_during_a_talk(manager, talk):
    begin(manager, talk)
    with after(minutes=5):
        manager.post(reverse("account_logout"))
        assert not is_signed_in(manager)
        assert manager.get(talk.at("talk")).status_code == 302


def test_a_change_of_role_counts_at_the_next_click(cast, manager, talk):
    with after(minutes=1):
        assert manager.get(reverse("prepare")).status_code == 200
        Membership.objects.filter(account=cast.manager).update(ended_at=clock.now())
        assert manager.get(reverse("prepare")).status_code == 404


def test_somebody_who_may_not_sign_in_any_more_is_out_at_the_next_click(cast, engineer):
    with after(minutes=1):
        cast.engineer.is_active = False
        cast.engineer.save()
        assert not is_signed_in(engineer)
