"""The table of what can be found, with FTS5 over it on SQLite and a tsvector with a GIN index on PostgreSQL.

SQLite drops triggers with their table: a later migration that rebuilds `search_searchable` has to set them again.
"""

from django.db import migrations, models

SQLITE = [
    """
    CREATE VIRTUAL TABLE search_index USING fts5(
        title_words, body_words, content='search_searchable', content_rowid='id',
        tokenize='unicode61 remove_diacritics 0'
    )
    """,
    """
    CREATE TRIGGER search_searchable_in AFTER INSERT ON search_searchable BEGIN
        INSERT INTO search_index(rowid, title_words, body_words)
        VALUES (new.id, new.title_words, new.body_words);
    END
    """,
    """
    CREATE TRIGGER search_searchable_out AFTER DELETE ON search_searchable BEGIN
        INSERT INTO search_index(search_index, rowid, title_words, body_words)
        VALUES ('delete', old.id, old.title_words, old.body_words);
    END
    """,
    """
    CREATE TRIGGER search_searchable_changed AFTER UPDATE OF title_words, body_words ON search_searchable BEGIN
        INSERT INTO search_index(search_index, rowid, title_words, body_words)
        VALUES ('delete', old.id, old.title_words, old.body_words);
        INSERT INTO search_index(rowid, title_words, body_words)
        VALUES (new.id, new.title_words, new.body_words);
    END
    """,
]
POSTGRESQL = [
    """
    ALTER TABLE search_searchable ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title_words), 'A') || setweight(to_tsvector('simple', body_words), 'D')
    ) STORED
    """,
    "CREATE INDEX search_searchable_words ON search_searchable USING gin (words)",
]
SQLITE_BACK = [
    "DROP TRIGGER search_searchable_in",
    "DROP TRIGGER search_searchable_out",
    "DROP TRIGGER search_searchable_changed",
    "DROP TABLE search_index",
]
POSTGRESQL_BACK = ["ALTER TABLE search_searchable DROP COLUMN words"]


def make_index(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def drop_index(apps, schema_editor):
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Searchable",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=16)),
                ("key", models.UUIDField()),
                ("under", models.UUIDField()),
                ("title", models.CharField(max_length=300)),
                ("body", models.TextField(blank=True)),
                ("title_words", models.TextField()),
                ("body_words", models.TextField(blank=True)),
            ],
            options={
                "indexes": [models.Index(fields=["under", "kind"], name="found_under")],
                "constraints": [models.UniqueConstraint(fields=("kind", "key"), name="found_once")],
            },
        ),
        migrations.RunPython(make_index, drop_index),
    ]
