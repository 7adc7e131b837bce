"""JSON is read record by record: what stands before a break is kept."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.importing.documents import (
    BrokenError,
    documents,
    inside,
    many,
    record_of,
    size,
    words,
)


def read(text):
    """Return the records before a break, and the sentence about it."""
    found = []
    try:
        for value in documents(text):
            found.append(value)  # noqa: PERF402 - `extend` would lose what stands before the break
    except BrokenError as error:
        return found, str(error)
    return found, ""


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("", []),
        ('{"a": 1}', [{"a": 1}]),
        ('{"a": 1}\n{"a": 2}\n', [{"a": 1}, {"a": 2}]),
        ("[]", []),
        ("[1, 2 ,3]", [1, 2, 3]),
        (" [ ] \n", []),
        ('[{"a": 1}]\n[5]', [{"a": 1}, [5]]),
    ],
)
def test_one_document_many_lines_and_a_list_are_all_read(text, values):
    assert read(text) == (values, "")


@pytest.mark.parametrize("text", ['[{"a": 1}, {"a"', '[{"a": 1}, ', '[{"a": 1}', '{"a": 1}\n{"a":'])
def test_a_file_cut_in_the_middle_keeps_what_stands_before(text):
    found, problem = read(text)
    assert found == [{"a": 1}]
    assert problem.startswith("It ends in the middle.")


def test_an_object_cut_in_the_middle_of_its_list_keeps_the_items_before():
    text = '{"limit": 25, "incidents": [{"id": 1}, {"id": 2}, {"id'
    reader = documents(text, lists=("log_entries", "incidents"))
    assert [next(reader), next(reader)] == [{"incidents": [{"id": 1}]}, {"incidents": [{"id": 2}]}]
    with pytest.raises(BrokenError, match="ends in the middle"):
        next(reader)


def test_an_object_broken_after_its_list_keeps_all_items():
    reader = documents('{"incidents": [5], oops}', lists=("incidents",))
    assert next(reader) == {"incidents": [5]}
    with pytest.raises(BrokenError):
        next(reader)
    with pytest.raises(BrokenError):
        next(documents('{"other": [5', lists=("incidents",)))


@pytest.mark.parametrize(
    ("text", "line"), [("nonsense", 1), ('{"a": 1}\n<xml>', 2), ('[\n{"a": 1}\nx]', 3), ("[1,]", 1)]
)
def test_what_is_not_json_is_named_by_its_line(text, line):
    assert read(text)[1].startswith(f"Line {line} is not JSON")


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "[" + "9" * 10_000 + "]"])
def test_deep_and_endless_things_are_refused_and_do_not_crash(text):
    assert read(text)[1].endswith(".")


@given(st.lists(st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=5), max_size=5))
def test_what_json_writes_is_read_back(values):
    assert read(json.dumps(values)) == (values, "")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_a_sentence(text):
    assert read(text)[1] == "" or read(text)[1].endswith(".")


def test_looking_into_a_record_never_fails():
    record = {"a": {"b": {"c": "x"}}, "list": [{"n": 1}, 7], "n": 5, "yes": True, "blank": " "}
    assert record_of([1]) == {}
    assert inside(record, "a", "b") == {"c": "x"}
    assert inside(record, "list", "b") == {}
    assert (many(record, "list"), many(record, "a")) == ([{"n": 1}], [])
    assert (size(record, "list"), size(record, "a")) == (2, None)
    assert [words(record, key) for key in ("n", "yes", "blank", "missing")] == ["5", "", "", ""]
    assert words(record, "missing", "n") == "5"
