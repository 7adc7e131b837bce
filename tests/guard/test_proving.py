"""Four runs against a real check in a real repository, and each kind of useless check ends in a state of its own."""

import json
import subprocess
from datetime import UTC, datetime, timedelta

import pytest

from fairlead.guard.proofs import evidence, files
from fairlead.guard.proofs.evidence import EvidenceError
from fairlead.guard.proofs.files import ProofFileError
from tests.guard.repository import CHECK, kept, proved, repository


def test_a_check_that_refuses_the_bad_change_alone_is_proven(tmp_path):
    outcome = proved(repository(tmp_path))
    assert outcome.standing.state == "proven"
    assert [(run.role, run.shown.verdict) for run in outcome.runs] == [
        ("good", "ACCEPT"),
        ("bad", "REFUSE"),
        ("before", "ACCEPT"),
        ("malformed", "ERROR"),
    ]


@pytest.mark.parametrize(
    ("check", "state"),
    [
        ("import sys; print('drops a table'); sys.exit(1)", "overblocking"),
        ("", "broken"),
        ("1 / 0", "error"),  # Python ends a crash with 1, and 1 was said to mean refused
        ("import sys; sys.exit(7)", "error"),
        ("import os; os.abort()", "error"),
        (CHECK.replace("drops a table", "is too long"), "draft"),
        (CHECK.replace("sys.exit(2)", "sys.exit(0)"), "error"),
    ],
)
def test_each_useless_check_ends_in_a_state_of_its_own(tmp_path, check, state):
    assert proved(repository(tmp_path, check)).standing.state == state


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("import sys; sys.exit(1)", "something else refuses it"),
        ("print('nothing')", "Nothing shows that the pipeline"),
    ],
)
def test_without_the_safeguard_the_bad_change_must_pass_and_show_it(tmp_path, before, said):
    standing = proved(repository(tmp_path, before=before)).standing
    assert standing.state == "draft"
    assert said in standing.reasons[0]


def test_the_earlier_revision_of_the_repository_is_the_pipeline_before(tmp_path):
    root = repository(tmp_path, "print('looked, but not for tables')")
    git = ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "before"], ["tag", "before"]):
        subprocess.run([*git, *command], check=True)
    (root / "tools" / "check.py").write_text(CHECK)
    file = root / "fairlead" / "proofs" / "drop.toml"
    text = file.read_text()
    a = text.index("[before]")
    file.write_text(text[:a] + "[before]\nrevision = \"before\"\nevidence = 'not for tables'\n")
    assert proved(root).standing.state == "proven"
    file.write_text(text[:a] + "[before]\nrevision = \"gone\"\nevidence = 'x'\n")
    with pytest.raises(ProofFileError, match="git does not know gone"):
        proved(root)


def test_an_answer_that_differs_the_second_time_is_flaky(tmp_path):
    counter = tmp_path / "counter"
    counter.write_text("")
    # Only a check that can look outside can differ; the sandbox forbids writing, so it goes by the clock.
    check = "import sys, time; print('drops a table'); sys.exit(time.time_ns() // 10 % 2)"
    states = {proved(repository(tmp_path / str(number), check)).standing.state for number in range(8)}
    assert "flaky" in states
    assert "proven" not in states


def test_a_fixture_that_changed_since_it_was_pinned_is_not_run(tmp_path):
    root = repository(tmp_path)
    (root / "fairlead/proofs/drop/bad.sql").write_text("change: nothing")
    outcome = proved(root)
    assert (outcome.standing.state, outcome.runs) == ("stale", ())
    assert "“bad” has changed since it was pinned" in outcome.standing.reasons[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("evidence = 'looked'", "", "what shows that the pipeline before"),
        ("reason = 'drops a table'", "", "does not state the reason"),
        ("[fixtures.good]", "[fixtures.other]", "no “good” fixture"),
        ('owner = "Databases"', "draft = true", "marked as a draft"),
    ],
)
def test_what_is_not_complete_is_a_draft(tmp_path, old, new, said):
    root = repository(tmp_path)
    file = root / "fairlead/proofs/drop.toml"
    file.write_text(file.read_text().replace(old, new))
    standing = proved(root).standing
    assert standing.state == "draft"
    assert said in " ".join(standing.reasons)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title =", "titel =", "nothing is known by the name of “titel”"),
        ("title = ", "title = [", "cannot be read"),
        ("title = ", "title = 1 #", "is not a text"),
        ("owner = ", "max_age_days = 0 #", "is not a number above zero"),
        ("owner = ", "limits = 1 #", "is not a table"),
        ('path = "drop/good.sql"', 'path = "../../../../etc/hostname"', "leads out of the repository"),
        ('path = "drop/good.sql"', "", "names no path"),
        ('files = ["tools/*.py"]', 'files = ["nothing/*"]', "no file is called"),
        ('files = ["tools/*.py"]', 'files = ["../*"]', "leads out of the repository"),
        ('argv = ["{python}", "tools', 'argv = "rm -rf" # ["', "must be a list of texts"),
        ('0 = "ACCEPT"', '0 = "FINE"', "must map exit codes"),
        ("reason = 'drops a table'", "reason = '('", "is not a pattern"),
        ("evidence = 'looked'", "evidence = 'looked'\nfixture = 'lab'", "there is no fixture “lab”"),
        ("owner =", "adapter = 'unheard'\nowner =", "No adapter is called “unheard”"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path, old, new, said):
    (tmp_path / "outside.py").write_text("")
    root = repository(tmp_path / "in")
    file = root / "fairlead/proofs/drop.toml"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))
    with pytest.raises(ProofFileError, match=said.replace("(", r"\(")):
        proved(root)


