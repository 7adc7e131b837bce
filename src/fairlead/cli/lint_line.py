"""The command line of `fairlead lint`, read without argparse, which takes longer to start than a page to lint.

Only lines that are right are read here. Whatever else is asked, help among it, is left to argparse, which says what is
wrong; a test holds the two together.
"""

from types import SimpleNamespace
from typing import Final

from fairlead.core.language.finding import AUDIENCES

FORMAT_NAMES: Final = ("text", "json", "sarif", "github")
_SWITCHES: Final = ("diff", "codeowners", "git-authors", "fix")
_VALUES: Final = ("audience", "format", "baseline", "roster", "fail-on")
_CHOICES: Final = {"audience": AUDIENCES, "format": FORMAT_NAMES}


class LintLine(SimpleNamespace):
    """What a line asks for, under the names that argparse gives."""

    paths: list[str]
    audience: str | None
    format: str
    diff: bool
    baseline: str | None
    roster: str | None
    codeowners: bool
    git_authors: bool
    fail_on: list[str] | None
    fix: bool


def read_line(arguments: list[str]) -> LintLine | None:
    """Return what a line asks for, or None where argparse should read it."""
    line = LintLine(
        paths=[], audience=None, format="text", diff=False, baseline=None, roster=None, codeowners=False,
        git_authors=False, fail_on=None, fix=False,
    )  # fmt: skip
    rest = iter(arguments)
    for argument in rest:
        if argument == "-" or not argument.startswith("-"):
            line.paths.append(argument)
            continue
        name, has_value, value = argument[2:].partition("=")
        if not argument.startswith("--"):
            return None
        if name in _SWITCHES and not has_value:
            setattr(line, name.replace("-", "_"), True)
        elif name in _VALUES:
            value = value if has_value else next(rest, "-")
            if value.startswith("-") or value not in _CHOICES.get(name, (value,)):
                return None
            _take(line, name, value)
        else:
            return None
    return line


def _take(line: LintLine, name: str, value: str) -> None:
    if name == "fail-on":
        line.fail_on = [*(line.fail_on or []), value]
    else:
        setattr(line, name, value)
