"""How long does linting take? Whole processes over the real reviews beside write-good and alex, and one file cold.

The peers are installed from npm below /tmp. Runs take turns, so that a busy machine is busy for all of them.
"""

import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from fairlead.core.language import lint

REVIEWS = Path(__file__).parents[2] / "shared" / "data" / "reviews"
PEERS = Path(tempfile.gettempdir()) / "fairlead-lint-peers"
FAIRLEAD = Path(sys.executable).with_name("fairlead")
RUNS = 5
SMALL = "# Review\n\nThe change went out at 14:27. The operator failed to check the next hop.\n"


def installed() -> bool:
    """Install the peers and say whether they are there."""
    if shutil.which("npm") is None:
        return False
    PEERS.mkdir(exist_ok=True)
    command = [
        "npm",
        "install",
        "--silent",
        "--no-audit",
        "--no-fund",
        "--prefix",
        str(PEERS),
        "write-good",
        "alex",
    ]
    return subprocess.run(command, check=False).returncode == 0


class Took(NamedTuple):
    """What one process took: the time that passed, and the work of all its processors."""

    seconds: float
    work: float


def took(command: list[str]) -> Took:
    """Return what a command takes as a whole process; what it says is thrown away."""
    began, before = time.perf_counter(), work()
    subprocess.run(
        command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=PEERS.parent
    )
    return Took(time.perf_counter() - began, work() - before)


def work() -> float:
    """Return the processor seconds of all processes that have ended; a busy machine adds little to them."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def in_turn(commands: dict[str, list[str]]) -> dict[str, list[Took]]:
    """Return several runs of each command, one after the other in each round."""
    runs: dict[str, list[Took]] = {name: [] for name in commands}
    for turn in range(RUNS + 1):
        for name, command in commands.items():
            once = took(command)
            if turn:  # the first round fills the caches of the disk
                runs[name].append(once)
    return runs


def show(title: str, runs: dict[str, list[Took]]) -> None:
    """Print a table, each row beside ours."""
    ours = statistics.median(one.seconds for one in runs["fairlead"])
    print(f"\n{title}\n{'':12}{'fastest':>12}{'median':>12}{'beside ours':>14}{'work':>12}")
    for name, some in runs.items():
        middle = statistics.median(one.seconds for one in some)
        fastest, effort = min(one.seconds for one in some), statistics.median(one.work for one in some)
        print(
            f"{name:12}{fastest * 1000:>9.0f} ms{middle * 1000:>9.0f} ms{middle / ours:>13.1f}x{effort * 1000:>9.0f} ms"
        )


def main() -> None:
    """Print all tables."""
    bin_ = PEERS / "node_modules" / ".bin"
    peers = {"write-good": [str(bin_ / "write-good")], "alex": [str(bin_ / "alex")]} if installed() else {}
    commands = {"fairlead": [str(FAIRLEAD), "lint"], **peers}
    if REVIEWS.is_dir():
        files = [str(path) for path in sorted(REVIEWS.glob("*.md"))]
        show(
            f"{len(files)} real reviews",
            in_turn({name: [*command, *files] for name, command in commands.items()}),
        )
    with tempfile.NamedTemporaryFile("w", suffix=".md") as file:
        file.write(SMALL)
        file.flush()
        cold = {name: [*command, file.name] for name, command in commands.items()}
        show("one small file", in_turn({**cold, "python": [sys.executable, "-c", "pass"]}))
    words = (
        "The change went out at 14:27 and the load balancer failed to respond. They should have tested it. "
        * 300
    ).split()
    text = "\n\n".join(" ".join(words[at : at + 60]) for at in range(0, 5000, 60))
    lint(text)
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        lint(text, audience="private")
        times.append(time.perf_counter() - began)
    print(f"\n5,000 words in a running process: {statistics.median(times) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
