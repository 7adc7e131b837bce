"""The key file: where it is made, how it is read, and every way it can be wrong.

The file holds the versioned keys that wrap each case's own key, the key behind participants' marks, and the
material of the session secret. It lives outside the database, so that a stolen database or backup is
ciphertext. This module imports no models: the settings read the file before any app is loaded.
"""

import base64
import fcntl
import json
import os
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from django.conf import settings

FORMAT = "fairlead.keys/1"
KEY_BYTES = 32
SESSION_BYTES = 48
_OWNER_MAY_READ = 0o400
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyFileError(Exception):
    """A key file that cannot be used.

    `problem` says what is wrong in one sentence and `mend` what to do about it; neither holds any key.
    """

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(f"{problem} {mend}")
        self.problem = problem
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Keys:
    """The contents of a key file; its repr shows the versions and no key."""

    current: int
    wrapping: Mapping[int, bytes] = field(repr=False)
    index: bytes = field(repr=False)
    sessions: bytes = field(repr=False)

    def secret_key(self) -> str:
        """Return the text Django signs sessions and tokens with (its SECRET_KEY)."""
        return base64.b64encode(self.sessions).decode("ascii")


class KeyProvider(Protocol):
    """Where keys come from. A file today; a key service can stand behind the same call."""

    def keys(self) -> Keys:
        """Return the keys as they are now; raises KeyFileError."""
        ...


class FileKeyProvider:
    """Keys from a file, read again when the file changes, so that a running server follows a rotation."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: tuple[tuple[int, ...], Keys] | None = None

    def keys(self) -> Keys:
        """Return the file's keys; raises KeyFileError."""
        try:
            found = self._path.stat()
        except OSError:
            return load_keys(self._path)  # it says exactly what is wrong
        seen = (found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_size)
        if self._read is None or self._read[0] != seen:
            self._read = (seen, load_keys(self._path))
        return self._read[1]


@cache
def _provider_of(path: Path) -> FileKeyProvider:
    return FileKeyProvider(path)


def provider() -> KeyProvider:
    """Return the provider of the key file that the setting FAIRLEAD_KEY_FILE names."""
    return _provider_of(settings.FAIRLEAD_KEY_FILE)


def load_keys(path: Path) -> Keys:
    """Read the key file at `path`.

    Raises KeyFileError when it is missing, cannot be read, can be read by others, is damaged, or holds a key
    of the wrong length. Nothing is ever written here.
    """
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if mode & _OTHERS:
                raise KeyFileError(
                    f"Other accounts on this machine can read the key file {path}.",
                    f"Run: chmod 400 '{path}'",
                )
            content = file.read()
    except FileNotFoundError:
        raise KeyFileError(
            f"The key file {path} is not there.",
            "Put it back from its backup, or set FAIRLEAD_KEY_FILE to where it is. "
            "Without it nothing private can be read.",
        ) from None
    except OSError as error:
        raise KeyFileError(
            f"The key file {path} cannot be read ({error.strerror}).",
            "Let the account that runs Fairlead read it, and nobody else.",
        ) from None
    return _parse(path, content)


def _parse(path: Path, content: bytes) -> Keys:
    try:
        found = json.loads(content)
    except ValueError:
        # `from None`: the parser's error carries the file's text, and the text is keys.
        raise _damaged(path, "it is not JSON") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise _damaged(path, f"it does not say that its format is {FORMAT}")
    wrapping, current = found.get("keys"), found.get("current")
    if not isinstance(wrapping, dict) or not all(version.isdecimal() for version in wrapping):
        raise _damaged(path, "its versions are not numbers")
    keys = {int(version): _key(path, f"key {version}", text) for version, text in wrapping.items()}
    if type(current) is not int or current not in keys:
        raise _damaged(path, "its current version is not among its keys")
    return Keys(
        current=current,
        wrapping=MappingProxyType(keys),
        index=_key(path, "the index key", found.get("index")),
        sessions=_key(path, "the session key", found.get("sessions"), length=SESSION_BYTES),
    )


def _key(path: Path, name: str, text: object, *, length: int = KEY_BYTES) -> bytes:
    try:
        key = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except ValueError:
        key = b""
    if len(key) != length:
        raise _damaged(path, f"{name} is not {length} bytes long")
    return key


def _damaged(path: Path, what: str) -> KeyFileError:
    return KeyFileError(
        f"The key file {path} is damaged: {what}.", "Put it back from its backup; nothing was changed."
    )


def create_key_file(path: Path) -> Keys:
    """Make a new key file at `path` (mode 0400, on disk before this returns) and return its keys.

    The file appears whole or not at all. Raises KeyFileError when something is already there, which is left
    as it is, or when it cannot be written.
    """
    content = {
        "format": FORMAT,
        "current": 1,
        "keys": {"1": _text(secrets.token_bytes(KEY_BYTES))},
        "index": _text(secrets.token_bytes(KEY_BYTES)),
        "sessions": _text(secrets.token_bytes(SESSION_BYTES)),
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _new_file_beside(path, content) as new:
            _put_in_place(new, path)
    except OSError as error:
        raise _not_written(path, error) from None
    return load_keys(path)


def _put_in_place(new: Path, path: Path) -> None:
    try:
        # A link refuses to replace what is there, where a rename would do it silently.
        os.link(new, path)
    except FileExistsError:
        raise KeyFileError(
            f"There is already something at {path}, and it was left as it is.",
            "Use it, or name another place with FAIRLEAD_KEY_FILE.",
        ) from None


def add_key_version(path: Path) -> Keys:
    """Add a new wrapping key to the file at `path`, make it the current one, and return the keys.

    The older keys stay, so whatever they wrap can still be read. The file is replaced in one step; two
    processes that do this at once are served one after the other. Raises KeyFileError.
    """
    try:
        with _alone_in(path.parent):
            keys = load_keys(path)
            version = max(keys.wrapping) + 1
            wrapping = {**keys.wrapping, version: secrets.token_bytes(KEY_BYTES)}
            content = {
                "format": FORMAT,
                "current": version,
                "keys": {str(number): _text(key) for number, key in wrapping.items()},
                "index": _text(keys.index),
                "sessions": _text(keys.sessions),
            }
            with _new_file_beside(path, content) as new:
                new.replace(path)
    except OSError as error:
        raise _not_written(path, error) from None
    return load_keys(path)


def _not_written(path: Path, error: OSError) -> KeyFileError:
    return KeyFileError(
        f"The key file {path} could not be written ({error.strerror}).",
        "Let the account that runs Fairlead write to its folder, or name another with FAIRLEAD_KEY_FILE.",
    )


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode("ascii")


@contextmanager
def _new_file_beside(path: Path, content: Mapping[str, Any]) -> Iterator[Path]:
    """Write `content` to a new file beside `path`, on disk, for the caller to move into place."""
    new = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, _OWNER_MAY_READ)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            json.dump(content, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        yield new
        _sync_folder(path.parent)
    finally:
        with suppress(FileNotFoundError):  # a rename has already taken it
            new.unlink()


def _sync_folder(folder: Path) -> None:
    """A new name is on disk only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; the system frees it when the process ends, however it ends."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
