"""What a project has set: `[lint]` in fairlead.toml, or `[tool.fairlead.lint]` in pyproject.toml."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from fairlead.core.language import OwnRule
from fairlead.core.language.finding import AUDIENCES, LEVELS

# Where a pyproject.toml may name us as a table; what only mentions us is not worth reading as TOML.
_KEY: Final = r"""(?:fairlead|"fairlead"|'fairlead')[ \t]*"""
_OURS: Final = re.compile(
    rf"""^[ \t]*\[?[ \t]*(?:["']?tool["']?[ \t]*\.[ \t]*)?{_KEY}(?:[.\]]|=[ \t]*\{{)|^tool[ \t]*=""",
    re.MULTILINE,
)
_FLAGS: Final = ("codeowners", "git-authors")
_WORDS: Final = ("audience", "roster", "baseline")
_LISTS: Final = ("fail-on", "off", "exclude")


class SettingsError(ValueError):
    """The settings hold something that is not understood; the text says what and where."""


class Settings(NamedTuple):
    """The settings of a project. Paths are as from the folder of the file they stand in."""

    audience: str = "commons"
    fail_on: tuple[str, ...] = ("error",)
    off: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    roster: str = ""
    baseline: str = ""
    codeowners: bool = False
    git_authors: bool = False
    own: tuple[OwnRule, ...] = ()


def settings_from(start: Path) -> Settings:
    """Return the settings found in a folder or the nearest above it, up to the top of its repository."""
    for folder in (start, *start.parents):
        for name, keys in (("fairlead.toml", ("lint",)), ("pyproject.toml", ("tool", "fairlead", "lint"))):
            path = folder / name
            table = _table(path, keys) if os.path.isfile(path) else None  # noqa: PTH113 - says no where it may not look
            if table is not None:
                return read_settings(table, path)
        if os.path.exists(folder / ".git"):  # noqa: PTH110 - likewise
            break
    return Settings()


def _table(path: Path, keys: tuple[str, ...]) -> Mapping[str, Any] | None:
    try:
        text = path.read_text("utf-8")
        if "lint" not in text or (path.name == "pyproject.toml" and not _OURS.search(text)):
            return None
        import tomllib  # noqa: PLC0415 - read only where there are such settings

        found: Any = tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path.name} cannot be read: {error}") from None
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else None


def read_settings(table: Mapping[str, Any], path: Path) -> Settings:
    """Return the settings of a table. Raises SettingsError."""
    unknown = set(table) - {*_FLAGS, *_WORDS, *_LISTS, "rules"}
    if unknown:
        raise SettingsError(f"{path.name}: there is no setting “{min(unknown)}”")
    for key, kind in {
        **dict.fromkeys(_FLAGS, bool),
        **dict.fromkeys(_WORDS, str),
        **dict.fromkeys(_LISTS, list),
    }.items():
        if not isinstance(table.get(key, kind()), kind):
            raise SettingsError(f"{path.name}: “{key}” should be a {kind.__name__}")
    audience = table.get("audience", "commons")
    if audience not in AUDIENCES:
        raise SettingsError(f"{path.name}: “audience” is commons or private")
    return Settings(
        audience=audience,
        fail_on=tuple(map(str, table.get("fail-on", ["error"]))),
        off=tuple(map(str, table.get("off", []))),
        exclude=tuple(map(str, table.get("exclude", []))),
        roster=str(path.parent / table["roster"]) if table.get("roster") else "",
        baseline=str(path.parent / table["baseline"]) if table.get("baseline") else "",
        codeowners=table.get("codeowners", False),
        git_authors=table.get("git-authors", False),
        own=tuple(_own(rule, path) for rule in table.get("rules", [])),
    )


def _own(rule: Any, path: Path) -> OwnRule:
    if not isinstance(rule, dict) or not all(
        isinstance(rule.get(key), str) for key in ("id", "pattern", "message")
    ):
        raise SettingsError(f"{path.name}: a rule of your own has an id, a pattern and a message")
    level, audience = rule.get("level", "suggestion"), tuple(rule.get("audience", AUDIENCES))
    if level not in LEVELS or not set(audience) <= set(AUDIENCES) or rule["id"].startswith("FL"):
        raise SettingsError(
            f"{path.name}: rule “{rule['id']}” has a level or an audience that does not exist, or our letters"
        )
    return OwnRule(rule["id"], rule["pattern"], rule["message"], level, audience)
