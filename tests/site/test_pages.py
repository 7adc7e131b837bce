"""The environment of our pages: macros are made ready once for a page, and never for another one."""

import ast
import uuid
from datetime import UTC, datetime
from pathlib import Path

import jinja2
import pytest
from django.template import engines
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

import fairlead
from fairlead.site.pages import context

KEY = uuid.UUID(int=7)

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


def drawn(source: str, **values: object) -> str:
    return engines["pages"].env.from_string(source).render(macros_ready={}, **values)


def test_the_address_of_one_thing_is_what_reversing_it_gives():
    for route in ("incident", "improvement", "talk", "prepare_for", "source"):
        assert drawn("{{ url(route, key) }}", route=route, key=KEY) == reverse(route, args=[KEY])
    assert drawn("{{ url('moment', key, 'started') }}", key=KEY) == reverse("moment", args=[KEY, "started"])
    assert drawn("{{ url('incidents') }}") == "/incidents/"
    with pytest.raises(NoReverseMatch):
        drawn("{{ url('nowhere', key) }}", key=KEY)


def test_a_moment_is_shown_where_the_reader_is_with_the_other_clock_beside_it():
    at = datetime(2026, 11, 20, 3, 5, tzinfo=UTC)
    assert drawn("{{ at|when('America/New_York') }}", at=at, zone="Asia/Kolkata") == (
        '<time datetime="2026-11-20T03:05:00Z" title="19 Nov 2026, 22:05 EST">Fri 20 Nov 2026, 08:35</time>'
    )
    assert 'title="20 Nov 2026, 03:05 UTC"' in drawn("{{ at|when }}", at=at, zone="Europe/Berlin")
    assert drawn("{{ none|when }}", zone="UTC") == "not known"


def test_no_line_of_a_template_is_sent_with_its_indentation_but_all_that_people_wrote_is():
    assert drawn("<p>\n    {{ words }}\n\t</p>", words="a\n    b") == "<p>\na\n    b\n</p>"


def test_no_view_gives_a_page_a_value_under_a_name_that_every_page_has():
    """What every page has wins over what a view gives, without a word: the view's value would never be seen."""
    taken = set(context(RequestFactory().get("/")))
    source = Path(fairlead.__file__).parent
    for path in source.rglob("*views*.py"):
        given = {
            key.value
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Dict)
            for key in node.keys
            if isinstance(key, ast.Constant)
        }
        assert not given & taken, path
