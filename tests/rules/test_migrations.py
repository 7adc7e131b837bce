"""Migrations are complete, named, and import no code of the apps."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

SRC = Path(__file__).parents[2] / "src" / "fairlead"


def ours() -> list[Path]:
    return sorted(path for path in SRC.rglob("migrations/*.py") if path.name != "__init__.py")


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration(capsys):
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    assert "No changes detected" in capsys.readouterr().out


def test_every_migration_has_a_name_that_says_what_it_does():
    assert ours()
    for path in ours():
        assert re.fullmatch(r"\d{4}_[a-z][a-z_]*", path.stem), path
        assert "_auto_" not in path.stem, path


def test_no_migration_imports_code_of_an_app_but_its_field_types():
    """A migration has to run for good, whatever becomes of the code; a field's class and plain names stay."""
    for path in ours():
        imported = re.findall(r"^\s*(?:from|import) (fairlead[\w.]*)", path.read_text("utf-8"), re.MULTILINE)
        assert set(imported) <= {"fairlead.foundation.vault.fields"}, path


@pytest.mark.django_db
def test_every_app_with_tables_has_one_line_of_migrations():
    loader = MigrationLoader(connection)
    assert loader.detect_conflicts() == {}
