"""Rule files made into an index: words put into patterns, and the words without which each cannot match.

This is done once, by `make rules`, and the result is kept beside the rule files, because reading TOML at every
start would take longer than linting a page. A test holds the index against the files.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.resources import files
from typing import Any, Final, NamedTuple

_MACRO: Final = re.compile(r"\{([a-z]+)\}")
c: Any = import_module("re._constants")
parser: Any = import_module("re._parser")
_FEWEST: Final = 2
_MOST_SETS: Final = 4
_LONG_ENOUGH: Final = 7
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
    """Return sets of words: every match of the pattern has a word of each set. The most telling set comes first.

    "<his>" is a word of its own, "<fail" the beginning of one.
    """
    parsed = parser.parse(pattern.replace("(?i:", "(?:").lower() if "(?i:" in pattern else pattern)
    options = sorted(dict.fromkeys(_options(list(parsed), Edges(False, False))), key=_worth, reverse=True)
    return options[:_MOST_SETS]


class Edges(NamedTuple):
    """Whether a stretch of a pattern stands between the edges of words, on its left and on its right."""

    left: bool
    right: bool


def _worth(words: frozenset[str]) -> tuple[int, int]:
    return min(_LONG_ENOUGH, *map(len, words)), -len(words)


def _options(sequence: list[Any], edges: Edges) -> Iterator[frozenset[str]]:
    """Yield the sets of needed words of a parsed sequence."""
    left = edges.left
    run, run_left = "", left
    for at, (kind, value) in enumerate(sequence):
        if kind is c.LITERAL and _is_letter(value):
            run, run_left = run + chr(value), run_left if run else left
            left = False
            continue
        yield from _run(run, Edges(run_left, _begins_apart(sequence[at:], right=edges.right)))
        right = _begins_apart(sequence[at + 1 :], right=edges.right)
        if run and kind is c.BRANCH:
            yield from _joined(run, value[1], Edges(run_left, right))
        if not run or kind is not c.BRANCH:
            yield from _inside(kind, value, Edges(left, right))
        run = ""
        left = _ends_apart(kind, value, left=left)
    yield from _run(run, Edges(run_left, edges.right))


def _is_letter(value: int) -> bool:
    return chr(value).isalnum() or chr(value) == "_"


def _run(run: str, edges: Edges) -> Iterator[frozenset[str]]:
    if len(run) >= _FEWEST:
        yield frozenset({_marked(run, edges)})


def _marked(run: str, edges: Edges) -> str:
    return f"{'<' * edges.left}{run}{'>' * edges.right}"


def _joined(run: str, branches: list[Any], edges: Edges) -> Iterator[frozenset[str]]:
    """Yield the words that letters make together with each branch after them: "h", then "is" or "er"."""
    words: set[str] = set()
    for branch in map(list, branches):
        end = 0
        while end < len(branch) and branch[end][0] is c.LITERAL and _is_letter(branch[end][1]):
            end += 1
        word = run + "".join(chr(value) for _, value in branch[:end])
        if len(word) < _FEWEST:
            return
        words.add(_marked(word, Edges(edges.left, _begins_apart(branch[end:], right=edges.right))))
    yield frozenset(words)


def _inside(kind: Any, value: Any, edges: Edges) -> Iterator[frozenset[str]]:
    if kind is c.SUBPATTERN:
        yield from _options(list(value[3]), edges)
    elif kind is c.BRANCH:
        best = [max(_options(list(branch), edges), key=_worth, default=None) for branch in value[1]]
        known = [choice for choice in best if choice is not None]
        joined = frozenset[str]().union(*known)
        if len(known) == len(best) and len(joined) <= _MOST_CHOICES:
            yield joined
    elif kind in (c.MAX_REPEAT, c.MIN_REPEAT) and value[0] >= 1:
        once = edges if value[1] == 1 else Edges(False, False)
        yield from _options(list(value[2]), once)


def _is_apart(kind: Any, value: Any) -> bool:
    """Tell whether one part of a pattern is a sign that belongs to no word, or the edge of a word."""
    if kind is c.AT:
        return True
    if kind is c.LITERAL:
        return not _is_letter(value)
    if kind is c.IN:
        return all(one is c.LITERAL and not _is_letter(sign) for one, sign in value)
    return False


def _begins_apart(sequence: list[Any], *, right: bool) -> bool:
    """Tell whether what a sequence matches, and what follows it, begins at the edge of a word."""
    if not sequence:
        return right
    kind, value = sequence[0]
    if kind in (c.MAX_REPEAT, c.MIN_REPEAT):
        begins = _begins_apart(list(value[2]), right=False)
        return begins and (value[0] >= 1 or _begins_apart(sequence[1:], right=right))
    if kind is c.BRANCH:
        after = _begins_apart(sequence[1:], right=right)
        return all(_begins_apart(list(branch), right=after) for branch in value[1])
    if kind is c.SUBPATTERN:
        return _begins_apart(list(value[3]), right=_begins_apart(sequence[1:], right=right))
    return _is_apart(kind, value)


def _ends_apart(kind: Any, value: Any, *, left: bool) -> bool:
    """Tell whether a word that follows this part of a pattern begins there."""
    if kind in (c.MAX_REPEAT, c.MIN_REPEAT):
        inner = _sequence_ends_apart(list(value[2]), left=False)
        return inner and (value[0] >= 1 or left)
    if kind is c.BRANCH:
        return all(_sequence_ends_apart(list(branch), left=left) for branch in value[1])
    if kind is c.SUBPATTERN:
        return _sequence_ends_apart(list(value[3]), left=left)
    return _is_apart(kind, value)


def _sequence_ends_apart(sequence: list[Any], *, left: bool) -> bool:
    for kind, value in sequence:
        left = _ends_apart(kind, value, left=left)
    return left
