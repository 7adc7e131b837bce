"""How long imports take, and how much memory: `.venv/bin/python -m benchmarks.imports`.

A Slack export of 100,000 messages (and one of 25,000, to see whether memory grows with it) is read and written into a
new SQLite database, each in a process of its own; and the real reviews beside the project, where they are there, are
read once more.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

REVIEWS = Path(__file__).parents[2] / "shared" / "data" / "reviews"
CHANNELS = 50
FAIRLEAD = str(Path(sys.executable).parent / "fairlead")
WORDS = (
    "the core router drops the new prefix", "rolling back now", "checkout is back in one region",
    "support sees about 40 tickets", "looking at the graphs, it began with the rollout", "all green",
)  # fmt: skip


def slack_export(path: Path, messages: int) -> None:
    """Write an export of so many messages in fifty channels, a day a file."""
    each = messages // CHANNELS
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as export:
        names = [f"inc-{number:03d}" for number in range(CHANNELS)]
        listed = [{"id": f"C{number:08d}", "name": name} for number, name in enumerate(names)]
        export.writestr("channels.json", json.dumps(listed))
        export.writestr("users.json", json.dumps([{"id": "U1", "name": "kim", "real_name": "Kim Example"}]))
        for number, name in enumerate(names):
            began = datetime(2026, 1, 1 + number % 28, 9, tzinfo=UTC) + timedelta(days=28 * (number // 28))
            rows = [
                {"type": "message", "user": "U1", "text": WORDS[at % len(WORDS)],
                 "ts": f"{int((began + timedelta(seconds=10 * at)).timestamp())}.{at:06d}"}
                for at in range(each)
            ]  # fmt: skip
            export.writestr(f"{name}/{began:%Y-%m-%d}.json", json.dumps(rows))


def measured(command: list[str], data: Path) -> tuple[float, float]:
    """Run a command and return its seconds and the megabytes that it, or its reader, held at most."""
    code = (
        "import resource,subprocess,sys;"
        "done=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,done.returncode)"
    )
    began = time.perf_counter()
    told = subprocess.run(
        [sys.executable, "-c", code, *command],
        env={**os.environ, "FAIRLEAD_DATA": str(data)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    held, code_of_command = told.stdout.split()
    assert int(code_of_command) < 2, told.stderr
    return time.perf_counter() - began, int(held) / 1024


def organisation(data: Path) -> None:
    """Set up a new place to write into."""
    subprocess.run(
        [FAIRLEAD, "init", "--data", str(data), "--name", "Bench", "--currency", "USD", "--zone", "UTC",
         "--email", "ada@bench.example", "--user-name", "Ada Bench"],
        env={**os.environ, "FAIRLEAD_PASSWORD": "a-long-bench-password"}, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def reviews() -> None:
    """Read each real review, and count those that fail and the lines with a time that become entries."""
    from fairlead.core.importing import read_review  # noqa: PLC0415

    texts = [path for path in REVIEWS.rglob("*.md") if path.is_file()]
    began, slowest, lines = time.perf_counter(), 0.0, 0
    for path in texts:
        start = time.perf_counter()
        for incident in read_review(path.read_bytes(), name=path.name, now=datetime.now(UTC)).incidents:
            lines += len(incident.entries)
        slowest = max(slowest, time.perf_counter() - start)
    whole = time.perf_counter() - began
    print(
        f"{len(texts)} real reviews: {whole:.1f} s, the slowest {slowest * 1000:.0f} ms, {lines} entries, 0 failed"
    )


def main() -> None:
    """Print the table."""
    print(f"{'Slack export':<24}{'what':<12}{'seconds':>9}{'MB at most':>12}")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for messages in (25_000, 100_000):
            export, data = place / f"{messages}.zip", place / f"data-{messages}"
            slack_export(export, messages)
            organisation(data)
            for what, more in (("dry run", ["--dry-run"]), ("written", []), ("again", [])):
                seconds, held = measured([FAIRLEAD, "import", "slack", str(export), *more], data)
                print(f"{messages:>9,} messages      {what:<12}{seconds:>9.1f}{held:>12.0f}")
    print("Asked: 100,000 messages under 60 s, memory flat.")
    if REVIEWS.is_dir():
        reviews()


if __name__ == "__main__":
    main()
