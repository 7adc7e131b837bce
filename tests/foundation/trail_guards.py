"""Emptying a test database whose triggers refuse to delete audit entries."""

from functools import partial

GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_entry_no_%'"


def let_flush_pass(connection):
    """Lift the audit trail's triggers on SQLite while, and only while, a test's database is emptied.

    PostgreSQL empties tables with TRUNCATE, which its trigger does not see.
    """
    if connection.vendor == "sqlite":
        connection.ops.sql_flush = partial(_lift_and_set, connection, type(connection.ops).sql_flush)


def _lift_and_set(connection, sql_flush, style, tables, **options):
    with connection.cursor() as cursor:
        guards = cursor.execute(GUARDS).fetchall()
    flush = sql_flush(connection.ops, style, tables, **options)
    return [*(f"DROP TRIGGER {name}" for name, _ in guards), *flush, *(sql for _, sql in guards)]
