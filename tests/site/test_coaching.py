"""The coach beside a text: offsets as browsers count, one voice for each place, nothing kept."""

import json
import logging

import pytest
from django.core.management import call_command

from fairlead.commons.blameless import places_in
from fairlead.core.deidentify.neutral import in_neutral_words
from fairlead.site.coaching import coach, marked_parts

pytestmark = pytest.mark.django_db
CANARY = "zimtstern-4711 what were you thinking"


def ask(client, text, audience="private"):
    answer = client.post("/coach/", {"text": text, "audience": audience})
    assert answer.status_code == 200
    return answer.json()["findings"]


def test_a_private_draft_is_coached_for_one_person(cast):
    (found,) = [
        one for one in ask(cast.client("manager"), "What were you thinking?") if one["level"] != "suggestion"
    ]
    assert found["message"]
    assert found["why"]


def test_offsets_count_as_browsers_do(cast):
    text = "🙂🙂 Jonas Lindqvist was careless."
    wide = text.encode("utf-16-le")
    for found in ask(cast.client("manager"), text, "commons"):
        words = wide[found["start"] * 2 : found["end"] * 2].decode("utf-16-le")
        assert words in text
        assert not words.startswith(" ")


def test_a_rewrite_says_where_it_goes_or_is_only_shown(cast):
    (one,) = ask(cast.client("manager"), "🙂 What were you thinking?")
    assert one["rewrites"] == [{"start": 3, "end": 26, "words": "Walk me through what you saw."}]
    assert one["perhaps"] == []
    long = "It was an hour for every customer who wanted to pay, and it is no big deal."
    (one,) = ask(cast.client("manager"), long)
    assert one["rewrites"] == []
    assert one["perhaps"] == ["It was serious, and we will get through it"]
    (one,) = ask(cast.client("manager"), "🙂! Jonas Lindqvist ran it.", "commons")
    assert one["rewrites"] == [{"start": 4, "end": 19, "words": "The engineer"}]


def test_a_rewrite_of_a_name_changes_what_the_neutral_words_of_the_form_would_change(cast):
    text = "The engineer Jonas Lindqvist ran it. 🙂 He was alone until Amara Diallo came."
    found = ask(cast.client("manager"), text, "commons")
    wide = text.encode("utf-16-le")
    for one in sorted(found, key=lambda one: -one["start"]):
        for other in one["rewrites"]:
            wide = wide[: other["start"] * 2] + other["words"].encode("utf-16-le") + wide[other["end"] * 2 :]
    assert wide.decode("utf-16-le") == places_in_neutral_words(text)
    assert "They were alone" in wide.decode("utf-16-le")


def places_in_neutral_words(text):
    return in_neutral_words(text, [place.finding for place in places_in({"text": text})])


def test_a_place_is_spoken_of_once(cast):
    found = ask(
        cast.client("manager"),
        "Jonas Lindqvist was careless and should have tested it. he ran it.",
        "commons",
    )
    spans = [(one["start"], one["end"]) for one in found]
    guarded = [one for one in found if one["level"] == "error"]
    assert guarded
    for one in guarded:
        assert sum(start < one["end"] and one["start"] < end for start, end in spans) == 1


def test_a_private_draft_may_name_the_other(cast):
    assert ask(cast.client("manager"), "Jonas told me at once.") == []


def test_a_text_that_is_too_long_for_the_commons_is_told_so(cast):
    answer = cast.client("manager").post("/coach/", {"text": "a" * 200_001, "audience": "commons"})
    assert answer.status_code == 422
    assert "200,000" in answer.json()["problem"]


def test_nothing_of_a_draft_is_kept_or_logged(cast, caplog, capsys):
    client = cast.client("manager")
    with caplog.at_level(logging.DEBUG):
        ask(client, CANARY)
        client.post("/rehearse/silent/", {"line": [CANARY], "say": CANARY, "end": "1"})
    call_command("dumpdata")
    everything = capsys.readouterr().out + caplog.text + json.dumps(dict(client.session.items()), default=str)
    assert "zimtstern" not in everything
    assert "@harbour.example" in everything  # the dump is one


def test_marked_parts_put_the_text_together_again():
    from fairlead.core.language import lint  # noqa: PLC0415 - beside what it is compared with

    for text in ("You were careless, what were you thinking? Fine.", "Nothing here.", ""):
        assert "".join(part.words for part in marked_parts(text, lint(text, audience="private"))) == text


def test_a_long_draft_gets_the_first_findings(cast):
    assert len(coach("You were careless. " * 2_000, "private")) == 200
