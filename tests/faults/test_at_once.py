"""Two clicks in the same moment, on a real server."""

import re
import threading
import uuid

from tests.faults.running import Browser, Server


def at_once(number: int, act) -> list[object]:
    """Do the same thing in several threads that start together."""
    gate, answers = threading.Barrier(number), []

    def run(which: int) -> None:
        gate.wait()
        answers.append(act(which))

    threads = [threading.Thread(target=run, args=(which,)) for which in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def test_a_talk_opened_by_several_clicks_at_once_is_one(data):
    with Server(data) as server:
        manager = Browser(server).sign_in("amara")
        incident = re.search(r"/incidents/([0-9a-f-]{36})/", manager.get("/incidents/").text).group(1)
        page = manager.get(f"/our-talk/begin/{incident}/").text
        engineer = re.search(r'<option value="([0-9a-f-]{36})">Jonas', page).group(1)
        same = str(uuid.uuid4())

        def begin(which: int):
            browser = Browser(server)
            browser.cookies = dict(manager.cookies)
            case = same if which % 2 else str(uuid.uuid4())
            return browser.post(f"/our-talk/begin/{incident}/", {"case_id": case, "engineer": engineer})

        answers = at_once(6, begin)
        assert {answer.status for answer in answers} == {302}
        assert len({answer.headers["Location"] for answer in answers}) == 1
        home = Browser(server).sign_in("jonas").get("/").text
        assert len(re.findall(r'href="/notices/', home)) == 1
