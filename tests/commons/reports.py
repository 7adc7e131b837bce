"""Reports of proofs as `fairlead prove` writes them, without running anything."""

from fairlead.commons.proofs.services import FIRST, hash_of
from fairlead.foundation import clock

EXPECTED = {"good": "ACCEPT", "bad": "REFUSE", "before": "ACCEPT", "malformed": "ERROR"}


def run(role, verdict="", *, fits=True, output="looked at 17 letters"):
    return {
        "role": role,
        "expected": EXPECTED[role],
        "verdict": verdict or EXPECTED[role],
        "fits": fits,
        "words": "exit code 0",
        "argv": ["python3", "tools/check.py", "fixture/bad.sql"],
        "exit": 0,
        "signal": None,
        "seconds": 0.05,
        "sandbox": "limits+network",
        "output": output,
        "output_bytes": len(output),
        "output_sha256": "c" * 64,
    }


def runs(**verdicts):
    """Four runs that show what they must, but for those that are named."""
    return [run(role, verdicts.get(role, "")) for role in EXPECTED]


def report(of, previous=FIRST, *, proved="proven", **changed):
    """A report of now; `of` is the id of its improvement, and what is named in `changed` reads otherwise."""
    made = {
        "format": 1,
        "proof": "drop",
        "title": "A change that drops a table is refused",
        "improvement": str(of),
        "at": clock.now().isoformat(timespec="seconds"),
        "state": proved,
        "reasons": [],
        "proved": proved,
        "max_age_days": 30,
        "tool_version": "fairlead 0.1.0",
        "fixtures": {"bad": "a" * 64, "good": "b" * 64, "malformed": "d" * 64},
        "safeguard_sha256": "e" * 64,
        "runs": {"proven": runs(), "broken": runs(bad="ACCEPT")}.get(proved, []),
        "rates": {},
        "previous": previous,
    } | changed
    return made | {"hash": hash_of(made)}
