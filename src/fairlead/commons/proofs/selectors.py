"""Reading proofs and waivers. Everybody who is signed in may."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fairlead.commons.improvements.models import Improvement
from fairlead.commons.proofs.models import Proof, Proving, Waiver
from fairlead.commons.proofs.signatures import signature_of
from fairlead.core.proof import State, differences
from fairlead.core.visibility import Actor
from fairlead.people.selectors import today

_SHOWN = 12  # of the history; the rest stays kept


@dataclass(frozen=True, slots=True)
class Told:
    """One proving as the page tells it: what it showed, and in what it was not like the one before."""

    proving: Proving
    differences: tuple[str, ...]
    counts: bool  # reported since the improvement was opened the last time
    state: str  # what it showed; stale once its days are over

    @property
    def until(self) -> date:
        """Return the last day on which it holds."""
        return self.proving.on + timedelta(days=self.proving.most_days)

    @property
    def evidence(self) -> Mapping[str, Any]:
        """Return what was reported."""
        return self.proving.evidence

    @property
    def runs(self) -> list[Mapping[str, Any]]:
        """Return the runs, the second try of a role after its first."""
        return list(self.evidence["runs"])


@dataclass(frozen=True, slots=True)
class ProofShown:
    """A proof with its history, the latest first."""

    proof: Proof
    history: tuple[Told, ...]

    @property
    def latest(self) -> Told:
        """Return the latest proving."""
        return self.history[0]


def proofs_of(actor: Actor, improvement: Improvement) -> list[ProofShown]:
    """Return the proofs of an improvement with the latest of their history."""
    shown = []
    for proof in improvement.proofs.all():
        provings = list(proof.provings.all()[: _SHOWN + 1])
        told = [
            Told(one, _differences(before, one), one.opening == improvement.opening, _state(one))
            for one, before in zip(provings, [*provings[1:], None], strict=True)
        ]
        if told:
            shown.append(ProofShown(proof, tuple(told[:_SHOWN])))
    return shown


def _state(proving: Proving) -> str:
    is_over = proving.on + timedelta(days=proving.most_days) < today()
    return State.STALE.value if proving.proved == State.PROVEN and is_over else proving.proved


def _differences(before: Proving | None, now: Proving) -> tuple[str, ...]:
    if before is None:
        return ()
    one, other = before.evidence, now.evidence
    return differences(
        one["fixtures"],
        other["fixtures"],
        safeguard_before=one["safeguard_sha256"],
        safeguard_now=other["safeguard_sha256"],
    )


def proof_named(actor: Actor, *, name: str, improvement_id: uuid.UUID) -> Proof | None:
    """Return a proof by the name of its file and the improvement it proves, or None."""
    return Proof.objects.filter(improvement=improvement_id, name=name).first()


@dataclass(frozen=True, slots=True)
class WaiverShown:
    """A waiver as the page tells it, and what this actor may do with it."""

    waiver: Waiver
    state: str  # waiting, holds, ended, over
    may_sign: bool


def waivers_of(actor: Actor, improvement: Improvement) -> list[WaiverShown]:
    """Return the waivers of an improvement, the latest first."""
    return [_waiver_shown(actor, improvement, one) for one in improvement.waivers.all()]


def _waiver_shown(actor: Actor, improvement: Improvement, one: Waiver) -> WaiverShown:
    day = today()
    if one.ended_on is not None or one.opening != improvement.opening:
        state = "over"
    elif day > one.until:
        state = "ended"
    else:
        state = "holds" if one.signed().holds(day) else "waiting"
    return WaiverShown(one, state, state == "waiting" and one.asked_by != signature_of(actor, one.pk))


def waiver_get(actor: Actor, waiver_id: uuid.UUID) -> Waiver | None:
    """Return a waiver with its improvement, or None."""
    return Waiver.objects.select_related("improvement").filter(pk=waiver_id).first()