def test_mutants_and_neighbours_are_made_by_the_author_and_both_rates_are_shown(tmp_path):
    make = (
        "import pathlib, sys\ntext = pathlib.Path(sys.argv[1]).read_text()\n"
        "for n, new in enumerate((text, text.replace('orders', 'users'), text.replace('drop', 'DROP'), '%')):\n"
        "    (pathlib.Path(sys.argv[2]) / f'{n}.sql').write_text(new)\n"
    )
    argv = f'argv = ["{{python}}", "-c", {json.dumps(make)}, "{{fixture}}", "{{scratch}}"]'
    outcome = proved(repository(tmp_path, more=f"[mutants]\n{argv}\n[neighbours]\n{argv}\nmost = 2"))
    mutants, neighbours = outcome.rates["mutants"], outcome.rates["neighbours"]
    assert (mutants.tried, mutants.as_expected, mutants.errors) == (4, 2, 1)
    assert (neighbours.tried, neighbours.as_expected) == (2, 2)


def test_a_generator_that_fails_is_said(tmp_path):
    root = repository(tmp_path, more='[mutants]\nargv = ["{python}", "-c", "1 / 0"]')
    with pytest.raises(ProofFileError, match="generator of mutants failed"):
        proved(root)


def test_evidence_is_a_chain_in_which_nothing_can_be_changed(tmp_path):
    root = repository(tmp_path)
    first, second = kept(root), kept(root)
    assert second["previous"] == first["hash"]
    assert second["hash"] == evidence.hash_of(second)
    bad = second["runs"][1]
    assert (bad["verdict"], bad["exit"], bad["output"]) == (
        "REFUSE",
        1,
        "refused: the change drops a table\n",
    )
    assert {"argv", "seconds", "sandbox", "output_sha256", "output_bytes"} <= bad.keys()
    path = root / ".fairlead/evidence/drop.jsonl"
    whole = path.read_text()
    for damaged in (whole.replace("REFUSE", "ACCEPT", 1), whole.splitlines()[1] + "\n", "half a li"):
        path.write_text(damaged)
        with pytest.raises(EvidenceError, match="line 1"):
            evidence.history(root, "drop")


def test_a_long_output_is_kept_by_its_beginning_and_its_end():
    text = evidence.shortened(b"a" * 100_000 + b"z" * 100_000)
    assert len(text) <= evidence.KEPT
    assert (text[0], text[-1]) == ("a", "z")


def test_where_a_proof_stands_is_known_without_running_it(tmp_path):
    root = repository(tmp_path)
    now = datetime(2026, 11, 20, 13, tzinfo=UTC)

    def state(at=now):
        return evidence.standing_now(root, files.read(root, "drop"), at).state

    assert state() == "draft"
    kept(root)
    assert state() == "proven"
    assert state(now + timedelta(days=31)) == "stale"
    (root / "tools/check.py").write_text(CHECK + "\n")
    assert state() == "stale"
    (root / "tools/check.py").write_text(CHECK)
    assert state() == "proven"
    (root / "fairlead/proofs/drop/good.sql").write_text("change: other")
    assert state() == "stale"
    file = root / "fairlead/proofs/drop.toml"
    old = files.read(root, "drop").fixtures["good"].pinned
    file.write_text(file.read_text().replace(old, files.sha256_of(root / "fairlead/proofs/drop/good.sql")))
    assert state() == "stale"  # pinned anew, and not run since
