"""Privacy is a place: nothing reaches the private side round the door, by name or by a page of an administrator."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from tests.rules.canaries import private_models

SRC = Path(__file__).parents[2] / "src" / "fairlead"
ALLOWED = ("private", "site")


def private_labels() -> set[str]:
    return {config.label for config in apps.get_app_configs() if config.name.startswith("fairlead.private.")}


def names_a_private_place(text: str) -> bool:
    """Whether a text would find a private app or model by its name."""
    app = text.partition(".")[0]
    return text.startswith("fairlead.private") or ("." in text and app in private_labels())


def texts_that_find(path: Path) -> list[str]:
    """Texts given to something that looks a model, an app or a module up by its name."""
    finders = {
        "get_model",
        "get_app_config",
        "get_registered_model",
        "ForeignKey",
        "OneToOneField",
        "ManyToManyField",
        "import_module",
        "import_string",
        "__import__",
    }
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in finders:
                given = [*node.args, *(k.value for k in node.keywords)]
                texts = [a.value for a in given if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                found += [*texts, ".".join(texts[:2])]
    return found


def offending(root: Path) -> list[str]:
    outside = [path for path in sorted(root.rglob("*.py")) if path.relative_to(root).parts[0] not in ALLOWED]
    return [
        f"{path.relative_to(root)}: {text}"
        for path in outside
        for text in texts_that_find(path)
        if names_a_private_place(text) or text in private_labels()
    ]


def test_nothing_outside_finds_a_private_model_by_name():
    assert len(private_labels()) >= 8
    assert offending(SRC) == []


@pytest.mark.parametrize(
    "line",
    [
        'apps.get_model("cases", "Case")',
        'apps.get_model("cases.Case")',
        'apps.get_app_config("walks")',
        'models.ForeignKey("cases.Case", models.CASCADE)',
        'models.OneToOneField(to="conversations.Text", on_delete=models.CASCADE)',
        'importlib.import_module("fairlead.private.cases.models")',
    ],
)
def test_a_planted_way_round_is_found(tmp_path, line):
    folder = tmp_path / "commons"
    folder.mkdir()
    (folder / "planted.py").write_text(line + "\n", "utf-8")
    assert offending(tmp_path)


def test_there_is_no_administrators_page_at_all():
    assert not apps.is_installed("django.contrib.admin")
    assert list(SRC.rglob("admin.py")) == []


def test_no_relation_leads_from_the_commons_or_from_people_to_the_private_side():
    for model in apps.get_models():
        if model in private_models():
            continue
        for relation in model._meta.related_objects:
            private = relation.related_model in private_models()
            assert not private or relation.get_accessor_name() is None or relation.hidden, relation


def test_no_private_row_points_at_an_account_or_a_team():
    for model in private_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey | models.ManyToManyField):
                assert field.related_model._meta.app_label != "people", field


def test_deleting_an_incident_takes_no_case_with_it_and_is_not_stopped_by_one():
    for model in private_models():
        for field in model._meta.get_fields():
            if (
                isinstance(field, models.ForeignKey)
                and field.related_model._meta.label == "incidents.Incident"
            ):
                assert field.remote_field.on_delete is models.SET_NULL, field
