"""Reports of proofs, by `fairlead prove --push`."""

import json
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Header, Path, Router, Schema, Status
from pydantic import ConfigDict, Field, StringConstraints

from fairlead.commons.improvements.models import Improvement
from fairlead.commons.improvements.selectors import improvement_get
from fairlead.commons.proofs.models import Proof, Proving
from fairlead.commons.proofs.selectors import proof_named
from fairlead.commons.proofs.services import FIRST, proving_report
from fairlead.people.programs.access import needs
from fairlead.people.programs.models import Scope
from fairlead.people.programs.problems import READING_ONE, WRITING, Problem, here
from fairlead.people.programs.texts import text
from fairlead.people.selectors import today

router = Router(tags=["proofs"])
_MOST_RUNS, _MOST_FIXTURES = 8, 20
_OUTPUT = 70_000  # 64 KiB as they are kept, and what stands for letters that are none

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
FixtureName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
VerdictSaid = Literal["ACCEPT", "REFUSE", "ERROR"]
ProvedSaid = Literal["draft", "proven", "stale", "broken", "overblocking", "error", "flaky"]


class RunReported(Schema):
    """One run of the safeguard, or of what was there before it."""

    model_config = ConfigDict(extra="forbid")

    role: Literal["good", "bad", "before", "malformed"]
    expected: VerdictSaid
    verdict: VerdictSaid
    fits: bool = Field(description="Whether the output holds the stated reason, or the sign that it ran.")
    words: text(2_000)
    argv: list[text(4_000)] = Field(default_factory=list, max_length=200)
    exit: int | None = Field(None, ge=-(2**31), le=2**31)
    signal: int | None = Field(None, ge=0, le=1_000)
    seconds: float | None = Field(None, ge=0, le=1_000_000)
    sandbox: text(100) = ""
    output: text(_OUTPUT) = ""
    output_bytes: int | None = Field(None, ge=0, le=2**50)
    output_sha256: Hash | None = None


class RateReported(Schema):
    """How many variants were answered as expected."""

    model_config = ConfigDict(extra="forbid")

    tried: int = Field(ge=0, le=1_000_000)
    as_expected: int = Field(ge=0, le=1_000_000)
    errors: int = Field(ge=0, le=1_000_000)


class ProvingReported(Schema):
    """One line of the evidence of a proof, as it was written."""

    model_config = ConfigDict(extra="forbid")

    format: Literal[1]
    proof: Name
    title: text(300, shortest=1)
    improvement: text(36, about="The id of the improvement that this proves.")
    at: text(40, about="When it was proved, with its zone.")
    state: Literal["draft", "proven", "stale", "broken", "overblocking", "error", "flaky", "waived"]
    reasons: list[text(2_000)] = Field(max_length=50)
    proved: ProvedSaid = Field(
        description="What the runs showed; a waiver of the file is not looked at here."
    )
    max_age_days: int = Field(ge=1, le=366)
    tool_version: text(200)
    fixtures: dict[FixtureName, text(64)] = Field(max_length=_MOST_FIXTURES)
    safeguard_sha256: text(64)
    runs: list[RunReported] = Field(max_length=_MOST_RUNS)
    rates: dict[Literal["mutants", "neighbours"], RateReported]
    previous: Hash = Field(description="The hash of the report before, or 64 zeros.")
    hash: Hash


class ProofTold(Schema):
    """How a proof stands, and how its improvement stands by all of its proofs."""

    proof: str
    improvement: UUID
    head: str = Field(
        description="The hash from which the next report goes on; 64 zeros while there is none."
    )
    reports: int
    proved: ProvedSaid | None = Field(description="What the latest report showed.")
    improvement_done: bool = Field(description="Proved and fresh, or under a waiver.")
    improvement_done_until: str | None


def _told(improvement: Improvement, name: str, proof: Proof | None) -> dict[str, object]:
    latest: Proving | None = proof.provings.first() if proof else None
    return {
        "proof": name,
        "improvement": improvement.pk,
        "head": proof.head if proof else FIRST,
        "reports": proof.length if proof else 0,
        "proved": latest.proved if latest else None,
        "improvement_done": improvement.standing(today()).key == "done",
        "improvement_done_until": improvement.done_until and improvement.done_until.isoformat(),
    }


@router.get("/proofs/{name}", response={200: ProofTold, READING_ONE: Problem}, **needs(Scope.PROOFS_REPORT))
def proof_head(request: HttpRequest, name: Path[Name], improvement: UUID) -> dict[str, object]:
    """How a proof stands here: from which report the next one goes on."""
    actor = request.auth.actor
    found = here(improvement_get(actor, improvement))
    return _told(found, name, proof_named(actor, name=name, improvement_id=found.pk))


@router.post(
    "/proofs/{name}",
    response={200: ProofTold, 201: ProofTold, WRITING: Problem},
    **needs(Scope.PROOFS_REPORT),
)
def proof_report(
    request: HttpRequest,
    name: Path[Name],
    given: ProvingReported,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=200)],
) -> Status:
    """Report what a proof showed. 201 for a new report, 200 for one that is here already."""
    actor = request.auth.actor
    # The hash is over what was written, so it is read as it was written: without what a shape would fill in.
    proving, made = proving_report(actor, name=name, report=json.loads(request.body))
    improvement = here(improvement_get(actor, proving.proof.improvement_id))
    proof = proof_named(actor, name=name, improvement_id=improvement.pk)
    return Status(201 if made else 200, _told(improvement, name, proof))
