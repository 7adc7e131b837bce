"""Debts of the organisation: everybody reads them, whoever works in a team answers, and nobody is named."""

from datetime import date

import pytest
from django.urls import reverse

from fairlead.commons.debts.models import Debt
from fairlead.commons.debts.services import debt_answer
from fairlead.core.refusal import NotYours, Refused
from tests.rules.world import a_debt

pytestmark = pytest.mark.django_db
FORM = {"edition": "1", "owner": "Head of infrastructure", "due_on": "2027-01-08", "answer": ""}


def test_everybody_reads_them_with_who_answers_and_until_when(cast):
    debt = a_debt()
    for who in ("teammate", "hr", "director"):
        page = cast.client(who).get("/improvements/debts/").content.decode()
        assert debt.words in page
        assert "Leadership, no day yet" in page


def test_without_any_the_page_says_what_goes_there(cast):
    assert "Nothing stands here" in cast.client("teammate").get("/improvements/debts/").content.decode()


def test_an_owner_and_a_day_then_what_was_done(cast):
    debt, client = a_debt(), cast.client("teammate")
    address = reverse("debt", args=[debt.pk])
    assert client.post(address, FORM).status_code == 302
    assert (
        "Head of infrastructure, by Fri 8 January 2027" in client.get("/improvements/debts/").content.decode()
    )
    done = {**FORM, "edition": "2", "answer": "The training takes place every month."}
    assert client.post(address, done).status_code == 302
    page = client.get("/improvements/debts/").content.decode()
    assert "Everything was answered for." in page
    assert "The training takes place every month." in page


def test_two_who_answer_at_once_lose_no_words(cast):
    debt, client = a_debt(), cast.client("teammate")
    address = reverse("debt", args=[debt.pk])
    assert client.post(address, FORM).status_code == 302
    late = client.post(address, {**FORM, "answer": "Other words."})
    assert late.status_code == 422
    assert "Somebody else changed this" in late.content.decode()
    assert "Other words." in late.content.decode()
    assert Debt.objects.get().answer == ""


def test_who_works_in_no_team_reads_only_and_an_owner_is_needed(cast):
    debt = a_debt()
    values = {"debt_id": debt.pk, "edition": 1, "due_on": date(2027, 1, 8), "answer": ""}
    with pytest.raises(NotYours):
        debt_answer(cast.actor("director"), owner="Leadership", **values)
    with pytest.raises(Refused, match="Name the role"):
        debt_answer(cast.actor("teammate"), owner=" ", **values)
    assert (
        '<form method="post" data-keep'
        not in cast.client("director").get(reverse("debt", args=[debt.pk])).content.decode()
    )


def test_a_debt_that_is_not_there_is_not_found(cast):
    assert (
        cast.client("teammate").get("/improvements/debts/00000000-0000-4000-8000-000000000000/").status_code
        == 404
    )
