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
