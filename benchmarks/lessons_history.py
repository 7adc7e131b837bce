"""Do lessons fire when a mistake comes back, and stay silent on ordinary work? Over the real history of a repository.

The older half of the history is where lessons come from: each small change of a file of code is taken for the mending
of a mistake, and a lesson is written from it as a person would: the folder, and a name whose coming back tells it. It
is kept only if it is proved by the tool's own measure on that older half. Then mistakes are planted again: undone as it
was, amid other work, in a file that was moved within the folder, and with its lines written another way. The newer
half, which no lesson has seen, are the ordinary changes.
"""

import random
import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

from fairlead.core.lessons.change import Change, Line
from fairlead.core.lessons.lesson import Lesson, Triggers
from fairlead.core.lessons.match import matches
from fairlead.core.lessons.proving import prove
from fairlead.core.lessons.rank import shown
from fairlead.guard.lessons.repository import latest

LESSONS, MOST_CHANGES, MOST_LINES = 60, 1_000, 60
RAREST = 2  # a telling name stands in so few changes before
SOME = random.Random(1427)
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{5,}")
CODE = (".py", ".c", ".h", ".go", ".rs", ".js", ".ts", ".java", ".rb", ".php", ".html")


def undone(change: Change) -> Change:
    """Return the change that would take another one back."""
    return Change(tuple(replace(one, added=one.removed, removed=one.added) for one in change.files))


def names_in(lines: tuple[Line, ...]) -> set[str]:
    """Return the names in lines that are long enough to tell something."""
    return {name for line in lines for name in NAME.findall(line.text)}


def mended(changes: list[Change]) -> list[Change]:
    """Return what small changes mend, one file of code each."""
    return [
        Change((file,))
        for change in changes
        for file in change.files
        if file.path.endswith(CODE)
        and not file.path.startswith("tests/")
        and file.removed
        and len(file.lines) <= MOST_LINES
    ]


def written(number: int, change: Change, used: Counter[str]) -> Lesson | None:
    """Return a lesson as somebody would write it after a mending, or None where nothing in it is telling."""
    [file] = change.files
    gone = names_in(file.removed) - names_in(file.added)  # what comes back when the mending is undone
    telling = sorted((name for name in gone if used[name] <= RAREST), key=lambda n: (used[n], n))
    if not telling:
        return None
    folder = file.path.rpartition("/")[0]
    triggers = Triggers(
        paths=(f"{folder}/**",) if folder else ("**",), added=tuple(rf"\b{name}\b" for name in telling[:2])
    )
    return Lesson(f"l{number:03}", f"About {telling[0]}", "It came back once.", triggers)


def planted(change: Change, others: list[Change]) -> dict[str, Change]:
    """Return the ways in which a mistake comes back."""
    back = undone(change)
    moved = tuple(replace(one, path=_moved(one.path), old_path="") for one in back.files)
    other = tuple(
        replace(one, added=_reflowed(one.added), removed=_reflowed(one.removed)) for one in back.files
    )
    return {
        "as it was": back,
        "amid other work": Change((*SOME.choice(others).files, *back.files)),
        "in a file that was moved": Change(moved),
        "written another way": Change(other),
    }


def _moved(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return f"{folder}/parts/new_{name}".lstrip("/")


def _reflowed(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return lines with other spaces, and each broken in two at its middle space."""
    found: list[Line] = []
    for line in lines:
        words = line.text.split()
        half = len(words) // 2
        parts = (" ".join(words[:half]), "        " + " ".join(words[half:]))
        found += [Line(line.number, part, line.within) for part in parts if part.strip()]
    return tuple(found)


def main() -> None:
    """Print how often lessons fire when they should, and when they should not."""
    repository = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    changes = [one for one in latest(repository, most=MOST_CHANGES) if one.files]
    newer, older = changes[: len(changes) // 2], changes[len(changes) // 2 :]
    used = Counter(name for one in older for name in {n for file in one.files for n in names_in(file.lines)})
    made: list[tuple[Lesson, Change]] = []
    for number, change in enumerate(mended(older)):
        lesson = written(number, change, used)
        if lesson and not prove(lesson.triggers, own=undone(change), others=older).problems:
            made.append((lesson, change))
    made = SOME.sample(made, min(LESSONS, len(made)))
    lessons = tuple(lesson for lesson, _ in made)
    print(
        f"{len(changes)} changes of {repository.resolve().name}; {len(lessons)} lessons from the older half\n"
    )
    print(f"{'a mistake comes back':30}{'told':>8}{'of':>6}{'':>8}")
    told: Counter[str] = Counter()
    for lesson, change in made:
        for name, again in planted(change, newer).items():
            said = shown(matches(lessons, again), again)
            told[name] += any(match.lesson.id == lesson.id for match in said)
    for name, count in told.items():
        print(f"{name:30}{count:>8}{len(made):>6}{count / len(made):>8.0%}")
    total, of = sum(told.values()), len(made) * max(1, len(told))
    print(f"{'all of them':30}{total:>8}{of:>6}{total / of:>8.0%}   (asked: at least 90%)")
    disturbed = sum(bool(matches(lessons, one)) for one in newer)
    print(
        f"\n{'ordinary changes':30}{disturbed:>8}{len(newer):>6}{disturbed / len(newer):>8.1%}   (asked: at most 10%)"
    )
    anywhere = sum(any(_touches(lesson, one) for lesson in lessons) for one in newer)
    print(
        f"{'any lesson on the folder':30}{anywhere:>8}{len(newer):>6}{anywhere / len(newer):>8.1%}   (for comparison)"
    )


def _touches(lesson: Lesson, change: Change) -> bool:
    return bool(matches((replace(lesson, triggers=Triggers(paths=lesson.triggers.paths)),), change))


if __name__ == "__main__":
    main()
