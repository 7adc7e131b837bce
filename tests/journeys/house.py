"""A real server for the journeys: its own process, its own data, the story loaded."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

STARTS_WITHIN = 60  # seconds, on a busy machine


@dataclass
class House:
    """A running server: where it is, and where its data are."""

    url: str
    data: Path
    process: subprocess.Popen[bytes]

    def at(self, path: str) -> str:
        return self.url + path


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < give_up:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own address, built above
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{log.read_text()[-3000:]}")


_FAIRLEAD = [str(Path(sys.executable).parent / "fairlead")]


def _surroundings(data: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("FAIRLEAD_") and name != "DJANGO_SETTINGS_MODULE"
    }
    return {**kept, "FAIRLEAD_DATA": str(data)}


def loaded(data: Path, *stage: str) -> Path:
    """Load the story into `data` without serving it; `stage` is a day of the ninety, such as "day-21"."""
    at = [f"--at={day}" for day in stage]
    subprocess.run(
        [*_FAIRLEAD, "demo", "--load-only", *at],
        env=_surroundings(data),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return data


@contextmanager
def open_house(data: Path, *, program: Sequence[str] = (), **settings: str) -> Iterator[House]:
    """Start `fairlead demo` on a free port with everything in `data`, and stop it at the end.

    `program` stands in for `fairlead`; `settings` go into its environment.
    """
    port = _free_port()
    command = [*(program or _FAIRLEAD), "demo", "--port", str(port)]
    surroundings = _surroundings(data) | {"FAIRLEAD_URL": f"http://127.0.0.1:{port}"} | settings
    log = data.parent / f"{data.name}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=surroundings, stdout=out, stderr=subprocess.STDOUT)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(url, process, log)
            yield House(url, data, process)
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
