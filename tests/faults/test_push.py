"""`fairlead prove --push` against a server that is a process of its own: told once, whatever is cut off or killed."""

import json
import shutil
import subprocess
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from fairlead.guard.proofs import evidence
from tests.faults.running import FAIRLEAD, Server, surroundings
from tests.guard.repository import repository

pytestmark = pytest.mark.slow
WHO = "priya@harbour.example"


def fairlead(data, *arguments, token=""):
    run = subprocess.run(
        [FAIRLEAD, *map(str, arguments)],
        env={**surroundings(data), **({"FAIRLEAD_TOKEN": token} if token else {})},
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, run.stdout, run.stderr


class Programs:
    """The server with the story, a token of somebody in a team, and an improvement that is to be proved."""

    def __init__(self, data: Path) -> None:
        made = fairlead(data, "demo", "--load-only", "--at", "day-21")
        assert made[0] == 0, made
        self.data = data
        self.token = self._token("proofs:report", "incidents:read")
        self.server = Server(data)
        self.url = f"http://127.0.0.1:{self.server.port}"
        listed = self.get("/improvements?limit=100")["items"]
        self.improvement = next(one["id"] for one in listed if one["words"].startswith("Every change guide"))

    def _token(self, *scopes: str) -> str:
        arguments = [part for scope in scopes for part in ("--scope", scope)]
        code, out, err = fairlead(self.data, "token", "add", WHO, "A pipeline", *arguments)
        assert code == 0, err
        return next(word for word in out.split() if word.startswith("fl_"))

    def get(self, path: str) -> dict:
        answer = httpx.get(f"{self.url}/api/v1{path}", headers={"Authorization": f"Bearer {self.token}"})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def stands(self, name: str = "drop") -> dict:
        return self.get(f"/proofs/{name}?improvement={self.improvement}")

    def push(self, root: Path, name: str = "drop", url: str = "", token: str = "") -> tuple[int, str, str]:
        return fairlead(
            self.data, "prove", name, "--root", root, "--push", url or self.url, token=token or self.token
        )


@pytest.fixture(scope="module")
def programs(tmp_path_factory):
    made = Programs(tmp_path_factory.mktemp("push") / "data")
    yield made
    made.server.close()


@pytest.fixture
def root(programs, tmp_path):
    name = f"drop-{uuid.uuid4().hex[:8]}"
    place = repository(tmp_path / "repository", head=f'improvement = "{programs.improvement}"')
    (place / "fairlead/proofs/drop.toml").rename(place / f"fairlead/proofs/{name}.toml")
    return place, name


def test_a_proving_is_told_once_and_the_improvement_is_done(programs, root):
    place, name = root
    code, _, err = programs.push(place, name)
    assert (code, err) == (0, f"1 report told to {programs.url}.\n")
    told = programs.stands(name)
    assert (told["reports"], told["proved"], told["head"]) == (
        1,
        "proven",
        evidence.history(place, name)[-1]["hash"],
    )
    assert programs.push(place, name)[0] == 0
    assert programs.stands(name)["reports"] == 2


def test_an_answer_that_is_lost_on_the_way_doubles_nothing(programs, root):
    place, name = root
    cut = Cut(programs.server.port)
    code, _, err = programs.push(place, name, url=cut.url)
    cut.close()
    assert (code, err, cut.lost) == (0, f"1 report told to {cut.url}.\n", 1)
    assert programs.stands(name)["reports"] == 1


def test_a_server_that_is_killed_is_told_at_the_next_push(programs, root):
    place, name = root
    assert programs.push(place, name)[0] == 0
    programs.server.kill()
    code, _, err = programs.push(place, name)
    assert (code, "did not answer" in err, "The evidence is kept here." in err) == (2, True, True)
    programs.server.start_again()
    assert programs.push(place, name)[0] == 0
    told = programs.stands(name)
    assert (told["reports"], told["head"]) == (3, evidence.history(place, name)[-1]["hash"])


def test_evidence_that_was_changed_is_refused_in_words(programs, root):
    place, name = root
    programs.push(place, name)
    file = place / f".fairlead/evidence/{name}.jsonl"
    made = json.loads(file.read_text())
    made["title"] = "Another"
    headers = {"Authorization": f"Bearer {programs.token}", "Idempotency-Key": uuid.uuid4().hex}
    answer = httpx.post(f"{programs.url}/api/v1/proofs/{name}", json=made, headers=headers)
    assert (answer.status_code, answer.json()["field"]) == (422, "hash")
    assert "not as it was written" in answer.json()["detail"]


def test_a_pipeline_without_a_history_of_its_own_goes_on_from_the_server(programs, root):
    place, name = root
    for number in (1, 2, 3):
        shutil.rmtree(place / ".fairlead", ignore_errors=True)
        assert programs.push(place, name)[0] == 0
        assert programs.stands(name)["reports"] == number


@pytest.mark.parametrize("improvement", ["5d0c2b1e-7f0a-4c55-9a3e-0b6f4f1d2c77", "no-id"])
def test_an_improvement_of_another_place_is_refused_in_words(programs, tmp_path, improvement):
    place = repository(tmp_path / "repository", head=f'improvement = "{improvement}"')
    code, _, err = programs.push(place)
    assert (code, "The evidence is kept here." in err) == (2, True)
    assert evidence.history(place, "drop")


def test_the_proof_of_the_demo_was_really_run_and_can_be_run_again(programs):
    place = programs.data / "story-repository"
    [kept] = evidence.history(place, "routing-loop")
    assert [run["verdict"] for run in kept["runs"]] == ["ACCEPT", "REFUSE", "ACCEPT", "ERROR"]
    assert "core-2" in kept["runs"][1]["output"]
    told = programs.get(f"/proofs/routing-loop?improvement={kept['improvement']}")
    assert (told["head"], told["proved"], told["improvement_done"]) == (kept["hash"], "proven", True)
    assert programs.push(place, "routing-loop")[0] == 0
    told = programs.get(f"/proofs/routing-loop?improvement={kept['improvement']}")
    assert (told["head"], told["reports"]) == (evidence.history(place, "routing-loop")[-1]["hash"], 2)


class Cut:
    """Passes requests on to a server, and once loses the answer to a report after the server has kept it."""

    def __init__(self, port: int) -> None:
        self.lost, cut = 0, self

        class Passes(BaseHTTPRequestHandler):
            def do_GET(self):
                self._pass(b"")

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self._pass(body, lose=cut.lost == 0)

            def _pass(self, body, *, lose=False):
                kept = {k: v for k, v in self.headers.items() if k.lower() not in {"host", "content-length"}}
                answer = httpx.request(
                    self.command, f"http://127.0.0.1:{port}{self.path}", content=body, headers=kept
                )
                if lose:
                    cut.lost += 1
                    self.connection.close()
                    return
                self.send_response(answer.status_code)
                self.end_headers()
                self.wfile.write(answer.content)

            def log_message(self, *_):
                """Say nothing."""

        self._serving = ThreadingHTTPServer(("127.0.0.1", 0), Passes)
        self.url = f"http://127.0.0.1:{self._serving.server_address[1]}"
        threading.Thread(target=self._serving.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._serving.shutdown()
        self._serving.server_close()
