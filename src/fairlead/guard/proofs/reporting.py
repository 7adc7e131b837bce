"""The outcome of provings as JUnit XML, for pipelines that show it."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from typing import Any, Final

_DONE: Final = frozenset({"proven", "waived"})
_ALLOWED: Final = "\t\n"


def as_junit(entries: Sequence[dict[str, Any]]) -> str:
    """Return a report with one test for each proof: an error is an error, everything else not done is a failure."""
    errors = sum(one["state"] == "error" for one in entries)
    failures = sum(one["state"] not in _DONE and one["state"] != "error" for one in entries)
    counts = {"tests": str(len(entries)), "failures": str(failures), "errors": str(errors)}
    suite = ET.Element("testsuite", {"name": "fairlead prove", **counts})
    for one in entries:
        seconds = sum(run.get("seconds", 0) for run in one["runs"])
        case = ET.SubElement(
            suite, "testcase", {"classname": "proofs", "name": one["proof"], "time": f"{seconds:.3f}"}
        )
        if one["state"] not in _DONE:
            kind = "error" if one["state"] == "error" else "failure"
            message = _clean(f"{one['state']}: {' '.join(one['reasons'])}")
            ET.SubElement(case, kind, {"message": message, "type": one["state"]}).text = message
        ET.SubElement(case, "system-out").text = _clean(
            "\n".join(
                f"{run['role']}: {run['verdict']} {run['words']}\n{run.get('output', '')}"
                for run in one["runs"]
            )
        )
    ET.indent(suite)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(suite, encoding="unicode") + "\n"


def _clean(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return "".join(
        letter
        if letter in _ALLOWED
        or (letter >= " " and not "\ud800" <= letter <= "\udfff" and letter < "\ufffe")
        or letter > "\uffff"
        else "�"
        for letter in text
    )
