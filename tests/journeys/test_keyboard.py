"""The page of our talk with the keyboard alone."""

from tests.journeys import story


def _tab_to(page, name: str, at_most: int = 60) -> None:
    for _ in range(at_most):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(document.activeElement.innerText || document.activeElement.value || '').trim()"
        )
        if focused.startswith(name):
            return
    raise AssertionError(f"the Tab key never came to {name!r}")


def test_a_promise_is_made_and_the_record_read_without_a_mouse(manager, engineer):
    _, ours = story.up_to_the_talk(manager, engineer)
    page = manager.go(ours)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    outline = page.evaluate(
        "() => { const a = document.querySelector('main a'); a.focus(); return getComputedStyle(a).outlineStyle; }"
    )
    assert outline != "none"

    _tab_to(page, "Propose a promise")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_label("What is promised").wait_for()
    while page.evaluate("document.activeElement.name") != "owed_by":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("I move the date when the process cannot fit.")
    while page.evaluate("document.activeElement.name") != "cadence":
        page.keyboard.press("Tab")
    page.keyboard.type("every time")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert manager.sees("I move the date when the process cannot fit.")


def test_single_keys_open_the_help_and_go_to_today_but_never_while_writing(manager, engineer):
    _, ours = story.up_to_the_talk(manager, engineer)
    page = manager.go(ours + "notes/")
    page.get_by_label("1. ").focus()
    page.keyboard.type("gt?")
    assert page.locator("dialog[open]").count() == 0
    assert page.url == ours + "notes/"
    manager.saved()
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("?")
    page.locator("dialog[open]").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    with page.expect_navigation():
        page.keyboard.press("t")
    assert page.url.endswith("/")
    assert manager.page.get_by_role("heading", level=1).inner_text() == "Today"
