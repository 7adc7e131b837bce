"""Rule files made into an index: words put into patterns, and the words without which each cannot match.

This is done once, by `make rules`, and the result is kept beside the rule files, because reading TOML at every
start would take longer than linting a page. A test holds the index against the files.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any, Final

from fairlead.core.language.gate import GateIndex
from fairlead.core.language.letters import ascii_letters
from fairlead.core.language.needing import needed

_MACRO: Final = re.compile(r"\{([a-z]+)\}")


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
    rules: list[dict[str, Any]] = []
    for name, text in texts.items():
        if name == "words.toml":
            continue
        parsed = tomllib.loads(text)
        words = {**shared, **parsed.get("words", {})}
        rules += [_built(parsed["category"], rule, words) for rule in parsed["rules"]]
    return rules


def build_gate(index: Iterable[Mapping[str, Any]]) -> GateIndex:
    """Return what the patterns of an index need, as `Gate` takes it. Raises ValueError for one that needs no word."""
    known: dict[str, list[str]] = {}
    sets: dict[str, str] = {}
    ways: list[str] = []
    patterns = [pattern for rule in index for pattern, _ in rule["patterns"]]
    for number, pattern in enumerate(patterns):
        for first, *others in needed(pattern):
            for one in first:
                known.setdefault(one, []).append(str(len(ways)))
            for one in frozenset[str]().union(*others):
                known.setdefault(one, [])
            written = [",".join(sorted(some)) for some in others]
            ways.append(" ".join((str(number), *(sets.setdefault(some, str(len(sets))) for some in written))))
    led = {one: " ".join(known[one]) for one in sorted(known)}
    pairs: dict[str, dict[str, str]] = {}
    for one, numbers in led.items():
        first, _, second = one.partition(" ")
        if second:
            pairs.setdefault(first, {})[second] = numbers
    return {
        "words": {one: numbers for one, numbers in led.items() if numbers and " " not in one},
        "others": " ".join(one for one, numbers in led.items() if not numbers and " " not in one),
        "pairs": {first: f"{' '.join(some)}|{','.join(some.values())}" for first, some in pairs.items()},
        "seconds": " ".join(sorted({one.partition(" ")[2] for one in led} - {""})),
        "ways": ways,
        "sets": list(sets),
    }


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
        [pattern, _own_subject(written, subjects)]
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
    pattern = ascii_letters(pattern).replace("\\*", "\x00").replace(" *", "\x01")
    pattern = pattern.replace(" ?", " *").replace(" +", " ").replace(" ", " +").replace(" +*", " *")
    return pattern.replace("'?", "'").replace("'", "'?").replace("\x01", " *").replace("\x00", "\\*")
