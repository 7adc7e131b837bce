"""The story, clicked: each act as the person of the story would do it, on pages alone.

`look(visitor, name)` is called wherever a page is worth a photograph or an inspection.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.journeys.visitor import Visitor

Look = Callable[[Visitor, str], object]
ZONE = ZoneInfo("America/New_York")


def working_day(days: int) -> str:
    """Return the first day from then on on which the two work."""
    day = datetime.now(ZONE).date() + timedelta(days=days)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return f"{day:%Y-%m-%d}"


def nothing(_visitor: Visitor, _name: str) -> None:
    """Look at nothing."""


def in_days(days: int) -> str:
    return f"{datetime.now(ZONE).date() + timedelta(days=days):%Y-%m-%d}"


def put_on_record(manager: Visitor, look: Look = nothing) -> str:
    """From "What happened?" to the incident's page; returns its address."""
    look(manager, "today-empty")
    manager.click("Write it by hand", "link")
    look(manager, "what-happened")
    manager.write("Title", "Order page down after a router change")
    manager.write("What the customer saw", "The shop did not load.")
    manager.write(
        "What happened", "A change went out at 14:27. Traffic for the shop went in a circle.", exact=True
    )
    manager.write("Started", f"{in_days(-1)}T14:27")
    manager.write("Resolved", f"{in_days(-1)}T15:32")
    manager.choose("How it came about", "Change not tried against production’s conditions")
    manager.send("Put it on record")
    return manager.page.url


def say_what_it_cost(manager: Visitor, look: Look = nothing) -> None:
    manager.click("Say what it cost", "link")
    manager.write("Or one number: revenue an hour", "166000")
    manager.choose("Load on the support desk", "Heavy")
    look(manager, "impact-form")
    manager.send("Save")
    look(manager, "incident")


def prepare(manager: Visitor, look: Look = nothing) -> None:
    """The quarter of an hour, skipped here as somebody under pressure would; then ready."""
    manager.click("Prepare the talk", "link")
    look(manager, "preparation")
    manager.click("Skip it")
    manager.click("Skip to the questions")
    manager.click("Yes", within="[data-questions]")
    manager.click("Develop", within="[data-questions]")
    manager.send("I am ready to talk")


def begin(manager: Visitor, look: Look = nothing, *, engineer: str = "Jonas Lindqvist") -> str:
    """Open our talk and turn the card to its end; returns the address of our talk."""
    look(manager, "begin")
    manager.page.get_by_label("With whom").select_option(label=engineer)
    manager.deeds.fields += 1
    manager.send("Begin our talk")
    look(manager, "live-card")
    ours = manager.page.url.partition("live/")[0]
    for _ in range(5):
        manager.click("Next")
    look(manager, "live-card-last")
    manager.send("We have talked")
    return ours


def read_the_notice(engineer: Visitor, look: Look = nothing) -> None:
    engineer.go("/")
    look(engineer, "today-told")
    engineer.page.get_by_role("link", name="Read it").first.click()
    engineer.deeds.clicks += 1
    look(engineer, "notice")
    engineer.send("I have read it")
    look(engineer, "talk-engineer-new")


def write_account(engineer: Visitor, ours: str, look: Look = nothing) -> None:
    engineer.click("Write your account", "link")
    engineer.write(
        "What happened",
        "I tried it in the lab first, and it passed. I did not know of the second default route. "
        "I saw the traffic fall at 14:31 and said so at once.",
    )
    engineer.saved()
    look(engineer, "account")
    engineer.go(ours)


def write_notes(manager: Visitor, ours: str, look: Look = nothing) -> None:
    manager.go(ours + "notes/")
    manager.write("2. ", "They ran every step of the change guide. The lab has one route less.")
    manager.saved()
    look(manager, "notes")


def answer_step(rater: Visitor, key: str, answer: str, evidence: str = "") -> None:
    """Answer the question in view and go on."""
    rater.pick(key, answer)
    if evidence:
        rater.page.locator(f"#id_{key}_evidence").fill(evidence)
        rater.deeds.fields += 1
    with rater.page.expect_response(lambda response: response.request.method == "POST"):
        rater.click("Next")
    rater.page.wait_for_timeout(150)


def walk_honest(manager: Visitor, ours: str, look: Look = nothing) -> None:
    """One question at a time to an honest mistake."""
    manager.go(ours)
    manager.click("Walk through the questions", "link")
    look(manager, "walk-first")
    manager.write("Which one action", "Rolling the change out to both core routers")
    answer_step(manager, "concern", "yes", "It went to both at once, 14:27, by the change log.")
    answer_step(manager, "harm_intended", "no", "Nothing points to it.")
    answer_step(manager, "health", "no")
    answer_step(manager, "process_known", "yes", "The change guide, shown in the first week.")
    look(manager, "walk-middle")
    answer_step(manager, "process_workable", "yes", "The last ten changes of others.")
    answer_step(manager, "chosen", "no", "Every step was done.")
    answer_step(manager, "repeat", "no", "The first one.")
    look(manager, "walk-end")
    manager.pick("decision", "1")
    manager.write("Your reasons", "They followed the guide. The lab could not show it.")
    manager.send("Decide and keep")
    look(manager, "type")


