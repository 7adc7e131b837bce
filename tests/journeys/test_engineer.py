"""The engineer: reads the notice, tells their side, declines, contests, and reads the message first."""

from tests.journeys import story


def test_the_notice_says_what_it_is_before_anything_else(manager, engineer):
    story.put_on_record(manager)
    story.prepare(manager)
    engineer.go("/")
    assert engineer.sees("Nothing waits for you"), "nobody is told while a manager prepares"
    story.begin(manager)
    engineer.go("/")
    engineer.click("A place for our talk", "link", exact=False)
    for words in ["It is not discipline", "You can see everything", "erased"]:
        assert engineer.sees(words)
    engineer.send("I have read it")
    assert engineer.page.get_by_role("heading", name="Our talk").is_visible()


def test_a_promise_is_declined_with_a_better_one_and_a_note_is_contested(manager, engineer):
    _, ours = story.up_to_the_talk(manager, engineer)
    story.promise(manager, ours, owed_by="engineer", words="I stay late every time.", cadence="each rollout")

    engineer.go("/")
    assert engineer.sees("A promise waits for your answer")
    engineer.go(ours)
    engineer.send("Not like this")
    assert engineer.sees("to talk about again")
    engineer.click("Propose a better one", "link")
    assert engineer.page.get_by_label("What is promised").input_value() == "I stay late every time."
    engineer.write("What is promised", "I ask for a second pair of eyes when it is late.")
    engineer.send("Propose it")

    engineer.page.get_by_text("Add something, or say that you see it differently").click()
    engineer.choose("I want to", "say that I see it differently")
    engineer.write("In my words", "I left out no step; the guide has none for this.")
    engineer.send("Put it beside the record")

    manager.go(ours)
    assert manager.sees("I left out no step")
    assert manager.sees("Jonas Lindqvist sees it differently")
    assert manager.sees("They ran every step of the change guide."), "the contested note still stands"
    story.accept_all(manager, ours)
    manager.send("Withdraw")
    assert manager.sees("I ask for a second pair of eyes when it is late.")
    assert not manager.sees("I stay late every time.")


def test_the_message_is_read_by_the_engineer_first(manager, engineer):
    _, ours = story.up_to_the_talk(manager, engineer)
    story.draft_message(manager, ours)
    manager.page.reload()
    assert manager.page.get_by_role("button", name="Tell the team").count() == 0
    assert manager.sees("The engineer reads the message first")
    engineer.go(ours + "message/")
    engineer.page.get_by_text("Ask for a change, or answer").click()
    engineer.write("In my words", "Please leave out the time.")
    engineer.send("Say it")
    engineer.go(ours + "message/")
    engineer.send("I am fine with it")
    manager.page.reload()
    assert manager.sees("Please leave out the time.")
    assert manager.page.get_by_role("button", name="Tell the team").is_visible()


def test_a_message_that_names_somebody_is_not_released(manager, engineer):
    _, ours = story.up_to_the_talk(manager, engineer)
    manager.go(ours + "message/")
    manager.page.get_by_label("The message", exact=True).fill("Jonas Lindqvist made the change.")
    manager.saved()
    manager.page.reload()
    assert manager.sees("It still names somebody")
    engineer.go(ours + "message/")
    engineer.send("I am fine with it")
    manager.page.reload()
    if manager.page.get_by_role("button", name="Tell the team").count():
        manager.page.get_by_role("button", name="Tell the team").click()
        manager.page.wait_for_load_state()
    assert not manager.sees("The team was told")
