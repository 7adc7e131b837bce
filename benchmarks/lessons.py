"""What does looking up lessons cost, with three of them and with a hundred thousand?

The whole process of `fairlead lessons check` on a diff of ordinary size, beside an empty Python; then the query alone.
Lessons and diffs are made up here, from a vocabulary in which some words are common and most are rare.
"""

import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path

from fairlead.core.lessons.diff import read_diff
from fairlead.core.lessons.lesson import Lesson, Triggers
from fairlead.core.lessons.match import matches
from fairlead.core.lessons.rank import shown
from fairlead.core.lessons.words import words_of
from fairlead.guard.lessons.snapshot import candidates, write_snapshot

RUNS, DIFFS = 15, 100
SOME = random.Random(1427)
STEMS = ("net", "core", "edge", "shop", "pay", "mail", "user", "auth", "disk", "queue")
VOCABULARY = [f"{stem}{number}" for number in range(2_000) for stem in STEMS]
COMMON = frozenset(VOCABULARY[:200])
# As in any text: the second word half as often as the first, the third a third as often (Zipf).
WEIGHTS = list(accumulate(1 / rank for rank in range(1, len(VOCABULARY) + 1)))


def word() -> str:
    """Return a word, common ones more often than rare ones."""
    return SOME.choices(VOCABULARY, cum_weights=WEIGHTS)[0]


def telling() -> str:
    """Return a word as triggers use them: what stands in every other change was refused when they were proved."""
    while (found := word()) in COMMON:
        pass
    return found


def lesson(number: int) -> Lesson:
    """Return a lesson with triggers as people write them: a path and something in it."""
    kinds = (
        {"paths": (f"{telling()}/**",), "sections": (f"{telling()} {telling()}",)},
        {"paths": (f"{telling()}/{telling()}/*.py",), "symbols": (telling(),)},
        {"paths": (f"{telling()}/**",), "added": (rf"\b{telling()}\s*=",)},
        {"services": (telling(),), "removed": (f"{telling()}",)},
    )
    return Lesson(
        f"l{number:06}", f"About {word()}", f"{word()} and {word()} " * 6, Triggers(**SOME.choice(kinds))
    )


def diff() -> str:
    """Return a diff of a few files and some dozens of lines."""
    said = []
    for _ in range(SOME.randint(1, 6)):
        path = f"{word()}/{word()}/{word()}.py"
        said += [
            f"diff --git a/{path} b/{path}",
            f"--- a/{path}",
            f"+++ b/{path}",
            "@@ -1,20 +1,20 @@ def " + word(),
        ]
        for _ in range(20):
            said += [f"-    {word()} = {word()}({word()})", f"+    {word()} = {word()}({word()}, {word()})"]
    return "\n".join(said) + "\n"


def process(command: list[str], folder: Path) -> tuple[float, float]:
    """Return the median milliseconds of a whole process, by the clock and by the processor's time."""
    took, worked = [], []
    for _ in range(RUNS):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        took.append((time.perf_counter() - began) * 1000)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        worked.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000)
    return statistics.median(took), statistics.median(worked)


def main() -> None:
    """Print both tables."""
    fairlead = str(Path(sys.executable).with_name("fairlead"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "change.diff").write_text(diff(), encoding="utf-8")
        print(f"{'whole process, median':34}{'clock':>10}{'processor':>13}")
        clock, worked = process([sys.executable, "-c", ""], folder)
        print(f"{'an empty Python':34}{clock:>7.0f} ms{worked:>10.0f} ms")
        for count in (3, 1_000, 100_000):
            path = folder / f"{count}.sqlite3"
            began = time.perf_counter()
            write_snapshot(path, map(lesson, range(count)), made_at=datetime.now(UTC), origin="")
            wrote = time.perf_counter() - began
            clock, worked = process(
                [fairlead, "lessons", "check", "change.diff", "--snapshot", str(path)], folder
            )
            size = path.stat().st_size / 1e6
            figures = f"{clock:>7.0f} ms{worked:>10.0f} ms   (written in {wrote:.1f} s, {size:.1f} MB)"
            print(f"{f'{count:,} lessons':34}{figures}")
        query(folder / "100000.sqlite3")


def query(path: Path) -> None:
    """Print the time of reading a diff and finding its lessons, without starting a process."""
    took, worked, looked_at, fired = [], [], 0, 0
    for text in [diff() for _ in range(DIFFS)]:
        began, began_work = time.perf_counter(), time.process_time()
        change = read_diff(text.splitlines())
        asked = candidates(path, words_of(change))
        found = shown(matches(asked.lessons, change), change)
        took.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - began_work) * 1000)
        looked_at += len(asked.lessons)
        fired += bool(found)
    print(f"\nthe query alone, {DIFFS} diffs, by the clock and by the processor's time")
    for name, times in (("clock", took), ("processor", worked)):
        p95 = statistics.quantiles(times, n=20)[-1]
        print(f"{name:34}{statistics.median(times):>7.1f} ms   p95 {p95:.1f} ms")
    print(
        f"{looked_at / DIFFS:.0f} lessons looked at for a diff, {fired} of {DIFFS} diffs had something to tell"
    )


if __name__ == "__main__":
    main()
