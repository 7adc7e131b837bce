"""Findings as people and tools read them. Outputs that others see never hold the words that name somebody."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from fairlead.cli.lint_files import Source
from fairlead.cli.terminal import styled
from fairlead.core.language import Finding

Found = tuple[Source, tuple[Finding, ...]]
MOST_ANNOTATIONS: Final = 10
_WIDEST: Final = 160
_SARIF_LEVEL: Final = {"suggestion": "note", "warning": "warning", "error": "error"}
_ANNOTATION: Final = {"suggestion": "notice", "warning": "warning", "error": "error"}


def as_json(found: Sequence[Found]) -> Iterator[str]:
    """Yield a JSON list of findings."""
    import json  # noqa: PLC0415 - text needs none

    yield json.dumps(
        [
            {
                "path": source.path,
                "line": one.line,
                "column": one.column,
                "end_line": one.end_line,
                "end_column": one.end_column,
                "rule": one.rule,
                "category": one.category,
                "level": one.level,
                "message": one.message,
                "why": one.why,
                "rewrites": list(one.rewrites),
            }
            for source, findings in found
            for one in findings
        ],
        indent=2,
    )


def as_text(found: Sequence[Found]) -> Iterator[str]:
    """Yield each finding with its line and a caret below the words, and how many there are."""
    total = 0
    for source, findings in found:
        lines = shown_lines(source.text, findings, to_a_person=sys.stdout.isatty())
        for one in findings:
            total += 1
            head = styled(f"{source.path}:{one.line}:{one.column}", "bold", sys.stdout)
            yield f"{head}: {one.level} {one.rule} {one.message}"
            yield from _pointed(lines[one.line], one)
            yield f"    {styled(one.why, 'dim', sys.stdout)}" if one.why else "    "
            yield from (f"    Instead: {rewrite}" for rewrite in one.rewrites[:2])
    if total:
        files = sum(bool(findings) for _, findings in found)
        yield f"{total} finding{'s' * (total != 1)} in {files} file{'s' * (files != 1)}. fairlead rule ID says more."


def shown_lines(text: str, findings: Sequence[Finding], *, to_a_person: bool) -> dict[int, str]:
    """Return the lines on which findings begin; on anything but a terminal, words that name somebody are dots."""
    if not to_a_person:
        text = _dotted(text, findings)
    lines = text.split("\n") if findings else []
    return {number: _printable(lines[number - 1].rstrip("\r")) for number in {one.line for one in findings}}


def _dotted(text: str, findings: Sequence[Finding]) -> str:
    parts: list[str] = []
    at = 0
    for one in findings:
        if one.names_somebody and one.end > at:
            said = text[max(at, one.start) : one.end]
            parts += (text[at : one.start], "".join("\n" if sign == "\n" else "•" for sign in said))
            at = one.end
    return "".join((*parts, text[at:]))


def _printable(line: str) -> str:
    return line if line.isprintable() else "".join(sign if sign.isprintable() else " " for sign in line)


def _pointed(line: str, one: Finding) -> Iterator[str]:
    first = one.column - 1
    last = one.end_column - 1 if one.end_line == one.line else len(line)
    cut = max(0, min(first - 40, len(line) - _WIDEST))
    part = line[cut : cut + _WIDEST]
    yield f"    {part}"
    width = max(1, min(last, cut + _WIDEST) - first)
    yield "    " + " " * (first - cut) + styled("^" * width, "accent", sys.stdout)


def as_github(found: Sequence[Found]) -> Iterator[str]:
    """Yield GitHub annotations, the most serious first, at most as many as it shows; the rest is counted."""
    rank = list(_ANNOTATION)[::-1]
    every = [(source.path, one) for source, findings in found for one in findings]
    every.sort(key=lambda pair: (rank.index(pair[1].level), pair[0], pair[1].start))
    for path, one in every[:MOST_ANNOTATIONS]:
        place = f"file={_property(path)},line={one.line},endLine={one.end_line}"
        if one.line == one.end_line:
            place += f",col={one.column},endColumn={one.end_column}"
        yield f"::{_ANNOTATION[one.level]} {place},title={_property(one.rule)}::{_data(f'{one.message} {one.why}')}"
    if len(every) > MOST_ANNOTATIONS:
        yield f"::notice title=Fairlead::+{len(every) - MOST_ANNOTATIONS} more; fairlead lint shows them all"


def _data(text: str) -> str:
    return text.strip().replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(found: Sequence[Found]) -> Iterator[str]:
    """Yield a SARIF 2.1.0 log. It holds no snippets, so nothing of the text leaves with it."""
    import json  # noqa: PLC0415

    every = [(source.path, one) for source, findings in found for one in findings]
    rules: dict[str, dict[str, Any]] = {}
    for _, one in every:
        rules.setdefault(
            one.rule,
            {
                "id": one.rule,
                "shortDescription": {"text": one.message},
                "fullDescription": {"text": one.why or one.message},
                "properties": {"category": one.category},
            },
        )
    order = {rule: number for number, rule in enumerate(rules)}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "Fairlead", "rules": list(rules.values())}},
                "columnKind": "unicodeCodePoints",
                "results": [_result(path, one, order[one.rule]) for path, one in every],
            }
        ],
    }
    yield json.dumps(log, indent=2)


def _result(path: str, one: Finding, number: int) -> dict[str, Any]:
    from urllib.parse import quote  # noqa: PLC0415 - one format needs it

    region = {
        "startLine": one.line,
        "startColumn": one.column,
        "endLine": one.end_line,
        "endColumn": one.end_column,
    }
    address = Path(path).as_uri() if Path(path).is_absolute() else quote(path.replace("\\", "/"))
    return {
        "ruleId": one.rule,
        "ruleIndex": number,
        "level": _SARIF_LEVEL[one.level],
        "message": {"text": f"{one.message} {one.why}".strip()},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": address}, "region": region}}],
    }


FORMATS: Final = {"text": as_text, "json": as_json, "sarif": as_sarif, "github": as_github}
