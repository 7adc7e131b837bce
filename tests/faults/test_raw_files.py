"""What lies on the disk of a running server: no word of our talk in the database, its journal, static files or log."""

import threading
import uuid
from pathlib import Path

from tests.faults.running import Browser, Page, Server, begin_a_talk


class Watcher(threading.Thread):
    """Reads the journal again and again while it is there."""

    def __init__(self, data: Path) -> None:
        super().__init__(daemon=True)
        self.data, self.over, self.seen, self.looks = data, threading.Event(), [], 0

    def run(self) -> None:
        while not self.over.is_set():
            for path in self.data.glob("fairlead.sqlite3-*"):
                try:
                    content = path.read_bytes()
                except OSError:
                    continue
                self.looks += bool(content)
                if b"canary" in content:
                    self.seen.append(path.name)


def test_no_file_holds_a_word_that_was_written_in_our_talk(data):
    watcher = Watcher(data)
    watcher.start()
    word = f"canary{uuid.uuid4().hex}"
    with Server(data) as server:
        manager = Browser(server).sign_in("amara")
        at = begin_a_talk(manager)
        for slot in ("facts", "person", "systems"):
            page = Page(manager, at, slot)
            for _ in range(15):
                assert page.type(f"{word} ").status == 200
        promise = {"promise_id": str(uuid.uuid4()), "owed_by": "manager", "words": word, "cadence": word}
        assert manager.post(f"{at}promises/new/", promise).status == 302
        assert word in manager.get(f"{at}notes/").text
        assert manager.post(f"{at}notes/facts/", {"words": word, "base": "none"}).status == 409
        files = [path for path in data.rglob("*") if path.is_file()]
        assert len(files) > 10
        held = [path.name for path in (*files, server.log) if word.encode() in path.read_bytes()]
    watcher.over.set()
    watcher.join()
    assert held == []
    assert watcher.seen == []
    assert watcher.looks > 0  # the journal was really seen
