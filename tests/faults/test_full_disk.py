"""A disk that fills up: the page is told, nothing that was saved suffers, and it goes on when there is room."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.faults.running import Browser, Page, Server, begin_a_talk

ROOM = "48m"


@pytest.fixture
def small_disk(story, tmp_path):
    """The story on a disk of its own that is nearly full already."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() != 0:
        pytest.skip("a small disk can only be made by root")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(disk)], check=False)
    if mounted.returncode:
        pytest.skip("this machine lets nobody make a small disk")
    try:
        yield Path(shutil.copytree(story, disk / "data"))
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(disk: Path, *, leave: int) -> Path:
    free = shutil.disk_usage(disk).free
    filler = disk / "filler"
    filler.write_bytes(b"\0" * max(0, free - leave))
    return filler


def notes(browser: Browser, at: str) -> str:
    return browser.get(f"{at}notes/").text


@pytest.mark.parametrize("leave", [0, 200_000], ids=["not a byte", "too little"])
def test_a_full_disk_is_said_and_takes_nothing_along(small_disk, leave):
    with Server(small_disk) as server:
        manager = Browser(server).sign_in("amara")
        at = begin_a_talk(manager)
        page = Page(manager, at, "facts")
        assert page.type("What stood before. ").status == 200
        filler = fill(small_disk.parent, leave=leave)
        refused = page.type("x" * 1_500_000)
        assert refused.status == 507, refused.text[:500]
        assert "disk of this server is full" in refused.json()["problem"]
        assert "still on the page" in refused.json()["problem"]
        filler.unlink()
        assert "What stood before." in notes(manager, at)
        assert "xxxx" not in notes(manager, at)
        saved = page.type(" And after.")
        assert saved.status in {200, 409}, saved.text[:500]
        assert "And after." in notes(manager, at)
        server.kill()
        server.start_again()
        assert "And after." in notes(manager, at)


def test_a_page_without_a_script_says_it_too(small_disk):
    with Server(small_disk) as server:
        manager = Browser(server).sign_in("amara")
        at = begin_a_talk(manager)
        filler = fill(small_disk.parent, leave=0)
        answer = manager.post(f"{at}notes/facts/", {"words": "x" * 1_500_000, "base": "0"})
        assert answer.status == 507
        assert re.search(r"<h1[^>]*>Not saved: the disk is full", answer.text)
        filler.unlink()
        assert manager.get(at).status == 200
