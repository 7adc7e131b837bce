"""An import on a page: begun with a file, looked over as often as somebody likes, then put on record bit by bit."""

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db import transaction

from fairlead.core.importing.values import ImportedIncident
from fairlead.core.visibility import Actor
from fairlead.foundation import clock
from fairlead.foundation.audit.log import SYSTEM, append, append_now
from fairlead.foundation.outbox.queue import put
from fairlead.foundation.vault.envelope import Envelope, unwrap
from fairlead.foundation.vault.fields import bytes_from, read_from, seal_into
from fairlead.people.actors import account_by_mark, actor_of
from fairlead.reading.process import Job, Outcome, read_files
from fairlead.sources.intake.batch import KIND_OF, ONE_FILE_EACH, Tally, as_record, bring_all
from fairlead.sources.intake.models import ImportRun
from fairlead.sources.records.door import OpenSource
from fairlead.sources.records.services import draft_keep

AT_ONCE: Final = 100  # incidents of one piece of background work, which has two minutes
_STEP: Final = 5  # incidents between two notes of progress


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is to be read: what the flags of `fairlead import` say."""

    zone: str = ""
    day: str = ""
    channels: tuple[str, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict[str, str])


def run_begin(
    actor: Actor, *, source_id: uuid.UUID, format_: str, content: bytes, name: str, options: Options
) -> ImportRun:
    """Keep the file as a draft and begin the import. A form sent twice begins one. Raises Refused."""
    with transaction.atomic():
        draft = draft_keep(actor, source_id=source_id, kind=KIND_OF[format_], content=content, name=name)
        known = ImportRun.objects.filter(source=draft).first()
        if known is not None:
            return known
        run = ImportRun(source=draft, format=format_, mark=actor.mark)
        seal_into(unwrap(draft.data_key), run, options=_written(options))
        run.save(force_insert=True)
        append(actor=actor.mark, action="import.begun", subject_type="import", subject=run.pk, outcome="done")
        put("source_changed", what="import.begun", source=draft.pk)
    return run


def run_change(opened: OpenSource, run: ImportRun, *, options: Options) -> None:
    """Read the file another way, while it is being looked over."""
    _change(opened, run, action="import.changed", options=_written(options))


def run_go(opened: OpenSource, run: ImportRun) -> None:
    """Put what was looked over on record, in the background. A second time changes nothing."""
    with transaction.atomic():
        if ImportRun.objects.select_for_update().get(pk=run.pk).state != ImportRun.State.LOOKED_OVER:
            return
        run.state = ImportRun.State.GOING
        run.save(update_fields=["state"])
        append(
            actor=opened.actor.mark,
            action="import.started",
            subject_type="import",
            subject=run.pk,
            outcome="done",
        )
        put("import_run", key=f"import:{run.pk}:0", run=run.pk)


def _change(opened: OpenSource, run: ImportRun, *, action: str, **texts: str) -> None:
    with transaction.atomic():
        seal_into(opened.envelope, run, **texts)
        run.save(update_fields=list(texts))
        append(actor=opened.actor.mark, action=action, subject_type="import", subject=run.pk, outcome="done")
        put("source_changed", what=action, source=run.source_id)


def _written(options: Options) -> str:
    return json.dumps([options.zone, options.day, list(options.channels), dict(options.mapping)])


def options_of(envelope: Envelope, run: ImportRun) -> Options:
    """Return how the file of a run is to be read."""
    zone, day, channels, mapping = json.loads(read_from(envelope, run, "options"))
    return Options(zone, day, tuple(channels), mapping)


def outcome_of(envelope: Envelope, run: ImportRun) -> Outcome:
    """Read the file of a run, in a process apart."""
    options = options_of(envelope, run)
    job = Job(
        format=run.format,
        files=("-",),
        zone=options.zone or None,
        day=date.fromisoformat(options.day) if options.day else None,
        channels=options.channels,
        mapping=options.mapping,
        now=clock.now(),
        given=bytes_from(envelope, run.source, "content"),
    )
    return read_files(job, lambda *_: None)


def run_work(run_id: uuid.UUID) -> None:
    """Put the next incidents of a run on record, and leave the rest to the next piece of work.

    Safe to repeat: an incident that went in before a kill is known by its source id.
    """
    run = ImportRun.objects.select_related("source").filter(pk=run_id, state=ImportRun.State.GOING).first()
    account = account_by_mark(run.mark) if run else None
    if run is None or account is None:
        return
    append_now(
        actor=SYSTEM, action="source.import", subject_type="source", subject=run.source_id, outcome="granted"
    )
    envelope = unwrap(run.source.data_key)
    outcome = outcome_of(envelope, run)
    tally = bring_all(
        actor_of(account),
        outcome.incidents[run.done : run.done + AT_ONCE],
        format_=run.format,
        content_of=_content_of(envelope, run),
        seen=_noting(run, run.done, len(outcome.incidents)),
    )
    _settle(envelope, run, outcome, tally)


def _content_of(envelope: Envelope, run: ImportRun) -> Callable[[ImportedIncident], tuple[str, bytes]]:
    def content_of(imported: ImportedIncident) -> tuple[str, bytes]:
        if run.format in ONE_FILE_EACH:
            return read_from(envelope, run.source, "name"), bytes_from(envelope, run.source, "content")
        return "", as_record(imported)

    return content_of


def _noting(run: ImportRun, before: int, of: int) -> Callable[[int, int], None]:
    def seen(done: int, among: int) -> None:
        if done % _STEP == 0 or done == among:
            ImportRun.objects.filter(pk=run.pk).update(done=before + done, of=of)

    return seen


def _settle(envelope: Envelope, run: ImportRun, outcome: Outcome, tally: Tally) -> None:
    report: dict[str, Any] = report_of(envelope, run)
    for name in ("new", "known", "published", "waiting"):
        report[name] = report.get(name, 0) + getattr(tally, name)
    report["problems"] = [*report.get("problems", []), *tally.problems]
    report["doubts"] = [*report.get("doubts", []), *tally.doubts]
    done = min(run.done + AT_ONCE, len(outcome.incidents))
    is_over = done >= len(outcome.incidents)
    if is_over:
        report["unread"] = outcome.problems
    with transaction.atomic():
        run.done, run.of = done, len(outcome.incidents)
        run.state = ImportRun.State.DONE if is_over else ImportRun.State.GOING
        seal_into(envelope, run, report=json.dumps(report))
        run.save(update_fields=["done", "of", "state", "report"])
        append(actor=SYSTEM, action="import.went_on", subject_type="import", subject=run.pk, outcome="done")
        if not is_over:
            put("import_run", key=f"import:{run.pk}:{done}", run=run.pk)


def report_of(envelope: Envelope, run: ImportRun) -> dict[str, Any]:
    """Return what came of a run so far."""
    text = read_from(envelope, run, "report")
    return json.loads(text) if text else {}
