"""The second rater: announced to the engineer first, then the evidence and nothing else, then nothing."""

from tests.journeys import story


def test_a_second_rater_reads_the_evidence_alone_and_only_after_the_engineer_was_told(
    manager, engineer, come
):
    _, ours = story.up_to_the_talk(manager, engineer)
    story.walk_breach(manager, ours)
    assert manager.sees("until a second look") or manager.sees("second, independent look")
    manager.page.get_by_label("Who looks at it independently").select_option(label="Tomás Vidal")
    manager.send("Tell the engineer, then ask")
    assert manager.sees("A second person has been asked")

    rater = come("tomas")
    look = ours.replace("/our-talk/", "/second-look/")
    assert rater.page.goto(look).status == 404, "not before the engineer knows"

    engineer.go("/")
    engineer.click("Read it", "link", exact=False)
    assert engineer.sees("Tomás Vidal")
    engineer.send("I have read it")

    rater.go("/")
    rater.click("Your independent view is asked for", "link", exact=False)
    rater.send("I have read it")
    evidence = rater.page.locator("body").inner_text()
    assert "I tried it in the lab first" in evidence
    assert "The guard was off from 14:20" in evidence
    assert rater.page.goto(look).status == 200
    html = rater.page.content()
    for hidden in ["SECRET-FIRST-REASONS", "USD", "180,000", "166000", "Breach candidate", "flooded"]:
        assert hidden not in html
    for address in ["", "notes/", "account/", "type/", "message/", "walk/"]:
        assert rater.page.goto(ours + address).status == 404

    rater.go(look)
    story.answer_step(rater, "concern", "yes", "By the log.")
    story.answer_step(rater, "harm_intended", "no", "Nothing points to it.")
    story.answer_step(rater, "health", "no")
    story.answer_step(rater, "process_known", "yes", "The guide.")
    story.answer_step(rater, "process_workable", "no", "Seven of ten left it out.")
    story.answer_step(rater, "repeat", "no", "None known.")
    rater.pick("decision", "1")
    rater.write("Your reasons", "Most people leave it out; the process is the finding.")
    rater.send("Decide and keep")
    rater.page.get_by_text("your reading has ended").wait_for()
    assert rater.page.goto(look).status == 404

    for person in (manager, engineer):
        person.go(ours + "type/")
        assert person.sees("Honest mistake"), "where the two differ, the lower one stands"
        assert person.sees("Most people leave it out")
