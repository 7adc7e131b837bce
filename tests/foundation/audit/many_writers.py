"""Several processes that write to one audit trail at once; prints what the check of the trail finds.

Arguments: how many processes, how many entries each writes.
"""

import os
import sys

import django

django.setup()

from django.db import IntegrityError, connection, transaction  # noqa: E402 -- Django is set up first

from fairlead.foundation.audit.log import append, append_now, head  # noqa: E402
from fairlead.foundation.audit.verify import verify  # noqa: E402

ENTRY = {"action": "case.open", "subject_type": "case", "subject": "x", "outcome": "granted"}


def write(name, entries):
    for number in range(entries):
        if number % 3:
            append_now(actor=name, **ENTRY)
        else:
            with transaction.atomic():
                append(actor=name, **ENTRY)
                append(actor=name, **ENTRY)


def refused(statement):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except IntegrityError as error:
        return "only grows" in str(error)
    return False


processes, entries = map(int, sys.argv[1:])
children = []
for number in range(processes):
    child = os.fork()
    if not child:
        write(f"writer-{number}", entries)
        os._exit(0)
    children.append(child)
failed = sum(os.waitpid(child, 0)[1] != 0 for child in children)
verdict = verify(head())
guarded = refused("UPDATE audit_auditentry SET actor = 'x'") and refused("DELETE FROM audit_auditentry")
sys.stdout.write(f"failed={failed} ok={verdict.ok} entries={verdict.entries} guarded={guarded}")
