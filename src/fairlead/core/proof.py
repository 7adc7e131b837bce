"""What the runs of a proof show: whether a safeguard refuses the change that broke things, and that change alone.

Four runs count. The good change must be accepted and the bad one refused for the stated reason; without the safeguard
the bad one must have passed, or something else refuses it; and malformed input must be an error, or nobody knows that
the check is awake. An error is never taken for one of the other answers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from fairlead.core.verdict import Verdict


class State(StrEnum):
    """Where a proof stands."""

    DRAFT = "draft"  # not a proof yet
    PROVEN = "proven"
    STALE = "stale"  # too long ago, or something has changed since
    BROKEN = "broken"  # the bad change passes
    OVERBLOCKING = "overblocking"  # the good change is refused
    ERROR = "error"  # no answer, or no sign that the check is awake
    FLAKY = "flaky"  # the same run answered differently
    WAIVED = "waived"


class Role(StrEnum):
    """The four runs, in the order in which they are told."""

    GOOD = "good"
    BAD = "bad"
    BEFORE = "before"
    MALFORMED = "malformed"


EXPECTED: Final = {
    Role.GOOD: Verdict.ACCEPT,
    Role.BAD: Verdict.REFUSE,
    Role.BEFORE: Verdict.ACCEPT,
    Role.MALFORMED: Verdict.ERROR,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What one run showed. `fits` says whether the output has what it must have: the reason, or that it ran at all."""

    verdict: Verdict
    fits: bool = True
    words: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A state with its reasons, each one sentence."""

    state: State
    reasons: tuple[str, ...] = ()

    @property
    def is_done(self) -> bool:
        """Say whether the improvement behind the proof may be called done."""
        return self.state in {State.PROVEN, State.WAIVED}


@dataclass(frozen=True, slots=True)
class Waiver:
    """Why a safeguard is not proved for now: signed by somebody other than its owner, and for a time."""

    code: str
    text: str
    signer: str
    until: date


WAIVER_CODES: Final = ("no-replay", "vendor", "retired", "accepted-risk")


def as_expected(role: Role, shown: Shown) -> bool:
    """Say whether a run shows what it must show; one that does not is run once more."""
    return shown.verdict is EXPECTED[role] and (shown.fits or role in {Role.GOOD, Role.MALFORMED})


def decide(runs: Mapping[Role, Shown], flaky: Sequence[Role] = ()) -> Standing:
    """Return what the four runs show. `flaky` names the runs whose second try answered differently."""
    if flaky:
        words = " and ".join(f"“{role.value}”" for role in flaky)
        return Standing(State.FLAKY, (f"The run {words} answered differently when it was tried again.",))
    good, bad, before, malformed = (runs[role] for role in Role)
    silent = [role for role in (Role.GOOD, Role.BAD, Role.BEFORE) if runs[role].verdict is Verdict.ERROR]
    if silent:
        return Standing(
            State.ERROR,
            tuple(f"The run “{role.value}” gave no answer: {runs[role].words}" for role in silent),
        )
    if bad.verdict is Verdict.ACCEPT:
        return Standing(State.BROKEN, ("The safeguard accepts the change that broke things.",))
    if good.verdict is Verdict.REFUSE:
        return Standing(State.OVERBLOCKING, ("The safeguard refuses the good change as well.",))
    if malformed.verdict is not Verdict.ERROR:
        words = f"Malformed input is answered with {malformed.verdict.value}, so an answer may mean nothing."
        return Standing(State.ERROR, (words,))
    missing: list[str] = []
    if not bad.fits:
        missing.append("The bad change is refused, but not for the stated reason.")
    if before.verdict is Verdict.REFUSE:
        missing.append(
            "Without the safeguard the bad change is refused as well, so something else refuses it."
        )
    elif not before.fits:
        missing.append("Nothing shows that the pipeline without the safeguard ran at all.")
    return Standing(State.DRAFT, tuple(missing)) if missing else Standing(State.PROVEN)


def shown_again(tries: Iterable[tuple[Role, Shown]]) -> Standing | None:
    """Return what runs show that are told one after the other, a second try after its first; None if one is missing.

    Who is told of a proving decides anew by its runs, and does not take the word for it.
    """
    shown: dict[Role, Shown] = {}
    flaky: list[Role] = []
    for role, one in tries:
        first = shown.setdefault(role, one)
        if (first.verdict, first.fits) != (one.verdict, one.fits):
            flaky.append(role)
    return decide(shown, flaky) if len(shown) == len(Role) else None


# From what says most against a safeguard to what says least.
_WORST_FIRST: Final = (
    State.BROKEN, State.OVERBLOCKING, State.ERROR, State.FLAKY, State.STALE, State.DRAFT, State.PROVEN,
)  # fmt: skip


def together(states: Iterable[State]) -> State | None:
    """Return how several proofs of one improvement stand together: as its worst one; None where there is none."""
    found = [_WORST_FIRST.index(state) for state in states]
    return _WORST_FIRST[min(found)] if found else None


def differences(
    before: Mapping[str, str], now: Mapping[str, str], *, safeguard_before: str, safeguard_now: str
) -> tuple[str, ...]:
    """Say what two provings were not alike in, by the hashes of their fixtures and of their safeguard."""
    names = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    words = [f"The fixture “{name}” is another one than the time before." for name in names]
    if safeguard_before != safeguard_now:
        words.append("The safeguard is another one than the time before.")
    return tuple(words)


def aged(standing: Standing, proved_at: datetime, now: datetime, most_days: int) -> Standing:
    """Return `stale` for a proof that is older than it may be."""
    if standing.state is State.PROVEN and now - proved_at > timedelta(days=most_days):
        days = (now - proved_at).days
        return Standing(State.STALE, (f"It was proved {days} days ago; {most_days} are allowed.",))
    return standing


def changed(standing: Standing, names: Sequence[str]) -> Standing:
    """Return `stale` for a proof of something that has changed since."""
    if standing.state is State.PROVEN and names:
        return Standing(State.STALE, tuple(f"{name} has changed since." for name in names))
    return standing


def waived(standing: Standing, waiver: Waiver | None, *, owner: str, today: date) -> Standing:
    """Return `waived` where a valid waiver stands in for the proof; otherwise the reason why it does not."""
    if waiver is None or standing.state is State.PROVEN:
        return standing
    why = ""
    if waiver.code not in WAIVER_CODES:
        why = f"The waiver's code is not one of {', '.join(WAIVER_CODES)}."
    elif not waiver.text.strip():
        why = "The waiver gives no reason in words."
    elif not waiver.signer.strip() or waiver.signer.strip().casefold() == owner.strip().casefold():
        why = "A waiver is signed by somebody other than the owner."
    elif waiver.until < today:
        why = f"The waiver ended on {waiver.until.isoformat()}."
    if why:
        return Standing(standing.state, (*standing.reasons, why))
    return Standing(
        State.WAIVED, (f"{waiver.text.strip()} ({waiver.code}, until {waiver.until.isoformat()})",)
    )
