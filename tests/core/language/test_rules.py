"""Each rule is held to its own examples, and what is made of the rule files is current."""

from pathlib import Path

import pytest

from fairlead.cli.rule_pages import made
from fairlead.core.language import lint
from fairlead.core.language.building import rule_files, whole_rules
from fairlead.core.language.gate import compiled
from fairlead.core.language.index import packaged

RULES = whole_rules(rule_files())
ROOT = Path(__file__).parents[3]
MARKED = [(rule, sentence) for rule in RULES for sentence in rule["matches"]]
LEFT_ALONE = [(rule, sentence) for rule in RULES for sentence in rule["passes"]]


def rules_found(rule: dict, sentence: str) -> set[str]:
    audience = "private" if rule.get("audience") == ["private"] else "commons"
    return {finding.rule for finding in lint(sentence, audience=audience)}


@pytest.mark.parametrize(("rule", "sentence"), MARKED, ids=lambda x: x if isinstance(x, str) else x["id"])
def test_marks_the_category_of_its_examples(rule, sentence):
    assert rule["id"][:3] in {found[:3] for found in rules_found(rule, sentence)}


@pytest.mark.parametrize(("rule", "sentence"), LEFT_ALONE, ids=lambda x: x if isinstance(x, str) else x["id"])
def test_leaves_its_clean_examples_alone(rule, sentence):
    assert rule["id"][:3] not in {found[:3] for found in rules_found(rule, sentence)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["id"])
def test_says_what_why_example_and_instead(rule):
    assert all(rule[key].strip() for key in ("message", "what", "why", "example", "instead"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["id"])
def test_its_own_instead_is_clean(rule):
    audience = "private" if rule.get("audience") == ["private"] else "commons"
    assert not lint(rule["instead"], audience=audience)


def test_ids_are_one_each_and_belong_to_their_category():
    assert len({rule["id"] for rule in RULES}) == len(RULES)
    assert len({(rule["category"], rule["id"][2]) for rule in RULES}) == 8


def test_the_index_and_the_pages_are_current():
    for path, text in made(ROOT).items():
        assert path.read_text("utf-8") == text, f"run `make rules`: {path}"


def test_only_the_guard_makes_errors():
    assert {rule["id"] for rule in RULES if rule["level"] == "error"} == {"FL401"}


def test_every_pattern_is_readable():
    for one in packaged().patterns:
        assert compiled(one.pattern)
