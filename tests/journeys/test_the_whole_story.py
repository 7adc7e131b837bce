"""From the call to "agreed" and the message to the team, by clicking alone."""

import re

from tests.journeys import story


def test_a_manager_goes_from_what_happened_to_agreed_and_the_team_is_told(
    manager, engineer, come, record_property
):
    incident, ours = story.to_agreed(manager, engineer)
    assert manager.sees("Agreed on")
    assert manager.page.get_by_role("img", name=re.compile("The ninety days")).is_visible()

    story.draft_message(manager, ours)
    engineer.go("/")
    assert engineer.sees("The message to the team")
    engineer.go(ours + "message/")
    engineer.send("I am fine with it")
    manager.go(ours + "message/")
    manager.send("Tell the team")
    assert manager.sees("The team was told")

    teammate = come("priya")
    teammate.go(incident)
    assert teammate.sees("What the team was told")
    assert not teammate.sees("Jonas")

    seconds = manager.deeds.seconds
    for name, value in {
        "seconds": round(seconds),
        "clicks": manager.deeds.clicks + engineer.deeds.clicks,
        "fields": manager.deeds.fields + engineer.deeds.fields,
    }.items():
        record_property(name, value)
        print(f"{name}: {value}")  # noqa: T201 - shown with -s and kept in the report of a failing run
    assert seconds < 15 * 60
    # A person needs about four seconds a click and fifteen a field: the story fits into fifteen minutes of clicking.
    assert manager.deeds.clicks + engineer.deeds.clicks < 120
    assert manager.deeds.fields + engineer.deeds.fields < 60


def test_the_page_says_by_name_what_is_missing_before_agreed(manager, engineer):
    _, ours = story.up_to_the_talk(manager, engineer)
    manager.go(ours)
    missing = manager.page.locator("#agreed")
    for words in ["What kind of mistake it was", "At least one condition", "first check-in"]:
        assert missing.get_by_text(words).count() == 1
    assert manager.page.get_by_role("button", name="Call it agreed").count() == 0
    missing.get_by_role("link", name=re.compile("first check-in")).click()
    manager.page.wait_for_url(re.compile("check-ins/first"))


def test_the_walk_works_without_a_script(manager, engineer, browser, house):
    from tests.journeys.visitor import Visitor  # noqa: PLC0415 - this one comes without a script

    _, ours = story.up_to_the_talk(manager, engineer)
    plain = Visitor(browser, house.url, "amara", java_script_enabled=False).sign_in()
    plain.go(ours + "walk/?whole")
    assert plain.page.get_by_role("group").count() > 10
    plain.go(ours + "walk/")
    plain.write("Which one action", "The rollout")
    plain.pick("concern", "yes")
    plain.click("Next")
    assert plain.sees("What does this answer rest on?")
    plain.page.locator("#id_concern_evidence").fill("The change log.")
    plain.click("Next")
    assert plain.sees("Was harm intended?")
    plain.pick("harm_intended", "yes")
    plain.click("Next")
    assert plain.sees("Nothing of this walk was stored.")
    plain.close()


def test_health_ends_the_walk_at_once_and_nothing_of_it_is_kept(manager, engineer):
    _, ours = story.up_to_the_talk(manager, engineer)
    manager.go(ours + "walk/")
    manager.write("Which one action", "The rollout")
    story.answer_step(manager, "concern", "yes", "The change log.")
    story.answer_step(manager, "harm_intended", "no", "Nothing points to it.")
    story.answer_step(manager, "health", "yes")
    manager.page.get_by_text("Nothing of this walk was stored.").wait_for()
    manager.go(ours + "type/")
    assert manager.sees("Not decided yet")
