"""A folder for one person's eyes: made new, never written over, and honest about what is already in it."""

import errno
import os
from pathlib import Path

_MOST = 99


class FolderError(Exception):
    """Something cannot be written; the text says what, and what to do."""


class FolderTakenError(FolderError):
    """There are files already, and nothing is written over."""


class Folder:
    """A new folder that only its owner can enter, and the files written into it so far, in order."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.written: list[str] = []

    def write(self, name: str, content: bytes) -> None:
        """Write a new file that only its owner can read. Half a file is taken away again. Raises FolderError."""
        target = self.path / name
        try:
            handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise FolderError(_words(error, target)) from None
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            target.unlink(missing_ok=True)
            raise FolderError(_words(error, target)) from None
        except KeyboardInterrupt:
            target.unlink(missing_ok=True)
            raise
        self.written.append(name)


def new_folder(name: str, wanted: Path | None) -> Folder:
    """Make `wanted`, or a folder called `name` here; a taken name gets a number. Raises FolderError.

    A wanted folder may exist when it is empty; with files in it, FolderTakenError.
    """
    if wanted is not None:
        return _wanted(wanted)
    for number in range(1, _MOST + 1):
        path = Path(name if number == 1 else f"{name}-{number}")
        try:
            path.mkdir(mode=0o700)
        except FileExistsError:
            continue
        except OSError as error:
            raise FolderError(_words(error, path.absolute())) from None
        return Folder(path)
    raise FolderTakenError(
        f"There are {_MOST} folders called {name} here already. Choose a place with --out DIR."
    )


def _wanted(path: Path) -> Folder:
    try:
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise FolderTakenError(
                f"{path} has something in it already, and Fairlead writes over nothing. Choose another --out."
            )
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)
    except OSError as error:
        raise FolderError(_words(error, path)) from None
    return Folder(path)


def _words(error: OSError, path: Path) -> str:
    if error.errno == errno.ENOSPC:
        return f"The disk is full, so {path} could not be written. Make room, or choose another place with --out DIR."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"{path} may not be written here. Choose another place with --out DIR."
    return f"{path} could not be written ({error.strerror}). Choose another place with --out DIR."
