"""Whatever is done to the trail behind our back shows."""

import random
from collections import Counter

import pytest
from django.db import IntegrityError, connection, transaction

from fairlead.foundation.audit import verify as verifying
from fairlead.foundation.audit.chain import EMPTY, GENESIS, Head, entry_hash
from fairlead.foundation.audit.log import append, head
from fairlead.foundation.audit.models import AuditEntry
from fairlead.foundation.audit.verify import Verdict, verify

pytestmark = pytest.mark.django_db
COLUMNS = [field.column for field in AuditEntry._meta.fields]
ENTRIES = 12


def seeded(number):
    return random.Random(number)  # noqa: S311 -- a test that can be repeated, not a secret


def write(count):
    for number in range(count):
        append(
            actor="system",
            action="case.open",
            subject_type="case",
            subject=f"case-{number}",
            outcome="granted",
            reason="participant",
            detail={"step": number},
        )


def sql(statement, values=()):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


@pytest.fixture
def trail():
    """A trail of twelve entries with its triggers lifted, as somebody who owns the database file could."""
    write(ENTRIES)
    sql("DROP TRIGGER audit_entry_no_update")
    sql("DROP TRIGGER audit_entry_no_delete")
    sql("PRAGMA ignore_check_constraints = ON")
    yield
    sql("PRAGMA ignore_check_constraints = OFF")


def stored():
    return sql("SELECT * FROM audit_auditentry ORDER BY sequence"), sql("SELECT * FROM audit_audithead")


def set_head(sequence):
    found = sql("SELECT hash FROM audit_auditentry WHERE sequence = %s", [sequence])
    sql("UPDATE audit_audithead SET sequence = %s, hash = %s", [sequence, found[0][0] if found else GENESIS])


# --- ways to tamper; each gets a source of chance -------------------------------------------------


def edit_a_value(chance):
    column = chance.choice(COLUMNS)
    value = chance.choice(
        [
            "x",
            "",
            "7",
            7,
            -1,
            '{"step": 99}',
            "{broken",
            "2026-01-01 00:00:00",
            "a" * 64,
            "granted",
            b"\xff\xfe",
            "2026-13-45 00:00",
        ]
    )
    changed = f"UPDATE audit_auditentry SET {column} = %s WHERE sequence = %s"  # noqa: S608 -- our own columns
    sql(changed, [value, chance.randint(1, ENTRIES)])


def edit_and_hash_anew(chance):
    sequence = chance.randint(1, ENTRIES)
    sql("UPDATE audit_auditentry SET actor = 'somebody' WHERE sequence = %s", [sequence])
    entry = AuditEntry.objects.get(pk=sequence)
    sql("UPDATE audit_auditentry SET hash = %s WHERE sequence = %s", [entry.expected_hash(), sequence])


def delete_one(chance):
    sql("DELETE FROM audit_auditentry WHERE sequence = %s", [chance.randint(1, ENTRIES)])


def delete_one_and_close_the_gap(chance):
    gone = chance.randint(1, ENTRIES - 1)
    sql("DELETE FROM audit_auditentry WHERE sequence = %s", [gone])
    for sequence in range(gone + 1, ENTRIES + 1):
        sql("UPDATE audit_auditentry SET sequence = %s WHERE sequence = %s", [sequence - 1, sequence])
    set_head(ENTRIES - 1)


def swap_two(chance):
    one, two = chance.sample(range(1, ENTRIES + 1), 2)
    for old, new in ((one, -1), (two, one), (-1, two)):
        sql("UPDATE audit_auditentry SET sequence = %s WHERE sequence = %s", [new, old])


def swap_the_contents_of_two(chance):
    one, two = chance.sample(range(1, ENTRIES + 1), 2)
    subjects = dict(sql("SELECT sequence, subject FROM audit_auditentry"))
    for sequence, subject in ((one, subjects[two]), (two, subjects[one])):
        sql("UPDATE audit_auditentry SET subject = %s WHERE sequence = %s", [subject, sequence])


def cut_the_tail(chance):
    sql("DELETE FROM audit_auditentry WHERE sequence > %s", [chance.randint(0, ENTRIES - 1)])


def cut_the_tail_and_mend_the_head(chance):
    left = chance.randint(0, ENTRIES - 1)
    sql("DELETE FROM audit_auditentry WHERE sequence > %s", [left])
    set_head(left)


def add_one(chance):
    copied = chance.choice(sql("SELECT * FROM audit_auditentry"))
    sequence = chance.choice([0, -5, ENTRIES + 1, ENTRIES + 7, 10**12])
    marks = ", ".join(["%s"] * len(COLUMNS))
    added = f"INSERT INTO audit_auditentry ({', '.join(COLUMNS)}) VALUES ({marks})"  # noqa: S608 -- our own columns
    sql(added, [sequence, *copied[1:]])


def write_all_anew(chance):
    """Change one entry and build the whole chain again, head and all: only a head kept elsewhere can tell."""
    changed = chance.randint(1, ENTRIES)
    sql("UPDATE audit_auditentry SET actor = 'somebody' WHERE sequence = %s", [changed])
    previous = GENESIS
    for sequence in range(1, ENTRIES + 1):
        sql("UPDATE audit_auditentry SET previous_hash = %s WHERE sequence = %s", [previous, sequence])
        previous = AuditEntry.objects.get(pk=sequence).expected_hash()
        sql("UPDATE audit_auditentry SET hash = %s WHERE sequence = %s", [previous, sequence])
    set_head(ENTRIES)


