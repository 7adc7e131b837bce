"""The environment of our pages: macros are made ready once for a page, and never for another one."""

import jinja2
from django.template import engines

PAGE = (
    '{% import "ui.html" as ui with context %}{% import "ui.html" as again with context %}'
    "{{ ui is sameas again }} {{ zone }}"
)


def made_ready(monkeypatch, pages: int) -> list[str]:
    """Draw a page so often and return the names of the templates whose macros were made ready."""
    made: list[str] = []
    whole = jinja2.Template.make_module

    def counted(self, *args, **kwargs):
        made.append(self.name)
        return whole(self, *args, **kwargs)

    monkeypatch.setattr(jinja2.Template, "make_module", counted)
    page = engines["pages"].env.from_string(PAGE)
    for number in range(pages):
        assert page.render(macros_ready={}, zone=f"zone {number}", me=None) == f"True zone {number}"
    return made


def test_macros_that_several_parts_of_a_page_import_are_made_ready_once(monkeypatch):
    made = made_ready(monkeypatch, pages=1)
    assert "ui.html" in made
    assert len(made) == len(set(made))


def test_each_page_makes_its_own_ready_because_they_know_who_looks(monkeypatch):
    assert made_ready(monkeypatch, pages=2).count("ui.html") == 2
