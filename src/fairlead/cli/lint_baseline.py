"""A baseline: what was found before, so that only new findings count. It holds marks, no words."""

import json
from collections import Counter
from hashlib import sha256
from pathlib import Path

from fairlead.cli.lint_formats import Found
from fairlead.core.language import Finding


class BaselineError(ValueError):
    """The baseline cannot be read."""


def _mark(path: str, text: str, one: Finding) -> str:
    """Return the mark of a finding, which stays the same when lines above it come and go."""
    begin = text.rfind("\n", 0, one.start) + 1
    end = text.find("\n", one.end)
    line = " ".join(text[begin : len(text) if end < 0 else end].split())
    return sha256(f"{path}\0{one.rule}\0{line}".encode("utf-8", "replace")).hexdigest()[:32]


def write_baseline(path: Path, found: list[Found]) -> int:
    """Write the marks of all findings and return how many there are."""
    marks = sorted(_mark(source.path, source.text, one) for source, findings in found for one in findings)
    path.write_text(json.dumps({"fairlead": 1, "marks": marks}, indent=1) + "\n", encoding="utf-8")
    return len(marks)


def without_known(path: Path, found: list[Found]) -> list[Found]:
    """Return the findings that the baseline does not know, each mark counting once. Raises BaselineError."""
    try:
        known = Counter(json.loads(path.read_text("utf-8"))["marks"])
    except (OSError, ValueError, KeyError, TypeError):
        raise BaselineError(f"{path} is not a baseline that fairlead wrote") from None
    return [(source, _new(source.path, source.text, findings, known)) for source, findings in found]


def _new(path: str, text: str, findings: tuple[Finding, ...], known: "Counter[str]") -> tuple[Finding, ...]:
    new: list[Finding] = []
    for one in findings:
        mark = _mark(path, text, one)
        if known[mark]:
            known[mark] -= 1
        else:
            new.append(one)
    return tuple(new)
