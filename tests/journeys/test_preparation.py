"""The quarter of an hour and the three questions: what is typed and chosen there never leaves the browser."""

from tests.journeys import story

SECRET = "zebra-violet-anger"


def test_nothing_answered_or_typed_in_the_preparation_is_ever_sent_or_kept(manager):
    story.put_on_record(manager)
    manager.click("Prepare the talk", "link")
    page = manager.page
    page.wait_for_load_state("networkidle")
    before = len(manager.requests)
    manager.click("Begin", within="[data-quiet]")
    page.locator("[data-clock]").get_by_text("14:5").wait_for()
    manager.click("Pause")
    manager.click("Skip it")
    page.locator("#quiet-skip-why").fill(SECRET + "-skip")
    manager.click("Skip to the questions")
    manager.click("Not yet", within="[data-questions]")
    page.locator("[data-not-yet]").wait_for()
    manager.click("Right now I want them to feel it")
    manager.click("I want them off my team")
    page.locator("#quiet-own-words").fill(SECRET + "-words")
    assert manager.requests[before:] == [], "not one request while somebody looks into themselves"

    stored = page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert SECRET not in stored
    assert "off my team" not in stored

    with page.expect_request(lambda request: request.method == "POST") as sent:
        manager.click("I am ready to talk")
    page.wait_for_url("**/our-talk/begin/**")
    posted = sent.value.post_data or ""
    assert [part.partition("=")[0] for part in posted.split("&")] == ["csrfmiddlewaretoken"]
    everything = manager.sent_out()
    assert SECRET not in everything
    for answer in ["Not+yet", "off+my+team", "feel+it"]:
        assert answer not in everything
    page.go_back()
    page.wait_for_load_state()
    assert page.locator("#quiet-own-words").input_value() == ""


def test_preparing_tells_nobody_and_shows_nobody(manager, engineer):
    story.put_on_record(manager)
    story.prepare(manager)
    engineer.go("/")
    assert engineer.sees("Nothing waits for you")
    manager.go("/")
    assert manager.sees("You prepared for a talk")
