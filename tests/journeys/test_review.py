"""From an incident to a published review in a few minutes of clicking; a colleague reads it and takes it along."""

import io
from pathlib import Path

import pypdf

from tests.journeys import story
from tests.journeys.visitor import Visitor

MINUTES, A_CLICK, A_FIELD, A_CHARACTER = 5, 2.0, 3.0, 0.2  # what a person needs for each, in seconds


def test_from_an_incident_to_a_published_review(manager: Visitor, come):
    incident = story.put_on_record(manager)
    deeds = manager.deeds
    before = deeds.clicks, deeds.fields, deeds.typed
    story.answer_the_system(manager, incident)
    story.write_review(manager, incident)
    clicks, fields, typed = (
        now - then for now, then in zip((deeds.clicks, deeds.fields, deeds.typed), before, strict=True)
    )
    print(f"{clicks} clicks, {fields} fields, {typed} characters")  # noqa: T201 - the measure is the point of this test
    assert clicks * A_CLICK + fields * A_FIELD + typed * A_CHARACTER < MINUTES * 60
    assert manager.sees("The engineer knows: try it against production’s routes first.")
    assert not manager.sees("Jonas")

    colleague = come("lars")
    colleague.go(incident)
    colleague.click("Read the review", "link")
    for words in ("The shop did not load.", "The lab gets the second default route", "The engineer knows"):
        assert colleague.sees(words)
    assert not colleague.page.get_by_role("link", name="Change it").count()
    with colleague.page.expect_download() as coming:
        colleague.page.get_by_role("link", name="PDF").click()
    pdf = pypdf.PdfReader(io.BytesIO(Path(coming.value.path()).read_bytes()))
    told = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert "Order page down after a router change" in told
    assert "The engineer knows" in told


def test_two_who_write_the_same_section_lose_nothing(manager: Visitor, come):
    incident = story.put_on_record(manager)
    priya = come("priya")
    for person in (manager, priya):
        person.go(incident + "review/write/")
        assert person.page.locator("#section-lessons textarea").input_value() == ""
    manager.page.locator("#section-lessons textarea").fill("The lab lacks a route.")
    manager.page.locator("#section-lessons [data-state=saved]").wait_for()
    priya.page.locator("#section-lessons textarea").fill("The alarm came late.")
    priya.page.get_by_text("Both are kept.").wait_for()
    with priya.page.expect_response("**/write/lessons/"):
        priya.click("Bring theirs in below mine")
    manager.page.reload()
    assert manager.page.locator("#section-lessons textarea").input_value() == (
        "The alarm came late.\n\nThe lab lacks a route."
    )


def test_a_name_in_a_form_is_replaced_at_one_click_and_enter_saves_as_it_stands(manager: Visitor):
    manager.go("/incidents/new/by-hand/")
    manager.write("Title", "Loop")
    manager.write("What happened", "Jonas rolled it out. Priya called Jonas.", exact=True)
    manager.send("Put it on record")
    assert manager.sees("“Priya” is somebody's name. Write “the engineer” instead.")
    manager.page.locator("button[data-shown=Priya]").click()
    assert (
        manager.page.get_by_label("What happened")
        .input_value()
        .startswith("Jonas rolled it out. The engineer called")
    )
    with manager.page.expect_navigation():
        manager.page.get_by_label("Title").press("Enter")
    assert manager.sees("“Jonas” is somebody's name.")
    manager.send("Use the neutral words and save")
    assert manager.sees("The engineer rolled it out. The engineer called the engineer.")
