"""A guard that misbehaves harms nothing: it hangs, forks, fills, writes, looks around, floods, dies."""

import os
import time
from contextlib import suppress
from pathlib import Path

import pytest

from fairlead.guard.proofs.sandbox import Limits, sandbox
from tests.guard.repository import python

QUICK = Limits(seconds=2, disk_mb=16, output_mb=1)


@pytest.fixture
def run():
    def run(code, limits=QUICK, **options):
        with sandbox(limits, **options) as box:
            return box.run(python(code))

    return run


@pytest.fixture
def needs(run):
    """Skip where the system does not let us shut anything off; the level says so to users as well."""

    def needs(part):
        if part not in run("").sandbox:
            pytest.skip(f"no namespaces here for {part}")

    return needs


def test_what_it_prints_and_how_it_ends_is_reported(run):
    ran = run("import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)")
    assert (ran.exit, ran.signal, ran.output, ran.errors, ran.trouble) == (3, None, b"out\n", b"err\n", "")
    assert ran.sandbox.startswith("limits")


def test_a_guard_that_hangs_is_stopped(run):
    for code in ("import time; time.sleep(60)", "while True: pass"):
        assert run(code, Limits(seconds=1)).trouble == "It took longer than 1 seconds."


def test_a_guard_that_ends_by_signal_gives_no_answer(run):
    ran = run("import os, signal; os.kill(os.getpid(), signal.SIGTERM)")
    assert (ran.exit, ran.signal, ran.trouble) == (None, 15, "It was ended by SIGTERM.")


def test_what_a_guard_forks_off_ends_with_it(run, needs, tmp_path):
    needs("processes")
    mark = f"{tmp_path.name}-{os.getpid()}"
    leave = (
        "import os, time\n"
        "for _ in range(20):\n"
        "    if os.fork() == 0:\n"
        "        os.setsid()\n"
        "        if os.fork() == 0:\n"
        f"            os.execvp('sleep', ['sleep-{mark}', '50'])\n"
        "        os._exit(0)\n"
        "time.sleep(0.3)\n"
    )
    assert run(leave).exit == 0
    assert not any(mark in line for line in _command_lines())


def _command_lines():
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            yield (process / "cmdline").read_text()


def test_a_guard_that_fills_the_disk_is_stopped(run):
    many = "for i in range(10**6): open(f'f{i}', 'wb').write(b'x' * 10**6)"
    assert run(many).trouble == "It wrote more than 16 MB."
    one = run("f = open('f', 'wb')\nwhile True: f.write(b'x' * 10**6)")
    assert one.trouble or one.exit != 0


def test_a_guard_writes_in_its_own_place_alone(run, needs, tmp_path):
    needs("files")
    outside = tmp_path / "outside"
    assert run(f"open({str(outside)!r}, 'w')").exit == 1
    assert not outside.exists()
    assert run("open('inside', 'w'); import tempfile; tempfile.mkstemp()").exit == 0


def test_a_guard_has_no_network(run, needs):
    needs("network")
    ran = run("import socket; socket.create_connection(('192.0.2.1', 9), 1)")
    assert b"unreachable" in ran.errors


def test_a_guard_may_talk_to_itself_and_with_leave_to_others(run, needs):
    needs("network")
    code = (
        "import socket; s = socket.create_server(('127.0.0.1', 0)); socket.create_connection(s.getsockname())"
    )
    assert run(code).exit == 0
    assert "network" not in run("", may_use_network=True).sandbox


def test_a_guard_sees_the_allowed_environment_alone(run, monkeypatch):
    monkeypatch.setenv("DEPLOY_TOKEN", "t0p")
    monkeypatch.setenv("REGION", "north")
    code = "import os; print(sorted(os.environ))"
    assert b"DEPLOY_TOKEN" not in run(code).output
    assert b"REGION" in run(code, pass_on=["REGION"]).output
    read = (
        "import pathlib\nfor one in pathlib.Path('/proc').glob('[0-9]*/environ'):\n"
        "  try: print(one.read_text())\n  except OSError: pass"
    )
    ran = run(read)
    assert b"t0p" not in ran.output or "processes" not in ran.sandbox


def test_a_guard_that_prints_without_end_is_stopped(run):
    ran = run("while True: print('x' * 10**6)")
    assert ran.trouble == "It printed more than 1 MB."
    assert len(ran.output) < 2 * 1024 * 1024


def test_memory_has_a_limit(run):
    take = "import os, time\nos.fork(), os.fork()\nheld = bytearray(b'x') * 10**8\ntime.sleep(9)"
    grow = "held = []\nwhile True: held.append(b'x' * 10**7)"
    for code in (take, grow):
        assert run(code, Limits(seconds=9, memory_mb=150)).trouble == "It took more than 150 MB of memory."


def test_a_tool_that_is_missing_is_said(run):
    with sandbox(QUICK) as box:
        ran = box.run(["no-such-tool"])
    assert (ran.exit, ran.trouble) == (127, "no-such-tool could not be started: No such file or directory.")


def test_a_command_that_ends_with_the_same_code_was_started(run):
    assert run("raise SystemExit(127)").trouble == ""


def test_without_namespaces_the_level_says_so_and_the_limits_still_hold(run):
    ran = run("import time; time.sleep(60)", Limits(seconds=1), may_leave=False)
    assert (ran.sandbox, ran.trouble) == ("limits", "It took longer than 1 seconds.")


def test_something_left_behind_that_holds_the_pipe_is_not_waited_for(run):
    began = time.monotonic()
    code = "import os, time\nif os.fork() == 0:\n  time.sleep(30)"
    assert run(code, Limits(seconds=20), may_leave=False).exit == 0
    assert time.monotonic() - began < 20


def test_the_place_is_gone_afterwards():
    with sandbox(QUICK) as box:
        box.run(python("open('x', 'w')"))
        place = box.place
        assert (place / "work" / "x").exists()
    assert not place.exists()
