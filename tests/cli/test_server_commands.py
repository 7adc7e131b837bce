"""Setting up, looking around, examining, adding people: as somebody types it."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

PASSWORD = "a-long-test-password"


def fairlead(*arguments, **environment):
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("FAIRLEAD_", "DJANGO_"))
    }
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from fairlead.cli import main; sys.exit(main())",
            *map(str, arguments),
        ],
        env={**kept, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """An organisation that was set up with `fairlead init`."""
    data = tmp_path_factory.mktemp("place") / "data"
    done = fairlead(
        "init", "--data", data, "--name", "Pier Nine", "--currency", "EUR", "--zone", "Europe/Berlin",
        "--email", "ada@pier.example", "--user-name", "Ada Berg", FAIRLEAD_PASSWORD=PASSWORD,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "back it up apart from the database" in done.stdout
    return data


def test_init_makes_a_key_file_that_only_its_owner_reads(place):
    assert (place / "keys.json").stat().st_mode & 0o777 == 0o400
    assert place.stat().st_mode & 0o077 == 0


def test_init_in_the_same_place_again_touches_nothing(place):
    before = (place / "keys.json").read_bytes()
    again = fairlead(
        "init", "--data", place, "--name", "Other", "--currency", "EUR", "--email", "x@pier.example",
        FAIRLEAD_PASSWORD=PASSWORD,
    )  # fmt: skip
    assert again.returncode == 2
    assert "already holds an organisation" in again.stderr
    assert (place / "keys.json").read_bytes() == before


def test_init_without_answers_and_without_a_terminal_says_what_to_give(tmp_path):
    done = fairlead("init", "--data", tmp_path / "new")
    assert done.returncode == 2
    assert "--name" in done.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (["--currency", "Euro"], "not a currency"),
        (["--zone", "Berlin"], "not a time zone"),
        (["--email", "nobody"], "not an e-mail address"),
        (["--source-days", "0"], "1 to 365"),
    ],
)
def test_init_says_what_is_wrong_with_an_answer(tmp_path, flags, says):
    sound = {"--name": "N", "--currency": "EUR", "--email": "a@b.example"} | dict([flags])
    given = [word for pair in sound.items() for word in pair]
    done = fairlead("init", "--data", tmp_path / "new", *given, FAIRLEAD_PASSWORD=PASSWORD)
    assert done.returncode == 2
    assert says in done.stderr


def test_a_weak_password_is_refused(tmp_path):
    given = ("--name", "N", "--currency", "EUR", "--email", "a@b.example")
    done = fairlead("init", "--data", tmp_path / "new", *given, FAIRLEAD_PASSWORD="short")
    assert done.returncode == 2
    assert "12 characters" in done.stderr


def test_people_are_added_and_listed(place):
    added = fairlead(
        "user", "--data", place, "add", "jo@pier.example", "--name", "Jo Lund", "--team", "First team",
        FAIRLEAD_PASSWORD=PASSWORD,
    )  # fmt: skip
    assert added.returncode == 0, added.stderr
    twice = fairlead(
        "user", "--data", place, "add", "JO@pier.example", "--name", "Jo", FAIRLEAD_PASSWORD=PASSWORD
    )
    assert "already" in twice.stderr
    listed = fairlead("user", "--data", place, "list").stdout
    assert "jo@pier.example\tJo Lund\tUTC\tmember of First team" in listed
    assert (
        fairlead("user", "--data", place, "team", "jo@pier.example", "First team", "--manages").returncode
        == 0
    )
    assert "manager of First team" in fairlead("user", "--data", place, "list").stdout.splitlines()[1]
    missing = fairlead("user", "--data", place, "password", "who@pier.example", FAIRLEAD_PASSWORD=PASSWORD)
    assert "Nobody here has the e-mail who@pier.example" in missing.stderr


@pytest.mark.parametrize(
    ("where", "says"),
    [
        (("--country", "XX"), "The public holidays of XX are not known here."),
        (("--country", "de", "--region", "nowhere"), "NOWHERE is not a region of DE. Known are: BB, BE,"),
        (("--zone", "Mars/Base"), "is not a time zone"),
    ],
)
def test_a_country_or_zone_that_nobody_knows_is_refused_in_a_sentence_and_adds_nobody(place, where, says):
    command = ("user", "--data", place, "add", "ko@pier.example", "--name", "Ko Lind", *where)
    refused = fairlead(*command, FAIRLEAD_PASSWORD=PASSWORD)
    assert refused.returncode != 0
    assert says in refused.stderr
    assert "Traceback" not in refused.stderr
    assert "Ko Lind" not in fairlead("user", "--data", place, "list").stdout


def test_somebody_is_added_with_the_holidays_of_where_they_work(place):
    command = ("user", "--data", place, "add", "mo@pier.example", "--name", "Mo Lind", "--country", "de")
    assert fairlead(*command, "--region", "by", FAIRLEAD_PASSWORD=PASSWORD).returncode == 0


def test_the_doctor_finds_a_new_place_well(place):
    done = fairlead("doctor", "--data", place, "--json")
    findings = {finding["what"]: finding for finding in json.loads(done.stdout)}
    assert done.returncode == 0, findings
    assert {"database", "keys", "people", "disk", "clock", "mail", "jobs", "audit", "address"} <= set(
        findings
    )
    assert all(not finding["problem"] for finding in findings.values())


@pytest.mark.parametrize(
    ("environment", "what", "mend"),
    [
        ({"FAIRLEAD_MAIL_URL": "smtp://127.0.0.1:9"}, "mail", "FAIRLEAD_MAIL_URL"),
        ({"FAIRLEAD_URL": "http://fairlead.example"}, "address", "HTTPS"),
    ],
)
def test_the_doctor_names_each_problem_with_its_mend(place, environment, what, mend):
    done = fairlead("doctor", "--data", place, "--json", **environment)
    [problem] = [finding for finding in json.loads(done.stdout) if finding["problem"]]
    assert done.returncode == 1
    assert problem["what"] == what
    assert mend in problem["mend"]


def test_the_doctor_without_a_place_says_what_to_do(tmp_path):
    done = fairlead("doctor", "--data", tmp_path / "none")
    assert done.returncode == 2
    assert "fairlead init" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("FAIRLEAD_THREADS", "many", "FAIRLEAD_THREADS"),
        ("FAIRLEAD_HTTPS", "perhaps", "FAIRLEAD_HTTPS"),
        ("FAIRLEAD_URL", "nonsense", "FAIRLEAD_URL"),
        ("FAIRLEAD_LOG_LEVEL", "loud", "FAIRLEAD_LOG_LEVEL"),
        ("FAIRLEAD_DATABASE_URL", "mysql://x", "FAIRLEAD_DATABASE_URL"),
        ("FAIRLEAD_MAIL_URL", "pigeon://x", "FAIRLEAD_MAIL_URL"),
        ("FAIRLEAD_HOST", "x", "FAIRLEAD_HOST"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_its_name(place, name, value, says):
    done = fairlead("doctor", "--data", place, **{name: value})
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_setting_may_stand_in_a_file(place, tmp_path):
    secret = tmp_path / "mail"
    secret.write_text("smtp://127.0.0.1:9")
    done = fairlead("doctor", "--data", place, "--json", FAIRLEAD_MAIL_URL_FILE=str(secret))
    assert '"what": "mail",\n    "problem": "The mail server' in done.stdout


def test_serving_an_empty_place_says_how_to_begin(tmp_path):
    done = fairlead("serve", "--data", tmp_path, "--port", "0")
    assert done.returncode == 2
    assert "key file" in done.stderr or "fairlead init" in done.stderr


def test_the_demo_serves_a_welcome_and_stops_cleanly(tmp_path):
    server = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from fairlead.cli import main; main()",
            "demo",
            "--data",
            str(tmp_path),
            "--port",
            "8197",
        ],
        env={
            name: value for name, value in os.environ.items() if not name.startswith(("FAIRLEAD_", "DJANGO_"))
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        greeting = [server.stdout.readline() for _ in range(10)]
        assert "http://127.0.0.1:8197" in greeting[0]
        assert sum("@harbour.example" in line for line in greeting) == 7
        with urllib.request.urlopen("http://127.0.0.1:8197/", timeout=20) as page:
            assert page.status == 200
            assert "Sign in" in page.read().decode()
        taken = fairlead("demo", "--data", tmp_path, "--port", "8197")
        assert taken.returncode == 2
        assert "--port" in taken.stderr
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=60)  # it ends by itself; a wait without end would hang here
        server.stdout.close()


def test_reindex_says_what_it_did(place):
    done = fairlead("reindex", "--data", place)
    assert (done.returncode, done.stdout) == (0, "0 incidents can be found by their words.\n")
    assert json.loads(fairlead("reindex", "--data", place, "--json").stdout) == {"incidents": 0}


def test_a_token_is_made_listed_and_revoked(place):
    made = fairlead(
        "token", "--data", place, "add", "ada@pier.example", "Pipeline", "--scope", "incidents:read"
    )
    assert re.fullmatch(r"fl_[\w-]{43}\n", made.stdout), made.stderr
    listed = json.loads(fairlead("token", "--data", place, "list", "--json").stdout)
    assert [(one["owner"], one["scopes"]) for one in listed] == [("ada@pier.example", "incidents:read")]
    assert made.stdout[12:].strip() not in json.dumps(listed)
    gone = fairlead("token", "--data", place, "revoke", listed[0]["prefix"])
    assert gone.returncode == 0, gone.stderr
    assert fairlead("token", "--data", place, "list").stdout == ""
    again = fairlead("token", "--data", place, "revoke", listed[0]["prefix"])
    assert again.returncode == 2
    assert "nothing was revoked" in again.stderr


def test_a_token_for_nobody_or_for_nothing_is_refused_in_a_sentence(place):
    nobody = fairlead("token", "--data", place, "add", "eve@pier.example", "x", "--scope", "incidents:read")
    nothing = fairlead("token", "--data", place, "add", "ada@pier.example", "x")
    for done in (nobody, nothing):
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
