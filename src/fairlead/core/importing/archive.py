"""A ZIP file that somebody sent, read within limits and never unpacked.

Nothing is written anywhere, so no name can lead out of a folder and no link can be followed; members with
such names are left alone all the same, and said. Sizes are counted while reading, because the sizes that a
ZIP states about itself may be wrong.
"""

import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO, Final

MOST_MEMBERS: Final = 200_000
LARGEST_MEMBER: Final = 128 * 1024 * 1024  # bytes of one day of one channel
LARGEST_WHOLE: Final = 4 * 1024 * 1024 * 1024  # bytes read from one archive
HIGHEST_RATIO: Final = 250  # times its packed size; a chat packs to a tenth or a twentieth
SMALL: Final = 1024 * 1024  # below this, a high ratio does no harm
DEEPEST: Final = 4  # folders in a name
LONGEST_NAME: Final = 400
_LINK: Final = 0o120000
_KIND: Final = 0o170000
_ENCRYPTED: Final = 0x1
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class ArchiveError(ValueError):
    """The archive or a member of it cannot be read; the message says why in a sentence."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read: members, bytes of one member, bytes in all, and the ratio to the packed size."""

    members: int = MOST_MEMBERS
    member: int = LARGEST_MEMBER
    whole: int = LARGEST_WHOLE
    ratio: int = HIGHEST_RATIO


class Archive:
    """A ZIP opened from a binary stream. `left_alone` says which names were not even looked at, and why."""

    def __init__(self, stream: BinaryIO, limits: Limits | None = None) -> None:
        """Read the table of contents. Raises ArchiveError when there is none or it is too long."""
        self.limits = limits or Limits()
        self.read_so_far = 0
        try:
            self._zip = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError, NotImplementedError, EOFError):
            raise ArchiveError(
                "This is not a whole ZIP file. Perhaps the download was cut; fetch the export again."
            ) from None
        infos = self._zip.infolist()
        if len(infos) > self.limits.members:
            raise ArchiveError(
                f"There are {len(infos):,} files in it; at most {self.limits.members:,} are read."
            )
        self._members: dict[str, zipfile.ZipInfo] = {}
        left: dict[str, int] = {}
        for info in infos:
            # In a damaged archive a file can have a name of no letters, which the library would trip over.
            is_folder = info.filename.endswith("/")
            why = "" if is_folder else _unfit(info) if info.filename else "its name is missing"
            if why:
                left[why] = left.get(why, 0) + 1
            elif not is_folder:
                self._members.setdefault(info.filename, info)
        self.left_alone = tuple(f"{count} of its files: {why}." for why, count in left.items())

    def names(self) -> tuple[str, ...]:
        """Return the names of the members that may be read, in the order of the archive."""
        return tuple(self._members)

    def read(self, name: str) -> bytes:
        """Return the bytes of a member. Raises ArchiveError beyond a limit, or when it is damaged or missing."""
        info = self._members.get(name)
        if info is None:
            raise ArchiveError(f"{_shown(name)} is not in the archive.")
        self._allow(info, max(0, info.file_size))
        room = min(self.limits.member, self.limits.whole - self.read_so_far)
        try:
            with self._zip.open(info) as member:
                content = member.read(room + 1)
        except (
            *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
            *(ValueError, NotImplementedError, RuntimeError),
        ):
            raise ArchiveError(f"{_shown(name)} is damaged and was left out.") from None
        self._allow(info, len(content))
        self.read_so_far += len(content)
        return content

    def _allow(self, info: zipfile.ZipInfo, size: int) -> None:
        name = _shown(info.filename)
        if size > self.limits.member:
            raise ArchiveError(
                f"{name} is larger than {self.limits.member // SMALL} MB unpacked and was left out."
            )
        if size > SMALL and size > self.limits.ratio * max(1, info.compress_size):
            raise ArchiveError(
                f"{name} is packed more than {self.limits.ratio} times smaller, as no chat is, and was left out."
            )
        if self.read_so_far + size > self.limits.whole:
            raise ArchiveError("The archive unpacks to more than we read; the rest was left out.")


def _unfit(info: zipfile.ZipInfo) -> str:
    """Return why a member is left alone, or nothing."""
    name = info.filename
    parts = name.split("/")
    if ".." in parts or name.startswith("/") or "\\" in name or ":" in parts[0]:
        return "the name leads out of the archive"
    if len(name) > LONGEST_NAME or len(parts) > DEEPEST + 1:
        return "the name is too long or too deep"
    if (info.external_attr >> 16) & _KIND == _LINK:
        return "it is a link, not a file"
    if info.flag_bits & _ENCRYPTED:
        return "it is locked with a password"
    if info.compress_type not in _METHODS:
        return "it is packed in a way we do not read"
    return ""


def _shown(name: str) -> str:
    return name if len(name) <= 80 else name[:79] + "…"  # noqa: PLR2004 - what fits on a line
