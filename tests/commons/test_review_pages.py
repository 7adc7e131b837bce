"""The pages of a review: written, refused, published, read, taken away, with a script and without one."""

import re
import uuid
from html import unescape

import pytest

from fairlead.commons.reviews.models import SectionVersion
from fairlead.commons.reviews.selectors import draft_of, template_now
from fairlead.core.review.template import DEFAULT
from tests.commons.reviewing import save

pytestmark = pytest.mark.django_db
FETCH = {"X-Requested-With": "fetch"}


def at(incident, rest=""):
    return f"/incidents/{incident.pk}/review/{rest}"


def test_an_unpublished_review_is_nothing_to_whoever_works_in_no_team(cast, ready):
    director = cast.client("director")
    nothing = director.get(f"/incidents/{uuid.uuid4()}/review/").content
    for rest in ("", "as/pdf/", "editions/1/", "write/", "publish/"):
        answer = director.get(at(ready, rest))
        assert (answer.status_code, answer.content) == (404, nothing), rest
    assert director.post(at(ready, "write/lessons/"), {"words": "x", "base": "0"}).status_code == 404
    assert "review" not in director.get(f"/incidents/{ready.pk}/").content.decode().lower()


def test_from_the_draft_to_the_files_by_forms_alone(cast, ready):
    client = cast.client("teammate")
    assert client.get(at(ready)).headers["Location"] == at(ready, "write/")
    client.post(at(ready, "write/summary/"), {"words": "It **looped**.\r\nTwice.", "base": "0"})
    page = client.get(at(ready, "publish/")).content.decode()
    assert "<strong>looped</strong>" in page
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', page).group(1)
    assert client.post(at(ready, "publish/"), {"seen": seen}).headers["Location"] == at(ready)
    reader = cast.client("director")
    assert "<strong>looped</strong>" in reader.get(at(ready)).content.decode()
    assert (
        reader.get(at(ready, "as/md/"))
        .content.decode()
        .startswith("# Routing loop\n\n*Review of an incident")
    )
    pdf = reader.get(at(ready, "as/pdf/"))
    assert pdf.content.startswith(b"%PDF")
    assert pdf.headers["Content-Disposition"] == 'attachment; filename="review-routing-loop.pdf"'
    assert '<h2 dir="auto">Summary</h2>' in reader.get(at(ready, "as/html/")).content.decode()
    assert reader.get(at(ready, "as/exe/")).status_code == 404
    assert reader.get(at(ready, "editions/1/")).status_code == 200
    assert reader.get(at(ready, "editions/2/")).status_code == 404


def test_a_script_is_told_what_names_somebody_and_what_to_write_instead(cast, ready):
    client = cast.client("teammate")
    form = {"words": "Jonas looped it.", "base": "0", "sitting": str(uuid.uuid4()), "edit": "1"}
    answer = client.post(at(ready, "write/summary/"), form, headers=FETCH)
    assert answer.status_code == 422
    assert answer.json()["neutral"] == "The engineer looped it."
    assert answer.json()["places"] == ["“Jonas” is somebody's name. Write “the engineer” instead."]
    form |= {"words": "It looped.", "edit": "2"}
    assert client.post(at(ready, "write/summary/"), form, headers=FETCH).json()["version"] == 1
    other = {"words": "It did.", "base": "0", "sitting": str(uuid.uuid4()), "edit": "1"}
    answer = client.post(at(ready, "write/summary/"), other, headers=FETCH)
    assert (answer.status_code, answer.json()["others"]) == (
        409,
        [{"words": "It looped.", "who": "a colleague"}],
    )
    long = client.post(
        at(ready, "write/summary/"), form | {"words": "x" * 50_001, "edit": "3"}, headers=FETCH
    )
    assert (long.status_code, "at most 50,000" in long.json()["problem"]) == (422, True)


def test_without_a_script_the_refusal_has_a_button_for_the_neutral_words(cast, ready):
    client = cast.client("teammate")
    page = client.post(at(ready, "write/summary/"), {"words": "Jonas looped it.", "base": "0"})
    assert page.status_code == 422
    assert "Jonas looped it." in page.content.decode()
    neutral = unescape(re.search(r'name="words" value="([^"]*)"', page.content.decode()).group(1))
    client.post(at(ready, "write/summary/"), {"words": neutral, "base": "0"})
    assert SectionVersion.objects.get(key="summary").words == "The engineer looped it."


def test_the_page_of_publishing_leads_to_what_is_missing_and_asks_about_each_place(cast, priya, incident):
    save(priya, incident, "Through core-rtr-02.")
    client = cast.client("teammate")
    page = client.get(at(incident, "publish/")).content.decode()
    for href in (at(incident, "write/#words-lessons"), f"/incidents/{incident.pk}/factors/"):
        assert f'href="{href}"' in page
    assert "Or keep “core-rtr-02”, because" in unescape(page)
    refused = client.post(at(incident, "publish/"), {"seen": draft_of(priya, incident).seen()})
    assert refused.status_code == 422
    assert "Something is still missing" in refused.content.decode()


def test_the_template_is_changed_on_a_page(cast):
    client = cast.client("teammate")
    page = client.get("/review-template/").content.decode()
    total = int(re.search(r'name="form-TOTAL_FORMS" value="(\d+)"', page).group(1))
    assert total == len(DEFAULT) + 1
    form = {
        "base": "0",
        "form-TOTAL_FORMS": "3",
        "form-INITIAL_FORMS": "2",
        "form-0-key": "summary",
        "form-0-title": "In short",
        "form-0-source": "summary",
        "form-0-ORDER": "2",
        "form-1-key": "lessons",
        "form-1-title": "Lessons",
        "form-1-DELETE": "on",
        "form-1-ORDER": "1",
        "form-2-title": "Who was told?",
        "form-2-needed": "on",
        "form-2-ORDER": "1",
    }
    assert client.post("/review-template/", form).status_code == 302
    number, sections = template_now()
    assert number == 1
    assert [(one.key, one.title, one.needed) for one in sections] == [
        ("who_was_told", "Who was told?", True),
        ("summary", "In short", False),
    ]
    assert client.post("/review-template/", form).status_code == 422
    assert client.post("/review-template/", {**form, "base": "1", "form-0-title": ""}).status_code == 422
    assert "In short" in cast.client("director").get("/review-template/").content.decode()
