"""Rule files made into an index: words put into patterns, and the words without which each cannot match.

This is done once, by `make rules`, and the result is kept beside the rule files, because reading TOML at every
start would take longer than linting a page. A test holds the index against the files.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.resources import files
from typing import Any, Final

_MACRO: Final = re.compile(r"\{([a-z]+)\}")
c: Any = import_module("re._constants")
parser: Any = import_module("re._parser")
_FEWEST: Final = 2
_MOST_SETS: Final = 4
_LONG_ENOUGH: Final = 5
_MOST_CHOICES: Final = 400


def rule_files() -> dict[str, str]:
    """Return the packaged rule files by name, in their order."""
    folder = files("fairlead.core.language.rules")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return {name: folder.joinpath(name).read_text("utf-8") for name in names}


def whole_rules(texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return every rule of the files as it is written, with its category. Raises ValueError for a wrong file."""
    rules: list[dict[str, Any]] = []
    for name, text in texts.items():
        if name != "words.toml":
            parsed = tomllib.loads(text)
            rules += [{"category": parsed["category"], **rule} for rule in parsed["rules"]]
    return rules


def build_index(texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the rules as the engine wants them: ready patterns, and only what a finding shows."""
    shared: dict[str, str] = tomllib.loads(texts["words.toml"])
    index: list[dict[str, Any]] = []
    for name, text in texts.items():
        if name == "words.toml":
            continue
        parsed = tomllib.loads(text)
        words = {**shared, **parsed.get("words", {})}
        index += [_built(parsed["category"], rule, words) for rule in parsed["rules"]]
    return index


def _built(category: str, rule: dict[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    kept = {
        key: rule[key]
        for key in (
            "id", "name", "level", "levels", "audience", "subject", "not_subject", "soft", "softer", "not_when",
            "plain", "plain_negation", "finder", "cased", "once", "fixes", "message", "why", "rewrites", "safe",
        )
        if key in rule
    }  # fmt: skip
    patterns = [ready(pattern, words) for pattern in rule.get("patterns", [])]
    subjects = rule.get("subject_of", {})
    kept["category"] = category
    kept["patterns"] = [
        [pattern, [sorted(words) for words in needed(pattern)], _own_subject(written, subjects)]
        for pattern, written in zip(patterns, rule.get("patterns", []), strict=True)
    ]
    kept["unless"] = "|".join(ready(pattern, words) for pattern in rule.get("unless", []))
    return kept


def _own_subject(written: str, subjects: Mapping[str, list[str]]) -> list[str]:
    """Return the subjects that one pattern of a rule asks for, found by how the pattern begins."""
    return next((wanted for begins, wanted in subjects.items() if written.startswith(begins)), list[str]())


def ready(pattern: str, words: Mapping[str, str]) -> str:
    """Return a pattern with its words put in; a space matches any number, an apostrophe may be missing."""
    while _MACRO.search(pattern):
        pattern = _MACRO.sub(lambda found: words[found[1]], pattern)
    pattern = pattern.replace("’", "'").replace("\\*", "\x00").replace(" *", "\x01")
    pattern = pattern.replace(" ?", " *").replace(" +", " ").replace(" ", " +").replace(" +*", " *")
    return pattern.replace("'?", "'").replace("'", "'?").replace("\x01", " *").replace("\x00", "\\*")


def needed(pattern: str) -> list[frozenset[str]]:
    """Return sets of words: every match of the pattern has a word of each set. The most telling set comes first."""
    parsed = parser.parse(pattern.replace("(?i:", "(?:").lower() if "(?i:" in pattern else pattern)
    options = sorted(dict.fromkeys(_options(parsed)), key=_worth, reverse=True)
    return options[:_MOST_SETS]


def _needed(sequence: Any) -> frozenset[str] | None:
    """Return the best set of needed words of a parsed sequence: the longest shortest word, then the fewest."""
    return max(_options(sequence), key=_worth, default=None)


def _worth(words: frozenset[str]) -> tuple[int, int]:
    return min(_LONG_ENOUGH, *map(len, words)), -len(words)


def _options(sequence: Any) -> Iterator[frozenset[str]]:
    run = ""
    for kind, value in sequence:
        if kind is c.LITERAL:
            run += chr(value)
            continue
        if kind is c.AT:
            continue
        yield from _run(run)
        run = ""
        inside = _inside(kind, value)
        if inside is not None:
            yield inside
    yield from _run(run)


def _run(run: str) -> Iterator[frozenset[str]]:
    word = run.strip()
    if len(word) >= _FEWEST:
        yield frozenset({word})


def _inside(kind: Any, value: Any) -> frozenset[str] | None:
    if kind is c.SUBPATTERN:
        return _needed(value[3])
    if kind is c.BRANCH:
        choices = [_needed(branch) for branch in value[1]]
        known = [choice for choice in choices if choice is not None]
        joined = frozenset[str]().union(*known)
        return joined if len(known) == len(choices) and len(joined) <= _MOST_CHOICES else None
    if kind in (c.MAX_REPEAT, c.MIN_REPEAT) and value[0] >= 1:
        return _needed(value[2])
    return None
