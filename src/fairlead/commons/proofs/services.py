"""Taking reports of proofs. A report is believed as far as it can be: its hash, its place in the chain, its runs."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from fairlead.commons.blameless import in_neutral_words_of, refuse_people
from fairlead.commons.improvements.models import Improvement
from fairlead.commons.improvements.services_backing import improvement_backed, improvement_held
from fairlead.commons.proofs.models import Proof, Proving, Waiver
from fairlead.commons.writing import refuse_readers
from fairlead.core.improvements import Backing
from fairlead.core.proof import Role, Shown, State, shown_again, together
from fairlead.core.refusal import Refused
from fairlead.core.verdict import Verdict
from fairlead.core.visibility import Actor
from fairlead.foundation import clock
from fairlead.foundation.audit.log import append
from fairlead.foundation.outbox.queue import put
from fairlead.people.selectors import today

FIRST = "0" * 64
_AHEAD = timedelta(minutes=10)  # clocks of pipelines may differ by so much
_WITHOUT_RUNS = {State.DRAFT, State.STALE}  # something is missing in the file, or a fixture has changed


def hash_of(report: Mapping[str, Any]) -> str:
    """Return the hash of a report: SHA-256 over its JSON with sorted names, without the hash itself."""
    plain = {name: value for name, value in report.items() if name != "hash"}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def proving_report(actor: Actor, *, name: str, report: Mapping[str, Any]) -> tuple[Proving, bool]:
    """Keep a report of a proof behind those before it; returns it, and whether it is new.

    The same report sent again changes nothing. Raises Refused for a report that is not as it was written, that goes on
    from another one than the last one here, whose runs do not show what it says, whose day is to come, or whose
    improvement is not here; for somebody who may not write; and NamesSomebody.
    """
    refuse_readers(actor)
    if report["proof"] != name:
        raise Refused(f"This is a report of “{report['proof']}”, sent for “{name}”.", field="proof")
    if hash_of(report) != report["hash"]:
        raise Refused("This report is not as it was written: its hash is another one.", field="hash")
    _refuse_what_runs_do_not_show(report)
    at = _moment(report["at"])
    refuse_people(
        title=report["title"],
        reasons="\n".join(report["reasons"]),
        tool_version=report["tool_version"],
        runs="\n".join(run["words"] for run in report["runs"]),
    )
    evidence = {**report, "runs": [_without_people(run) for run in report["runs"]]}
    with transaction.atomic():
        improvement = improvement_held(_id(report["improvement"]))
        if improvement is None:
            raise Refused(
                "There is no such improvement here. Its page shows the id that the proof file names.",
                field="improvement",
            )
        proof, _ = Proof.objects.get_or_create(
            improvement=improvement, name=name, defaults={"title": report["title"], "head": FIRST}
        )
        known = Proving.objects.filter(proof=proof, hash=report["hash"]).first()
        if known is not None:
            return known, False
        _refuse_out_of_line(proof, report, at)
        before = proof.provings.filter(opening=improvement.opening).first()
        proving = Proving.objects.create(
            proof=proof,
            number=proof.length + 1,
            hash=report["hash"],
            opening=improvement.opening,
            on=at.date(),
            proved=report["proved"],
            most_days=report["max_age_days"],
            evidence=evidence,
        )
        proof.title, proof.head, proof.length = report["title"], report["hash"], proving.number
        proof.save()
        append(
            actor=actor.mark,
            action="proof.reported",
            subject_type="improvement",
            subject=improvement.pk,
            outcome="done",
            detail={"proof": proof.pk, "number": proving.number, "proved": proving.proved},
        )
        put(
            "commons_changed",
            what="proof_reported",
            incident=improvement.incident_id,
            improvement=improvement.pk,
        )
        backing_settle(actor, improvement, what=_step(before, proving))
    return proving, True


def backing_settle(actor: Actor, improvement: Improvement, *, what: str = "") -> None:
    """Find out anew what stands behind an improvement that is held, and keep it with it. Takes no words."""
    day = today()
    latest = [
        proving
        for proof in improvement.proofs.all()
        if (proving := proof.provings.filter(opening=improvement.opening).first())
    ]
    state = together(State(one.proved) for one in latest)
    backing = Backing(state.value if state else "")
    if state is State.PROVEN:
        _end_waivers(improvement, day)
        until = min(one.on + timedelta(days=one.most_days) for one in latest)
        backing = Backing(state.value, "proof", min(one.on for one in latest), until)
    elif until := _waived_until(improvement, day):
        backing = Backing(backing.state, "waiver", None, until)
    improvement_backed(actor, improvement, backing, what=what)


def _waived_until(improvement: Improvement, day: date) -> date | None:
    waivers = Waiver.objects.filter(improvement=improvement, opening=improvement.opening, ended_on=None)
    return max((one.until for one in waivers if one.signed().holds(day)), default=None)


def _end_waivers(improvement: Improvement, day: date) -> None:
    """A waiver stands in for a proof; once there is one, it is over."""
    Waiver.objects.filter(improvement=improvement, ended_on=None, until__gte=day).update(ended_on=day)


def _step(before: Proving | None, proving: Proving) -> str:
    was = before is not None and before.proved == State.PROVEN
    now = proving.proved == State.PROVEN
    if now == was:
        return ""
    return "proved" if now else "failed"


def _refuse_what_runs_do_not_show(report: Mapping[str, Any]) -> None:
    said = State(report["proved"])
    if not report["runs"] and said in _WITHOUT_RUNS:
        return
    tries = (
        (Role(run["role"]), Shown(Verdict[run["verdict"]], run["fits"], run["words"]))
        for run in report["runs"]
    )
    shown = shown_again(tries)
    if shown is None or shown.state is not said:
        found = shown.state.value if shown else "not all of the four"
        raise Refused(f"The report says “{said.value}”, but its runs show {found}.", field="proved")


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Refused("The moment of the report is not one, with its zone.", field="at")
    if at > clock.now() + _AHEAD:
        raise Refused(
            "This report comes from a time to come. Set the clock of the machine right.", field="at"
        )
    return at


def _refuse_out_of_line(proof: Proof, report: Mapping[str, Any], at: datetime) -> None:
    if report["previous"] != proof.head:
        begins = report["previous"] == FIRST
        words = (
            f"This report begins a new history, but {proof.length} reports of “{proof.name}” are here already."
            if begins
            else "This report goes on from another one than the last one here."
        )
        raise Refused(
            f"{words} `fairlead prove --push` asks for the last one first and goes on from it.",
            field="previous",
        )
    last = proof.provings.first()
    if last is not None and at < datetime.fromisoformat(last.evidence["at"]):
        raise Refused("This report is older than the one before it.", field="at")


def _without_people(run: Mapping[str, Any]) -> dict[str, Any]:
    """Return a run whose output and command name nobody; the hash of the output stays that of what was printed."""
    kept = dict(run)
    if kept.get("output"):
        kept["output"] = in_neutral_words_of(kept["output"])
    if kept.get("argv"):
        kept["argv"] = [in_neutral_words_of(word) for word in kept["argv"]]
    return kept


def _id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Refused(
            "This report names no improvement. Put the id from the improvement's page into the proof file, as "
            'improvement = "…".',
            field="improvement",
        ) from None
