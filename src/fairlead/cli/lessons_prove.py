"""`fairlead lessons prove`: does a lesson fire on the change that broke things, and seldom on ordinary ones?"""

import argparse
import json
import os
from dataclasses import asdict
from pathlib import Path

from fairlead.cli import exits
from fairlead.cli.lessons import LineError
from fairlead.core.lessons.change import Change
from fairlead.core.lessons.diff import read_diff
from fairlead.core.lessons.lesson import Lesson
from fairlead.core.lessons.match import TriggerError
from fairlead.core.lessons.proving import Proof, prove
from fairlead.guard.lessons.authored import LessonError, read_lesson
from fairlead.guard.lessons.repository import latest
from fairlead.guard.lessons.snapshot import about, lesson_named
from fairlead.guard.server import ServerError, ask


def run(args: argparse.Namespace) -> int:
    """Print the proof, and report its two numbers if asked."""
    lesson = _lesson(args)
    if args.diff is None and not args.push:
        raise LineError("Say which change broke things: --diff FILE.")
    own = Change()
    if args.diff:
        own = read_diff(args.diff.read_text(encoding="utf-8", errors="replace").splitlines())
    try:
        proof = prove(lesson.triggers, own=own, others=latest(args.repository, most=max(1, args.last)))
    except TriggerError as error:
        raise LineError(f"{args.lesson}: {error}") from None
    problems = proof.problems if args.diff else proof.problems[1:]
    if args.json:
        print(json.dumps({**asdict(proof), "rate": proof.rate, "problems": problems}))
    else:
        print(
            f"{lesson.title}: fires on {proof.fired} of the last {proof.looked_at} changes ({proof.rate:.1%})."
        )
        for reason in proof.on_own:
            print(f"  On its own change it {reason.words}.")
        for problem in problems:
            print(f"  {problem}")
    if args.push:
        _push(args, lesson, proof)
    return exits.REFUSED if problems else exits.DONE


def _lesson(args: argparse.Namespace) -> Lesson:
    path = Path(args.lesson)
    if path.suffix != ".toml":
        lesson = lesson_named(args.snapshot, args.lesson)
        if lesson is None:
            raise LineError(
                f"There is no lesson {args.lesson} in {args.snapshot}. Fetch them with: lessons sync"
            )
        return lesson
    try:
        return read_lesson(path.read_text(encoding="utf-8"))
    except (LessonError, UnicodeDecodeError) as error:
        raise LineError(f"{args.lesson}: {error}") from None


def _push(args: argparse.Namespace, lesson: Lesson, proof: Proof) -> None:
    """Report what was counted: two numbers and whether it fires on its own change, nothing of any change."""
    if not lesson.edition:
        raise LineError(
            "Only a lesson of the server can be reported: give its id, after fairlead lessons sync."
        )
    body = {
        "edition": lesson.edition,
        "fired": proof.fired,
        "looked_at": proof.looked_at,
        "fires_on_own": bool(proof.on_own) if args.diff else None,
    }
    token = os.environ.get("FAIRLEAD_TOKEN", "")
    try:
        ask(about(args.snapshot).origin, token, "PUT", f"/lessons/{lesson.id}/rate", body=body)
    except ServerError as error:
        raise LineError(f"Nothing was reported. {error}") from None
    print("Reported to the server.")
