"""The inside of the sandbox: a small program that shuts itself in and then runs the safeguard.

It is started as a script of its own, in a session of its own, and imports nothing of Fairlead. It leaves what Linux
lets it leave behind – network, the sight of other processes, the right to write anywhere but in its own place – sets
the limits, runs the command, and reports on a pipe how it ended and what it was shut off from.
"""

import ctypes
import fcntl
import json
import os
import resource
import signal
import socket
import struct
import sys
from typing import Any

_NEWNS, _NEWIPC, _NEWUSER, _NEWPID, _NEWNET = 0x20000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
_RDONLY, _NOSUID, _NODEV, _NOEXEC, _REMOUNT, _NOATIME, _BIND, _REC, _PRIVATE, _RELATIME = (
    0x1, 0x2, 0x4, 0x8, 0x20, 0x400, 0x1000, 0x4000, 0x40000, 0x200000,
)  # fmt: skip
_FLAGS = {"nosuid": _NOSUID, "nodev": _NODEV, "noexec": _NOEXEC, "noatime": _NOATIME, "relatime": _RELATIME}
_PR_SET_PDEATHSIG = 1
_SIOCSIFFLAGS, _IFF_UP = 0x8914, 0x1
_SPECIAL = ("/proc", "/sys", "/dev")
COULD_NOT_START = 127
NOT_STARTED = " could not be started: "


def main() -> None:
    """Run what the first argument describes as JSON."""
    job: dict[str, Any] = json.loads(sys.argv[1])
    libc = ctypes.CDLL(None, use_errno=True)
    is_linux = sys.platform == "linux"
    shut_off = _leave(libc, network=not job["may_use_network"]) if is_linux and job["may_leave"] else []
    init = os.fork()
    if init:
        os.close(job["report"])
        os.waitpid(init, 0)
        return
    if is_linux:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if "network" in shut_off:
        _raise_loopback()
    if "processes" in shut_off:
        shut_off += _fence(libc, job["place"])
    _supervise(job, shut_off)


def _leave(libc: ctypes.CDLL, *, network: bool) -> list[str]:
    """Leave the network and the other processes behind, as far as the system allows."""
    parts = _NEWNS | _NEWIPC | _NEWPID | (_NEWNET if network else 0)
    left = ["network", "processes"] if network else ["processes"]
    if libc.unshare(parts) == 0:
        return left
    user, group = os.getuid(), os.getgid()
    if libc.unshare(parts | _NEWUSER) != 0:
        return []
    for name, line in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:  # noqa: PTH123 - nothing more is imported here
            file.write(line)
    return left


def _raise_loopback() -> None:
    """Let the command talk to itself: a check may start a server and ask it."""
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", _IFF_UP))


def _fence(libc: ctypes.CDLL, place: str) -> list[str]:
    """Make all but `place` read-only and show only our own processes; returns ["files"] when all of it worked."""

    def mount(source: str | None, target: str, kind: str | None, flags: int) -> bool:
        texts = (source and source.encode(), target.encode(), kind and kind.encode())
        return libc.mount(*texts, ctypes.c_ulong(flags), None) == 0

    with open("/proc/self/mountinfo", encoding="utf-8") as file:  # noqa: PTH123
        mounts = [(row.split()[4], row.split()[5].split(",")) for row in file]
    worked = mount(None, "/", None, _REC | _PRIVATE) and mount(place, place, None, _BIND | _REC)
    for point, options in mounts:
        flags = sum(_FLAGS.get(option, 0) for option in options)
        target = point.encode().decode("unicode_escape")  # a space stands there as \040
        if not target.startswith(_SPECIAL) or target == "/dev/shm":  # noqa: S108 - shared memory is a way out
            worked = mount(None, target, None, _REMOUNT | _BIND | _RDONLY | flags) and worked
    mount("proc", "/proc", "proc", _NOSUID | _NODEV | _NOEXEC)
    return ["files"] if worked else []


def _supervise(job: dict[str, Any], shut_off: list[str]) -> None:
    """Run the command, wait for it alone, and say how it ended. When this process ends, all it left behind does."""
    os.write(job["report"], json.dumps({"shut_off": shut_off}).encode() + b"\n")
    child = os.fork()
    if not child:
        os.close(job["report"])
        _become(job)
    while True:
        ended, status = os.wait()
        if ended == child:
            break
    code = os.waitstatus_to_exitcode(status)
    report = {"exit": code if code >= 0 else None, "signal": -code if code < 0 else None}
    os.write(job["report"], json.dumps(report).encode())
    os._exit(0)


def _become(job: dict[str, Any]) -> None:
    os.chdir(job["cwd"])
    for name, most in job["limits"].items():
        kind = getattr(resource, name)
        hard = resource.getrlimit(kind)[1]
        most_ = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most_, most_))
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)  # Python ignores them; what we start should not
    try:
        os.execvpe(job["argv"][0], job["argv"], job["environment"])  # noqa: S606 - no shell, and that is the point
    except OSError as error:
        os.write(2, f"{job['argv'][0]}{NOT_STARTED}{error.strerror}\n".encode())
        os._exit(COULD_NOT_START)


if __name__ == "__main__":
    main()