def walk_breach(manager: Visitor, ours: str, look: Look = nothing) -> None:
    """One question at a time to a breach, which needs a second look."""
    manager.go(ours + "walk/")
    manager.write("Which one action", "Switching the guard off before the rollout")
    answer_step(manager, "concern", "yes", "The guard was off from 14:20, by the log.")
    answer_step(manager, "harm_intended", "no", "Nothing points to it.")
    answer_step(manager, "health", "no")
    answer_step(manager, "process_known", "yes", "The guide, page one.")
    answer_step(manager, "process_workable", "yes", "Ten of ten.")
    answer_step(manager, "chosen", "yes", "They said so themselves.")
    answer_step(manager, "peers_same", "no", "Three others asked: none would.")
    answer_step(manager, "red_line", "yes", "Signed in March, enforced in May.")
    answer_step(manager, "repeat", "no", "The first one.")
    answer_step(manager, "pressure", "present", "The launch was near.")
    manager.pick("decision", "4")
    manager.write("Your reasons", "SECRET-FIRST-REASONS: a clear rule was left.")
    manager.send("Decide and keep")
    look(manager, "type-needs-second")


def answer_the_system(manager: Visitor, incident: str, look: Look = nothing) -> None:
    """Nine questions about the system, one after the other, and one improvement."""
    manager.go(incident)
    manager.click("Go through the questions", "link")
    look(manager, "factors")
    manager.click("Begin", "link")
    look(manager, "factor-question")
    manager.click("The lab differs from production", "radio")
    manager.write("What it was here", "One default route less than production")
    manager.send("Name it")
    for number in range(8):
        manager.page.locator("summary", has_text="No").first.click()
        manager.deeds.clicks += 1
        manager.write("Why not", f"Looked at with the team, {number + 1}.")
        manager.send("Answer no")
    look(manager, "factors-answered")
    manager.click("Plan an improvement", "link")
    manager.write("What will change", "The lab gets the second default route of production")
    manager.click("The lab differs from production", "checkbox")
    manager.pick("strength", "stronger")
    manager.write("Owner", "Network team")
    manager.write("By", in_days(21), exact=True)
    look(manager, "improvement")
    manager.send("Plan it")
    look(manager, "incident-complete")


def write_review(person: Visitor, incident: str, look: Look = nothing) -> None:
    """From the incident to a published review; a name on the way is replaced at one click."""
    person.go(incident)
    person.click("Write the review", "link")
    lessons = person.page.locator("#section-lessons")
    lessons.locator("textarea").fill("Jonas knows: try it against production’s routes first.")
    person.deeds.fields += 1
    lessons.get_by_text("is somebody's name").first.wait_for()
    look(person, "review-refused")
    person.click("Use the neutral words", within="#section-lessons")
    lessons.locator("[data-save-state][data-state=saved]").wait_for()
    look(person, "review-draft")
    person.click("See how it reads, then publish", "link")
    look(person, "review-to-publish")
    person.send("Publish it")
    look(person, "review-published")


def promise(
    person: Visitor, ours: str, *, owed_by: str, words: str, due: str = "", cadence: str = ""
) -> None:
    person.go(ours)
    person.click("Propose a promise", "link")
    person.pick("owed_by", owed_by)
    person.write("What is promised", words)
    if due:
        person.write("By", due, exact=True)
    if cadence:
        person.write("Or how often", cadence)
    person.send("Propose it")


def fix_checkin(manager: Visitor, ours: str, look: Look = nothing) -> None:
    manager.go(ours)
    manager.click("Fix the day", "link")
    manager.write("Day and time", f"{working_day(2)}T10:00")
    look(manager, "check-in")
    manager.send("Fix it")


def draft_message(manager: Visitor, ours: str, look: Look = nothing) -> None:
    manager.go(ours)
    manager.click("The message", "link")
    box = manager.page.get_by_label("The message", exact=True)
    box.fill(box.input_value() + "\n\nQuestions are welcome.")
    manager.deeds.fields += 1
    manager.saved()
    look(manager, "message-manager")


def accept_all(person: Visitor, ours: str) -> None:
    """Accept every promise that waits for this person."""
    person.go(ours)
    while person.page.get_by_role("button", name="Accept", exact=True).count():
        person.send("Accept")


def up_to_the_talk(manager: Visitor, engineer: Visitor, look: Look = nothing) -> tuple[str, str]:
    """From "What happened?" until both have written; returns the addresses of the incident and of our talk."""
    incident = put_on_record(manager, look)
    say_what_it_cost(manager, look)
    prepare(manager, look)
    ours = begin(manager, look)
    read_the_notice(engineer, look)
    write_account(engineer, ours, look)
    write_notes(manager, ours, look)
    return incident, ours


def to_agreed(manager: Visitor, engineer: Visitor, look: Look = nothing) -> tuple[str, str]:
    """The whole of it, from the call to agreed; returns the addresses of the incident and of our talk."""
    incident, ours = up_to_the_talk(manager, engineer, look)
    walk_honest(manager, ours, look)
    answer_the_system(manager, incident, look)
    promise(
        manager,
        ours,
        owed_by="engineer",
        words="I compare the change with the routes of production before every rollout.",
        cadence="with every change, even when it is late",
    )
    promise(
        manager,
        ours,
        owed_by="manager",
        words="The lab gets the second default route; the date moves if it cannot.",
        due=in_days(14),
    )
    look(manager, "talk-manager")
    engineer.go(ours)
    look(engineer, "talk-engineer")
    accept_all(engineer, ours)
    engineer.go(ours + "notes/")
    look(engineer, "notes-engineer")
    engineer.send("I have read it as it stands")
    manager.go(ours + "account/")
    manager.send("I have read it as it stands")
    fix_checkin(manager, ours, look)
    manager.send("Call it agreed")
    look(manager, "talk-agreed")
    return incident, ours


def ninety_days_of(person: Visitor) -> str:
    """Find the way to the ninety days from the incident of the loaded story; returns their address."""
    person.go("/incidents/")
    person.page.get_by_role("link", name=re.compile("Routing loop took")).first.click()
    person.page.wait_for_load_state()
    ours = person.page.locator("a[href*='/our-talk/']").first.get_attribute("href")
    return re.match(r"/our-talk/[0-9a-f-]{36}/", ours).group() + "check-ins/"
