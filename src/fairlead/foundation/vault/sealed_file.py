"""A sealed file: encrypted in pieces as it is written, and whole or refused when it is read.

AES-256-GCM over pieces of 1 MiB. The key is made for this one file from the key file or from a passphrase, with a
random salt; the nonce is the number of the piece and whether it is the last, the associated data the file's header.
So a piece that was altered, moved or cut off does not open.
"""

import base64
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from fairlead.foundation.vault.envelope import SealBroken
from fairlead.foundation.vault.keys import KEY_BYTES, Keys

MAGIC = b"fairlead.sealed/1\n"
PIECE = 1024 * 1024
_SALT_BYTES = 32
_TAG_BYTES = 16
_LENGTH_BYTES = 4
_LONGEST_HEADER = 10_000
_SCRYPT_COST = 2**16  # 64 MB and a fifth of a second for each guess
_NUMBER_BYTES = 11


@dataclass(frozen=True, slots=True)
class Opener:
    """What a sealed file is sealed and opened with: the key file, or a passphrase."""

    keys: Keys
    passphrase: str = ""

    def seals_with(self) -> dict[str, str | int]:
        """Return how a new file is sealed, for its header."""
        salt = base64.b64encode(secrets.token_bytes(_SALT_BYTES)).decode()
        if self.passphrase:
            return {"by": "passphrase", "salt": salt, "cost": _SCRYPT_COST}
        return {"by": "key file", "salt": salt, "version": self.keys.current}

    def key_for(self, header: Mapping[str, object]) -> bytes:
        """Return the key of the file with this header. Raises SealBroken."""
        salt = base64.b64decode(str(header.get("salt", "")))
        if header.get("by") == "passphrase":
            if not self.passphrase:
                raise SealBroken("It was sealed with a passphrase. Give its file with --passphrase-file.")
            if header.get("cost") != _SCRYPT_COST:
                raise SealBroken("Its header was altered.")
            made = Scrypt(salt=salt, length=KEY_BYTES, n=_SCRYPT_COST, r=8, p=1)
            return made.derive(self.passphrase.encode())
        version = header.get("version")
        if not isinstance(version, int) or version not in self.keys.wrapping:
            raise SealBroken("The key file here is not the one it was sealed with.")
        derive = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=b"fairlead.sealed/1")
        return derive.derive(self.keys.wrapping[version])


class SealedWriter:
    """Writes a sealed file; only `finish` makes it whole."""

    def __init__(self, file: BinaryIO, opener: Opener, about: Mapping[str, str]) -> None:
        header = {**about, **opener.seals_with()}
        self._header = json.dumps(header, sort_keys=True).encode()
        self._cipher = AESGCM(opener.key_for(header))
        self._file, self._waiting, self._number = file, bytearray(), 0
        file.write(MAGIC + self._header + b"\n")

    def write(self, content: bytes) -> None:
        """Take more content."""
        self._waiting += content
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]

    def finish(self) -> None:
        """Write the last piece."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, piece: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, last=last), piece, self._header)
        self._file.write(len(sealed).to_bytes(_LENGTH_BYTES, "big") + sealed)
        self._number += 1


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(_NUMBER_BYTES, "big") + bytes([last])


def read_header(path: Path) -> dict[str, object]:
    """Return what a sealed file says about itself, before it is proved. Raises SealBroken."""
    with path.open("rb") as file:
        return _header(file)[0]


def _header(file: BinaryIO) -> tuple[dict[str, object], bytes]:
    if file.read(len(MAGIC)) != MAGIC:
        raise SealBroken("This is not a backup of Fairlead.")
    line = file.readline(_LONGEST_HEADER).rstrip(b"\n")
    try:
        header = json.loads(line)
    except ValueError:
        header = None
    if not isinstance(header, dict):
        raise SealBroken("Its header is damaged.")
    return header, line


def open_sealed(path: Path, opener: Opener) -> Iterator[bytes]:
    """Yield the content of a sealed file, each piece proved. Raises SealBroken, also where the end is missing."""
    with path.open("rb") as file:
        header, line = _header(file)
        try:
            cipher = AESGCM(opener.key_for(header))
        except ValueError:
            raise SealBroken("Its header is damaged.") from None
        number, last = 0, False
        while not last:
            length = int.from_bytes(file.read(_LENGTH_BYTES), "big")
            sealed = file.read(length) if 0 < length <= PIECE + _TAG_BYTES else b""
            piece, last = _opened(cipher, sealed, number, line)
            number += 1
            yield piece
        if file.read(1):
            raise SealBroken("There is something behind its end.")


def _opened(cipher: AESGCM, sealed: bytes, number: int, header: bytes) -> tuple[bytes, bool]:
    for last in (False, True):
        try:
            return cipher.decrypt(_nonce(number, last=last), sealed, header), last
        except InvalidTag:
            continue
    raise SealBroken(
        "It does not open: it was altered or cut off, or it was sealed with another key or passphrase."
    )
