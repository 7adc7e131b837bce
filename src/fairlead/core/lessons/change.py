"""A change as lessons look at it: what was added and removed, where, and inside which block."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One changed line: its number on its own side (from 1), its text, and the headers of the blocks around it.

    Headers go from the outermost inwards, as they were written.
    """

    number: int
    text: str
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileChange:
    """What was changed in one file. `path` is the new path, `old_path` another one when it was renamed.

    `heading` are the texts a diff puts after its line numbers: the function or block a part belongs to.
    """

    path: str
    old_path: str = ""
    added: tuple[Line, ...] = ()
    removed: tuple[Line, ...] = ()
    headings: tuple[str, ...] = ()
    is_binary: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every changed line, the added ones first."""
        return (*self.added, *self.removed)

    @property
    def paths(self) -> tuple[str, ...]:
        """The path, and the old one after a renaming."""
        return (self.path, self.old_path) if self.old_path else (self.path,)


@dataclass(frozen=True, slots=True)
class Change:
    """A whole change: its files, what it says about itself in words, and the services and device roles it names.

    `is_cut` says that there was more of it than was read.
    """

    files: tuple[FileChange, ...] = ()
    words: str = ""
    services: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    is_cut: bool = False
