"""Running somebody's command where it can do little harm: in a copy, within limits, without network where possible.

The command is a list, never a line for a shell. It gets a place of its own, a session of its own, and only the
environment that is allowed. Whatever it leaves running ends with it.
"""

import json
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from fairlead.guard.proofs.cage import COULD_NOT_START, NOT_STARTED

_CAGE: Final = Path(__file__).with_name("cage.py")
_MEGABYTE: Final = 1024 * 1024
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_LOOK: Final = 0.1  # seconds between two looks at the clock and the disk
_ALLOWED: Final = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "SYSTEMROOT")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may use."""

    seconds: int = 60
    memory_mb: int = 2048
    disk_mb: int = 256
    output_mb: int = 16
    processes: int = 512


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run went. `stopped` says why we ended it, or is empty; `sandbox` what it was shut off from."""

    argv: tuple[str, ...]
    exit: int | None
    signal: int | None
    output: bytes
    errors: bytes
    seconds: float
    stopped: str = ""
    sandbox: str = "limits"

    @property
    def trouble(self) -> str:
        """Return why its exit code means nothing, in words; empty when it came to an end by itself."""
        if self.stopped:
            return self.stopped
        if self.signal is not None:
            with suppress(ValueError):
                return f"It was ended by {signal.Signals(self.signal).name}."
            return f"It was ended by signal {self.signal}."
        if self.exit is None:
            return "It could not be started."
        not_started = f"{self.argv[0]}{NOT_STARTED}".encode()
        if self.exit == COULD_NOT_START and self.errors.startswith(not_started):
            return self.errors.decode("utf-8", "replace").strip() + "."
        return ""

    @property
    def text(self) -> str:
        """Return everything it printed."""
        return (self.output + self.errors).decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Sandbox:
    """One place for one run, with the directories that belong to it."""

    place: Path
    limits: Limits = field(default_factory=Limits)
    pass_on: tuple[str, ...] = ()
    may_leave: bool = True
    may_use_network: bool = False

    @property
    def work(self) -> Path:
        """Return where the command runs: the copy of what the proof names."""
        return self.place / "work"

    def run(self, argv: Sequence[str]) -> Ran:
        """Run a command to its end, or until it goes over a limit."""
        began = time.monotonic()
        reading, writing = os.pipe()
        job = {
            "argv": list(argv),
            "cwd": str(self.work),
            "place": str(self.place),
            "environment": self._environment(os.environ),
            "limits": self._limits(),
            "may_leave": self.may_leave,
            "may_use_network": self.may_use_network,
            "report": writing,
        }
        process = subprocess.Popen(  # noqa: S603 - a list, from a file that was reviewed like code
            [sys.executable, "-I", "-S", str(_CAGE), json.dumps(job)],
            cwd=self.work,
            env={"PATH": os.environ.get("PATH", os.defpath)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=(writing,),
            start_new_session=True,
        )
        os.close(writing)
        try:
            output, errors, stopped = self._watch(process, began)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            report = _report(reading)
        shut_off = "+".join(["limits", *report.get("shut_off", [])])
        seconds = time.monotonic() - began
        code, number = report.get("exit"), report.get("signal")
        return Ran(tuple(argv), code, number, output, errors, seconds, stopped, shut_off)

    def _environment(self, ours: Mapping[str, str]) -> dict[str, str]:
        own = {name: ours[name] for name in (*_ALLOWED, *self.pass_on) if name in ours}
        return own | {
            "HOME": str(self.place / "home"),
            "TMPDIR": str(self.place / "tmp"),
            "FAIRLEAD_PROOF": "1",
        }

    def _limits(self) -> dict[str, int]:
        return {
            "RLIMIT_CPU": self.limits.seconds,
            "RLIMIT_FSIZE": self.limits.disk_mb * _MEGABYTE,
            "RLIMIT_NPROC": self.limits.processes,
            "RLIMIT_CORE": 0,
        }

    def _watch(self, process: "subprocess.Popen[bytes]", began: float) -> tuple[bytes, bytes, str]:
        """Collect what it prints until it ends; the third value says which limit it went over."""
        assert process.stdout and process.stderr  # noqa: S101, PT018 - both are pipes
        pieces: dict[int, bytearray] = {}
        free = _used(self.place) + self.limits.disk_mb * _MEGABYTE
        with selectors.DefaultSelector() as selector:
            for stream in (process.stdout, process.stderr):
                pieces[stream.fileno()] = bytearray()
                selector.register(stream, selectors.EVENT_READ)
            looked, stopped = began, ""
            while selector.get_map() and not stopped:
                for key, _ in selector.select(_LOOK):
                    piece = os.read(key.fd, 1 << 16)
                    pieces[key.fd] += piece
                    if not piece:
                        selector.unregister(key.fileobj)
                now = time.monotonic()
                stopped = self._over(sum(map(len, pieces.values())), now - began)
                if not stopped and now - looked > _LOOK:
                    looked = now
                    stopped = self._over_by_now(process.pid, free)
                    if process.poll() is not None:
                        break  # something it left behind holds the pipe; the rest is not waited for
            output, errors = pieces.values()
        process.stdout.close()
        process.stderr.close()
        return bytes(output), bytes(errors), stopped

    def _over(self, printed: int, seconds: float) -> str:
        if printed > self.limits.output_mb * _MEGABYTE:
            return f"It printed more than {self.limits.output_mb} MB."
        return f"It took longer than {self.limits.seconds} seconds." if seconds > self.limits.seconds else ""

    def _over_by_now(self, process: int, free: int) -> str:
        if _resident(process) > self.limits.memory_mb * _MEGABYTE:
            return f"It took more than {self.limits.memory_mb} MB of memory."
        return f"It wrote more than {self.limits.disk_mb} MB." if _used(self.place) > free else ""


@contextmanager
def sandbox(
    limits: Limits, pass_on: Sequence[str] = (), *, may_leave: bool = True, may_use_network: bool = False
) -> Iterator[Sandbox]:
    """Give a place that is gone afterwards, whatever was left in it."""
    place = Path(tempfile.mkdtemp(prefix="fairlead-proof-")).resolve()
    try:
        for name in ("work", "fixture", "home", "tmp"):
            (place / name).mkdir()
        yield Sandbox(place, limits, tuple(pass_on), may_leave, may_use_network)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _report(reading: int) -> dict[str, Any]:
    with os.fdopen(reading, "rb") as file:
        lines = file.read().splitlines()
    report: dict[str, Any] = {}
    for line in lines:
        report |= json.loads(line)
    return report


def _resident(process: int) -> int:
    """Return the memory in use by a process and everything below it, where the system tells.

    The size of an address space says little: many runtimes reserve far more than they use.
    """
    total, todo = 0, [process]
    while todo:
        place = Path("/proc") / str(todo.pop())
        with suppress(OSError, IndexError, ValueError):
            total += int((place / "statm").read_text().split()[1]) * _PAGE
            todo += map(int, (place / "task" / place.name / "children").read_text().split())
    return total


def _used(place: Path) -> int:
    """Return the bytes below a directory, without following links and however it changes meanwhile."""
    total, todo = 0, [place]
    while todo:
        with suppress(OSError), os.scandir(todo.pop()) as entries:
            for entry in entries:
                with suppress(OSError):
                    total += entry.stat(follow_symlinks=False).st_blocks * 512
                    if entry.is_dir(follow_symlinks=False):
                        todo.append(Path(entry.path))
    return total
