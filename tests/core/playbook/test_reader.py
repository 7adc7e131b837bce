"""Reading a playbook: what is refused, where, and with which advice."""

import subprocess
import sys

import pytest

from fairlead.core.playbook import reader
from fairlead.core.playbook.reader import PlaybookError, default_text, load_default, read


@pytest.fixture(scope="module")
def text():
    return default_text()


def changed(text, old, new):
    """The default playbook with one passage replaced; the passage has to be there, once or more."""
    assert old in text
    return text.replace(old, new, 1)


def refusal(text):
    with pytest.raises(PlaybookError) as caught:
        read(text)
    return caught.value


def test_the_default_playbook_is_read_once_for_a_process():
    assert load_default() is load_default()


def test_the_text_to_adapt_reads_back_to_the_same_playbook(text):
    assert read(text) == load_default()


def test_broken_toml_names_the_line_of_the_break(text):
    error = refusal(changed(text, "version = '1.0'", "version = '1.0"))
    assert "not readable as TOML" in str(error)
    line = text.splitlines().index("version = '1.0'") + 1
    assert f"line {line}, column 15" in str(error)
    assert error.path == ""


def test_an_unknown_key_is_named_with_its_place_and_the_known_ones(text):
    error = refusal(changed(text, "hint = 'It passed", "hnit = 'It passed"))
    assert error.path == "mechanisms[0].hnit"
    assert text.splitlines()[error.line - 1].startswith("hint = 'It passed")
    assert "not known here" in str(error)
    assert "in_a_sentence" in str(error)


def test_a_missing_key_is_named_with_the_place_where_it_belongs(text):
    error = refusal(changed(text, "label = 'Wrong target (a look-alike)'\n", ""))
    assert error.path == "mechanisms[1].label"
    assert text.splitlines()[error.line - 1] == "[[mechanisms]]"
    assert "missing. Add it" in str(error)


def test_a_whole_missing_section_is_named_without_a_line():
    error = refusal("id = 'x'\n")
    assert error.path == "version"
    assert error.line is None
    assert str(error) == "version: this key is missing. Add it here."


@pytest.mark.parametrize(
    ("old", "new", "path", "advice"),
    [
        ("minutes = 15", "minutes = '15'", "own_state.minutes", "a whole number"),
        ("minutes = 15", "minutes = true", "own_state.minutes", "a whole number"),
        ("version = '1.0'", "version = 1.0", "version", "a text in quotes"),
        (
            "organisational = false",
            "organisational = 'no'",
            "factor_questions[0].organisational",
            "true or false",
        ),
        (
            "lines = [\n  { id = 'weeks",
            "lines = 'one'\nx = [\n  { id = 'weeks",
            "cadence[0].x",
            "not known here",
        ),
        ("kinds = ['A step", "kinds = 'A'\n#", "strengths[0].kinds", "a list in square brackets"),
        (
            "try_this = ['Say it on the same day.']",
            "try_this = []",
            "signals[7].try_this",
            "at least one entry",
        ),
        (
            "try_this = ['Say it on the same day.']",
            "try_this = [3]",
            "signals[7].try_this[0]",
            "a text in quotes",
        ),
        (
            "serious = { id =",
            "serious = 'It was serious.'\n#",
            "statement.serious",
            "a table of keys and values",
        ),
        ("'opening.thank_you' = ['opening.thank_you']", "'a' = 'b'", "intents[0].lines", "a list"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_with_the_type_it_needs(text, old, new, path, advice):
    error = refusal(changed(text, old, new))
    assert error.path == path
    assert advice in str(error)


def test_intents_that_are_not_a_table_are_refused(text):
    start = text.index("[intents]")
    error = refusal("intents = 'none'\n" + text[:start])
    assert error.path == "intents"
    assert "a list" in str(error)


def test_a_line_break_in_a_text_is_a_space_and_a_blank_line_a_new_paragraph(text):
    wrapped = changed(text, "title = 'The Fairlead playbook'", "title = '''\n  One\n two.\n \n\nThree.\n'''")
    assert read(wrapped).title == "One two.\n\nThree."


def test_importing_the_reader_brings_neither_django_nor_anything_else_of_the_shell():
    code = (
        "import sys; import fairlead.core.playbook.reader as r; r.load_default(); "
        "print([m for m in sys.modules if m.startswith(('django', 'rich', 'fairlead'))])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "django" not in out
    assert "rich" not in out
    assert "fairlead.core.playbook.reader" in out


def test_the_parts_of_the_default_are_joined_in_the_order_of_their_names(text):
    marks = [
        text.index(header) for header in ("[[steps]]", "[[movements]]", "[walk]", "[team]", "[[notices]]")
    ]
    assert marks == sorted(marks)
    assert reader.default_text() == text
