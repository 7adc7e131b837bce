"""docs/api.md says exactly what the API offers; it is written anew with `python -m tests.api.reference`."""

import json

import pytest

from fairlead.people.programs.models import Scope
from fairlead.site.api import api
from tests.api.programs import Program
from tests.api.reference import BEGINS, DOCS, reference


def test_the_reference_is_the_one_the_api_calls_for():
    _, marker, written = DOCS.read_text("utf-8").partition(BEGINS)
    assert marker
    assert written.strip() == reference(api.get_openapi_schema(path_prefix="api/v1/")).strip()


def test_every_scope_is_explained():
    words = DOCS.read_text("utf-8")
    assert [scope for scope in Scope.values if f"| `{scope}` |" not in words] == []


@pytest.mark.django_db
def test_the_description_is_served_as_openapi_3_1():
    answer = Program().get("/openapi.json")
    assert answer.status_code == 200
    assert json.loads(answer.content)["openapi"] == "3.1.0"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"title": ' + b"9" * 5_000 + b"}", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[]", "application/json", 422),
        (b"null", "application/json", 422),
        (b'"x"', "application/json", 422),
        (b"", "application/json", 422),
        (b"title=A+loop", "application/x-www-form-urlencoded", 415),
        (b"title: A loop", "text/yaml", 415),
        (b'{"title": "' + b"x" * 10_000_000 + b'"}', "application/json", 422),
        (b'{"title": "' + b"x" * 13_000_000 + b'"}', "application/json", 413),
    ],
)
def test_an_odd_body_is_answered_in_the_one_shape(cast, content, kind, status):
    answer = Program(cast.teammate).ask("POST", "/incidents", content, Content_Type=kind)
    assert answer.status_code == status
    assert set(answer.json()) == {"title", "detail", "field", "missing", "neutral"}


@pytest.mark.django_db
def test_an_address_where_there_is_nothing_is_answered_in_the_one_shape(cast):
    for path in ("/incident", "/incidents/", "/incidents/not-an-id", "/"):
        answer = Program(cast.teammate).get(path)
        assert answer.status_code == 404, path
        assert set(answer.json()) == {"title", "detail", "field", "missing", "neutral"}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/factors/no-id", "/sources/a%0Ab", "/nothing"])
def test_where_there_is_nothing_every_method_gets_the_one_shape(cast, method, path):
    answer = Program(cast.teammate, enforce_csrf_checks=True).ask(method, path)
    assert answer.status_code == 404
    assert set(answer.json()) == {"title", "detail", "field", "missing", "neutral"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("PUT decision-day", {"owner": "Network team", "due_on": 0}),
        ("PUT decision-day", {"owner": "Network team", "due_on": "0"}),
        ("PUT impact", {"cost_per_hour": True}),
        ("PUT impact", {"hours_high": False}),
        ("POST timeline", {"entries": [{"id": "f" * 32, "at": 1767623220, "words": "It began"}]}),
    ],
)
def test_a_number_is_no_day_and_a_yes_is_no_number(cast, operation, body):
    program = Program(cast.teammate)
    method, part = operation.split()
    answer = program.ask(method, f"/incidents/{program.incident()['id']}/{part}", body)
    assert answer.status_code == 422, answer.content
