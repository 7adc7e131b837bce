"""Practising on the page: a manager says lines, hears answers, looks back; everybody else finds nothing."""

import pytest
from django.apps import apps

pytestmark = pytest.mark.django_db


def page(client, **said):
    answer = client.post("/rehearse/devastated/", said)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_was_said_so_far_travels_in_the_page(cast):
    client = cast.client("manager")
    first = page(client, say="How are you?")
    assert "I have not eaten since noon" in first
    assert '<input type="hidden" name="line" value="How are you?">' in first
    second = page(client, line=["How are you?"], say="What were you thinking?")
    assert "They close up again" in second
    assert "<mark" in second


def test_looking_back_shows_the_lines_most_worth_changing_and_no_mark(cast):
    shown = page(cast.client("manager"), line=["What were you thinking?", "How are you?"], end="1")
    assert "most worth changing" in shown
    assert "Words that fit there" in shown
    assert "What they have not heard from you yet" in shown
    assert "<textarea" not in shown


def test_an_end_without_a_line_is_a_beginning(cast):
    assert "What do you say?" in page(cast.client("manager"), end="1")


def test_lines_are_shown_as_text_and_never_as_code(cast):
    assert "<script>alert" not in page(cast.client("manager"), say="<script>alert(1)</script>")


def test_an_unknown_partner_and_everybody_who_manages_nobody_find_nothing(cast):
    assert cast.client("manager").get("/rehearse/angry/").status_code == 404
    assert cast.client("teammate").get("/rehearse/").status_code == 404


def test_there_is_no_table_for_it_and_never_will_be():
    assert list(apps.get_app_config("rehearsal").get_models()) == []