def take_the_head_away(chance):
    sql("DELETE FROM audit_audithead")


WAYS = [
    edit_a_value,
    edit_and_hash_anew,
    delete_one,
    delete_one_and_close_the_gap,
    swap_two,
    swap_the_contents_of_two,
    cut_the_tail,
    cut_the_tail_and_mend_the_head,
    add_one,
    write_all_anew,
    take_the_head_away,
]


def test_a_thousand_tamperings_are_all_detected(trail):
    kept, untouched, chance, tried = head(), stored(), seeded(20261122), Counter()
    assert verify(kept) == Verdict(ok=True, entries=ENTRIES)
    while tried.total() < 1_000:
        way = chance.choice(WAYS)
        before = transaction.savepoint()
        if way_failed(way, chance) or stored() == untouched:
            transaction.savepoint_rollback(before)
            continue
        verdict = verify(kept)
        assert not verdict.ok, (way.__name__, stored())
        assert verdict.problem.endswith(".")
        tried[way] += 1
        transaction.savepoint_rollback(before)
        assert stored() == untouched
    assert min(tried[way] for way in WAYS) > 50
    assert verify(kept).ok


def way_failed(way, chance):
    try:
        with transaction.atomic():
            way(chance)
    except IntegrityError:  # the database refused it: there is nothing to detect
        return True
    return False


# --- what is told ---------------------------------------------------------------------------------


def test_an_empty_trail_is_whole():
    assert verify() == verify(EMPTY) == Verdict(ok=True, entries=0)


def test_a_trail_that_has_grown_since_the_head_was_kept_is_whole():
    write(3)
    kept = head()
    write(4)
    assert verify(kept) == Verdict(ok=True, entries=7)


@pytest.mark.parametrize(
    ("way", "told"),
    [
        ("UPDATE audit_auditentry SET actor = 'x' WHERE sequence = 5", "Entry 5 was changed."),
        ("UPDATE audit_auditentry SET detail = '[1]' WHERE sequence = 5", "Entry 5 was changed."),
        ("UPDATE audit_auditentry SET at = '' WHERE sequence = 5", "Entry 5 was changed."),
        ("UPDATE audit_auditentry SET detail = '{x' WHERE sequence = 5", "Entry 5 was changed."),
        (
            "UPDATE audit_auditentry SET at = '2026-13-45 00:00:00' WHERE sequence = 5",
            "An entry after 0 cannot be read.",
        ),
        (
            "UPDATE audit_auditentry SET actor = CAST(x'ff' AS TEXT) WHERE sequence = 5",
            "An entry after 0 cannot be read.",
        ),
        ("DELETE FROM audit_auditentry WHERE sequence = 5", "After entry 4 comes 6"),
        ("DELETE FROM audit_auditentry WHERE sequence > 5", "the head names entry 12 and the last is 5"),
        ("DELETE FROM audit_auditentry", "the head names entry 12 and the last is 0"),
    ],
)
def test_the_verdict_says_where_and_what(trail, way, told):
    sql(way)
    verdict = verify()
    assert not verdict.ok
    assert told in verdict.problem


def test_a_cut_tail_with_a_mended_head_is_seen_by_the_head_kept_elsewhere(trail):
    kept = head()
    cut_the_tail_and_mend_the_head(seeded(1))
    assert verify().ok
    assert "Its tail is cut: entry 12 was known" in verify(kept).problem


def test_a_trail_written_anew_is_seen_by_the_head_kept_elsewhere(trail):
    kept = head()
    write_all_anew(seeded(1))
    assert verify().ok
    assert verify(kept).problem == "Entry 12 is not the one that was known: the trail was written anew."


@pytest.mark.parametrize("page", [2, 3, 4, 6, 11, 12, 13])
def test_pages_change_nothing(trail, monkeypatch, page):
    monkeypatch.setattr(verifying, "_PAGE", page)
    assert verify(head()) == Verdict(ok=True, entries=ENTRIES)
    sql("UPDATE audit_auditentry SET actor = 'x' WHERE sequence = 9")
    assert verify().problem == "Entry 9 was changed."


def test_an_entry_numbered_zero_does_not_slip_in_before_the_first(trail):
    forged = entry_hash(
        sequence=0,
        at=AuditEntry.objects.get(pk=1).at,
        actor="system",
        action="a",
        subject_type="b",
        subject="c",
        outcome="done",
        reason="",
        detail={},
        previous_hash=GENESIS,
    )
    sql(
        "INSERT INTO audit_auditentry SELECT 0, at, 'system', 'a', 'b', 'c', 'done', '', '{}', %s, %s"
        " FROM audit_auditentry WHERE sequence = 1",
        [GENESIS, forged],
    )
    assert not verify().ok


def test_an_entry_written_between_two_reads_is_no_tampering(monkeypatch):
    def head_after_a_first_entry():
        write(1)
        return head()

    monkeypatch.setattr(verifying, "head", head_after_a_first_entry)
    assert verify() == Verdict(ok=True, entries=0)
    assert head() == Head(1, AuditEntry.objects.get().hash)
