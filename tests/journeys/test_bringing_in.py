"""From what people really have to an incident on record, in a browser; and what a colleague sees of it."""

from tests.journeys import story
from tests.journeys.test_review import A_CHARACTER, A_CLICK, A_FIELD, MINUTES

CHAT = """Shop down after a routing change, about 40% of customers
2026-11-20, all times Europe/Berlin

14:27 Jonas Lindqvist: pushed the route change, it passed in the lab
14:31 loop on the core
15:32 rolled back
"""
TABLE = "title,started,resolved\nQueue stuck,2026-11-20 10:00,2026-11-20 11:00\nDisk full,whenever,\n"


def test_a_pasted_chat_is_on_record_in_three_clicks_and_a_colleague_sees_no_source(manager, come):
    manager.write("What happened?", CHAT, exact=True)
    manager.send("See what was understood")
    assert manager.sees("Some words were changed")
    lines = manager.page.get_by_label("Timeline").input_value()
    assert lines.splitlines()[1] == "14:27 Pushed the route change, it passed in the lab"
    manager.send("Put it on record")
    incident = manager.page.url
    assert manager.sees("You responded to this")
    manager.click("what was written in the heat", "link")
    assert manager.sees("Jonas Lindqvist")
    colleague = come("tomas")
    colleague.go(incident)
    assert colleague.sees("Was somebody of your team at the centre of this?")
    assert not colleague.sees("You responded to this")
    assert not colleague.sees("Lindqvist")
    colleague.go(incident + "source/")
    here = colleague.page.content()
    colleague.go("/nothing/here/")
    assert colleague.page.content() == here


def test_from_a_paste_to_a_published_review_in_minutes_and_a_colleague_reads_it_and_finds_no_source(
    manager, come
):
    manager.write("What happened?", CHAT, exact=True)
    manager.deeds.typed = 0  # it was pasted
    manager.send("See what was understood")
    manager.send("Put it on record")
    incident = manager.page.url
    story.answer_the_system(manager, incident)
    story.write_review(manager, incident)
    deeds = manager.deeds
    seconds = deeds.clicks * A_CLICK + deeds.fields * A_FIELD + deeds.typed * A_CHARACTER
    print(f"{deeds.clicks} clicks, {deeds.fields} fields, {deeds.typed} characters: {seconds:.0f} s")  # noqa: T201
    assert seconds < MINUTES * 60
    colleague = come("lars")
    colleague.go(incident)
    colleague.click("Read the review", "link")
    assert colleague.sees("The engineer knows: try it against production’s routes first.")
    assert colleague.sees("loop on the core")
    assert not colleague.sees("Lindqvist")
    colleague.go(incident + "source/")
    here = colleague.page.content()
    colleague.go("/nothing/here/")
    assert colleague.page.content() == here


def test_what_was_corrected_by_hand_stays_on_the_page_when_something_is_refused(manager):
    manager.write("What happened?", CHAT, exact=True)
    manager.send("See what was understood")
    manager.write("Title", "My own title")
    manager.write("Timeline", "2026-11-20\n14:27 Jonas Lindqvist pushed it")
    manager.send("Put it on record")
    assert manager.page.get_by_label("Title").input_value() == "My own title"
    assert "Jonas Lindqvist" in manager.page.get_by_label("Timeline").input_value()


def test_an_import_with_an_error_shows_its_progress_and_names_what_to_look_at(manager, tmp_path):
    file = tmp_path / "incidents.csv"
    file.write_text(TABLE, "utf-8")
    manager.click("Import from another tool", "link")
    manager.page.get_by_label("A table (CSV)").check()
    manager.page.get_by_label("The file").set_input_files(file)
    manager.send("Look it over")
    assert manager.sees("2 incidents would go on record")
    manager.choose("Time zone of times that name none", "Europe/Berlin")
    manager.send("Put them on record")
    manager.page.get_by_text("Done.").wait_for(timeout=30_000)
    assert manager.sees("2 put on record")
    manager.click("See the incidents", "link")
    assert manager.sees("Queue stuck")
