"""Nobody is named in the commons: each field, each service and each form of it goes through the one guard."""

import ast
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.urls import reverse

from fairlead.commons.blameless import NamesSomebody
from fairlead.core.refusal import Refused
from tests.rules import expected_access as expected
from tests.rules.commons_writers import HOLD_NO_WORDS, WRITERS, commons_models, fields_for_words
from tests.rules.test_access_matrix import payload, places, routes
from tests.rules.world import without_a_case

pytestmark = pytest.mark.django_db
SRC = Path(__file__).parents[2] / "src" / "fairlead"
GUARDS = {"refuse_people", "refuse_to_publish", "find_people"}
WRITES = {"create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "save", "update"}
PLANTED = "Jonas Lindqvist"  # on the roster of the test
STRANGER = "It was rolled back by Zawadi Mwangi."  # on no roster

# Services that take no words at all.
WORDLESS = {
    "improvement_follow",
    "factor_drop",
    "harmless_withdraw",
    "entry_drop",
    "moment_set",
    "anniversary_plan",
    "anniversary_come",
}
WORDLESS |= {"lesson_try", "lesson_rate", "lesson_show", "lesson_mute", "lesson_answer"}
WORDLESS |= {"reminders_begin", "reminders_plan", "remembered_for"}
WORDLESS |= {
    "improvement_held",
    "improvement_backed",
    "ended_now_wait",
    "midnight_pass",
    "backing_settle",
    "waiver_end",
    "hash_of",
}


def test_every_field_that_can_hold_words_has_a_writer_in_the_table():
    assert fields_for_words() == {*WRITERS, *HOLD_NO_WORDS}


@pytest.mark.parametrize("field", WRITERS)
def test_no_service_writes_a_name(cast, field):
    world = without_a_case(cast)
    for write in WRITERS[field]:
        with pytest.raises(Refused) as refused:
            write(world, cast.actor("teammate"), PLANTED)
        assert isinstance(refused.value, NamesSomebody) or refused.value.field == "words"


@pytest.mark.parametrize("field", sorted(set(WRITERS) - {"harmless.HarmlessWord.words"}))
def test_no_service_writes_a_stranger_either(cast, field):
    world = without_a_case(cast)
    for write in WRITERS[field]:
        with pytest.raises(Refused, match="names nobody"):
            write(world, cast.actor("teammate"), STRANGER)


def calls_in(function: ast.AST) -> set[str]:
    return {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
    }


def unguarded(text: str) -> set[str]:
    """Return the public functions of a module of services that reach no guard by calls within the module."""
    functions = {
        node.name: calls_in(node) for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)
    }

    def reached(name: str, seen: frozenset[str] = frozenset()) -> set[str]:
        calls = functions[name]
        inner = (calls & functions.keys()) - seen - {name}
        return calls.union(*(reached(one, seen | {name}) for one in inner))

    return {name for name in functions if not name.startswith("_") and not reached(name) & GUARDS} - WORDLESS


@pytest.mark.parametrize(
    "path", sorted((SRC / "commons").rglob("services*.py")), ids=lambda p: p.relative_to(SRC).as_posix()
)
def test_every_service_of_the_commons_calls_the_guard(path):
    assert unguarded(path.read_text("utf-8")) == set()


def writes_outside(root: Path, names: set[str]) -> list[str]:
    """Return where a model of the commons is written from outside of the commons' own services."""
    found = []
    for path in sorted(root.rglob("*.py")):
        where = path.relative_to(root)
        if "migrations" in where.parts or (where.parts[0] == "commons" and path.name.startswith("services")):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in WRITES
            ):
                base = {n.id for n in ast.walk(node.func.value) if isinstance(n, ast.Name)}
                found += [f"{where}: {name}.{node.func.attr}" for name in base & names]
    return found


def test_nobody_else_writes_the_tables_of_the_commons():
    names = {model.__name__ for model in commons_models()}
    assert writes_outside(SRC, names) == ["site/demo/story.py: RevenueProfile.create"]


@pytest.mark.parametrize(
    "planted", ["Incident.objects.create(title=x)", "Factor.objects.filter(pk=1).update(words=x)"]
)
def test_a_write_round_the_services_is_seen(tmp_path, planted):
    (tmp_path / "integrations").mkdir()
    (tmp_path / "integrations" / "planted.py").write_text(planted + "\n", "utf-8")
    assert writes_outside(tmp_path, {"Incident", "Factor"})


def test_a_service_without_the_guard_is_seen():
    assert unguarded("def entry_add(words):\n    Entry.objects.create(words=words)\n") == {"entry_add"}


class Forms(HTMLParser):
    """The posting forms of a page: what each field would send, and which of them are free text."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[dict[str, str], list[str]]] = []
        self._sends: dict[str, str] | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "form":
            self._sends = {} if given.get("method") == "post" and not given.get("action") else None
            if self._sends is not None:
                self.forms.append((self._sends, []))
        if self._sends is None or not (name or tag == "option"):
            return
        if tag == "textarea" or (tag == "input" and kind in {"text", "url"}):
            self.forms[-1][1].append(name)
            self._sends.setdefault(name, given.get("value", ""))
        elif tag == "input" and (kind == "hidden" or "checked" in given or name not in self._sends):
            self._sends[name] = given.get("value", "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self._sends[self._select] = given.get("value", "")


def filled_forms(page: str, right: dict[str, object]) -> list[tuple[dict[str, object], list[str]]]:
    """Return what each form of a page sends when it is filled rightly, and its free texts."""
    parser = Forms()
    parser.feed(page)
    return [
        ({**sends, **{name: value for name, value in right.items() if name in sends}}, texts)
        for sends, texts in parser.forms
    ]


WITH_FORMS = [
    name
    for name, rows in expected.COMMONS.items()
    if rows[0].startswith(("200 302", "405 302")) and name != "adopt"
]


@pytest.mark.parametrize("route", WITH_FORMS)
def test_no_form_of_the_commons_takes_a_name(cast, route):
    world = without_a_case(cast)
    client = world.client("teammate")
    address = reverse(route, kwargs=places(route, world))
    page = client.get(address)
    forms = filled_forms(page.content.decode(), payload(route, world)) if page.status_code == 200 else []
    for sends, texts in forms:
        for text in texts:
            answer = client.post(address, {**sends, text: PLANTED})
            assert answer.status_code == 422, (text, answer.status_code)
            assert "Jonas" in answer.content.decode(), text


def test_the_forms_that_are_walked_hold_every_field_that_people_write(cast):
    world = without_a_case(cast)
    client = world.client("teammate")
    texts: set[str] = set()
    for route in WITH_FORMS:
        page = client.get(reverse(route, kwargs=places(route, world)))
        for _, names in filled_forms(page.content.decode(), {}) if page.status_code == 200 else ():
            texts.update(names)
    written = {field.rpartition(".")[2] for field in WRITERS}
    chosen_from_a_list, made_of_other_fields = {"zone", "mechanism"}, {"sections", "triggers"}
    of_programs_alone = {"evidence"}
    assert written - texts <= chosen_from_a_list | made_of_other_fields | of_programs_alone
    assert set(routes()) >= set(WITH_FORMS)
