"""Proof files: what they say, what is missing in them, and whether their fixtures are still the pinned ones."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from fairlead.core.proof import Role, Waiver
from fairlead.guard.proofs.sandbox import Limits

PLACE: Final = Path("fairlead") / "proofs"
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_FIXTURES: Final = (Role.GOOD, Role.BAD, Role.MALFORMED)
_KNOWN: Final = frozenset(
    {
        "title", "adapter", "improvement", "owner", "reason", "max_age_days", "draft", "fixtures", "safeguard",
        "before", "here", "limits", "mutants", "neighbours", "waiver",
    }
)  # fmt: skip


class ProofFileError(ValueError):
    """A proof file cannot be used; the text says why, in one sentence."""


@dataclass(frozen=True, slots=True)
class Fixture:
    """A file or directory that a run is given, and the SHA-256 it was pinned at."""

    path: Path
    pinned: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof as its file says it. `safeguard`, `before` and the generators are the adapter's to read."""

    id: str
    file: Path
    root: Path
    title: str
    adapter: str
    reason: str
    improvement: str = ""
    owner: str = ""
    max_age_days: int = 30
    is_draft: bool = False
    fixtures: Mapping[str, Fixture] = field(default_factory=dict)
    safeguard: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)
    mutants: Mapping[str, Any] = field(default_factory=dict)
    neighbours: Mapping[str, Any] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    waiver: Waiver | None = None
    here: Path | None = None

    def missing(self) -> tuple[str, ...]:
        """Return what the file still lacks to be a proof, each as one sentence."""
        words = [
            f"It has no “{role.value}” fixture." for role in _FIXTURES if role.value not in self.fixtures
        ]
        if not self.reason:
            words.append("It does not state the reason for which the bad change must be refused.")
        if not self.before:
            words.append("It does not say how the pipeline looked before the safeguard.")
        elif not self.before.get("evidence"):
            words.append("It does not say what shows that the pipeline before the safeguard ran.")
        if self.is_draft:
            words.append("It is marked as a draft.")
        return tuple(words)


def root_of(start: Path) -> Path:
    """Return the nearest directory, upwards from `start`, that has proofs or is a repository."""
    start = start.resolve()
    for place in (start, *start.parents):
        if (place / PLACE).is_dir() or (place / ".git").exists():
            return place
    return start


def proof_ids(root: Path) -> list[str]:
    """Return the ids of all proof files of a repository."""
    return sorted(path.stem for path in (root / PLACE).glob("*.toml"))


def read(root: Path, proof_id: str) -> Proof:
    """Read one proof file. Raises ProofFileError."""
    if not _ID.fullmatch(proof_id):
        raise ProofFileError(f"“{proof_id}” is not an id: small letters, digits and hyphens.")
    file = root / PLACE / f"{proof_id}.toml"
    try:
        document = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise ProofFileError(f"There is no {PLACE / file.name} here.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ProofFileError(f"{file.name} cannot be read: {error}") from None
    unknown = sorted(document.keys() - _KNOWN)
    if unknown:
        raise ProofFileError(f"{file.name}: nothing is known by the name of “{unknown[0]}”.")
    tables = {
        name: _table(document, name, file.name) for name in ("safeguard", "before", "mutants", "neighbours")
    }
    return Proof(
        id=proof_id,
        file=file,
        root=root,
        title=_text(document, "title", file.name) or proof_id,
        adapter=_text(document, "adapter", file.name) or "command",
        reason=_text(document, "reason", file.name),
        improvement=_text(document, "improvement", file.name),
        owner=_text(document, "owner", file.name),
        max_age_days=_number(document, "max_age_days", 30, file.name),
        is_draft=document.get("draft") is True,
        fixtures={
            name: _fixture(root, file, name, entry)
            for name, entry in _table(document, "fixtures", file.name).items()
        },
        limits=Limits(
            **{
                name: _number(_table(document, "limits", file.name), name, getattr(Limits(), name), file.name)
                for name in ("seconds", "memory_mb", "disk_mb", "output_mb", "processes")
            }
        ),
        waiver=_waiver(_table(document, "waiver", file.name), file.name),
        here=_here(root, file, _table(document, "here", file.name)),
        **tables,
    )


def changed_fixtures(proof: Proof) -> list[str]:
    """Return the names of fixtures that are gone or no longer what was pinned. Raises ProofFileError."""
    found = []
    for name, fixture in proof.fixtures.items():
        if not fixture.path.exists() or sha256_of(fixture.path) != fixture.pinned:
            found.append(f"The fixture “{name}”")
    return found


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, or of the names and contents below a directory. Raises ProofFileError."""
    digest = hashlib.sha256()
    files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if not one.is_dir())
    for file in files:
        if not file.is_file() or file.is_symlink():
            raise ProofFileError(f"{file} is not a plain file, so it cannot be pinned.")
        if file != path:
            digest.update(f"{file.relative_to(path).as_posix()}\0{file.stat().st_size}\0".encode())
        with file.open("rb") as content:
            while piece := content.read(1 << 20):
                digest.update(piece)
    return digest.hexdigest()


def inside(root: Path, path: Path, name: str) -> Path:
    """Return a path when it stays in the repository. Raises ProofFileError."""
    if not path.resolve().is_relative_to(root.resolve()):
        raise ProofFileError(f"{name}: {path} leads out of the repository.")
    return path


def _fixture(root: Path, file: Path, name: str, entry: object) -> Fixture:
    if not isinstance(entry, dict) or not isinstance(entry.get("path"), str):
        raise ProofFileError(f"{file.name}: the fixture “{name}” names no path.")
    path = inside(root, file.parent / entry["path"], file.name)
    return Fixture(path, str(entry.get("sha256", "")))


def _here(root: Path, file: Path, table: Mapping[str, Any]) -> Path | None:
    """Return what the safeguard is held against in the repository as it is now."""
    path = _text(table, "path", file.name)
    return inside(root, root / path, file.name) if path else None


def _table(document: Mapping[str, Any], name: str, file: str) -> dict[str, Any]:
    value = document.get(name, {})
    if not isinstance(value, dict):
        raise ProofFileError(f"{file}: “{name}” is not a table.")
    return value


def _text(document: Mapping[str, Any], name: str, file: str) -> str:
    value = document.get(name, "")
    if not isinstance(value, str):
        raise ProofFileError(f"{file}: “{name}” is not a text.")
    return value


def _number(document: Mapping[str, Any], name: str, default: int, file: str) -> int:
    value = document.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ProofFileError(f"{file}: “{name}” is not a number above zero.")
    return value


def _waiver(table: Mapping[str, Any], file: str) -> Waiver | None:
    if not table:
        return None
    until = table.get("until")
    if not isinstance(until, date):
        raise ProofFileError(f"{file}: the waiver needs the day it ends on, such as until = 2027-01-31.")
    return Waiver(_text(table, "code", file), _text(table, "text", file), _text(table, "signer", file), until)
