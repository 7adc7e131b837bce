"""Addresses as numbers. `ipaddress` takes twenty times as long, and a full table has a million of them."""

from socket import AF_INET, AF_INET6, inet_ntop, inet_pton

from fairlead.core.routing.values import Family, SnapshotError

_MAPPED = bytes(10) + b"\xff\xff"  # ::ffff:0:0/96, an IPv4 address written as IPv6
_SOCKET = {Family.IPV4: AF_INET, Family.IPV6: AF_INET6}


def family_of(text: str) -> Family:
    """Say which family an address or prefix is written in."""
    return Family.IPV6 if ":" in text else Family.IPV4


def packed(text: str) -> bytes:
    """Return an address as bytes; an IPv4 address in IPv6 clothes comes back as IPv4. Raises SnapshotError."""
    try:
        data = inet_pton(_SOCKET[family_of(text)], text)
    except (OSError, ValueError):
        raise SnapshotError(f"“{text}” is not an address.") from None
    return data[12:] if len(data) > 4 and data.startswith(_MAPPED) else data  # noqa: PLR2004


def prefix(text: str, family: Family) -> tuple[int, int]:
    """Return a prefix as its first address and its length. Raises SnapshotError."""
    address, slash, length = text.partition("/")
    try:
        number = int.from_bytes(inet_pton(_SOCKET[family], address))
    except (OSError, ValueError):
        other = "IPv4" if family is Family.IPV6 else "IPv6"
        hint = f" This is the table for {family.value}; is it {other}?" if family_of(text) != family else ""
        raise SnapshotError(f"“{text}” is not a prefix.{hint}") from None
    if not slash or not (length.isascii() and length.isdigit()) or not 0 <= int(length) <= family.bits:
        raise SnapshotError(f"“{text}” has no prefix length between 0 and {family.bits}.")
    size = int(length)
    if number & ((1 << (family.bits - size)) - 1):
        raise SnapshotError(f"“{text}” names an address inside the prefix, not the prefix.")
    return number, size


def text_of(number: int, family: Family) -> str:
    """Return an address as it is written."""
    return inet_ntop(_SOCKET[family], number.to_bytes(family.bits // 8))


def is_link_local(data: bytes) -> bool:
    """Say whether an address has a meaning on one link only: fe80::/10, 169.254.0.0/16."""
    return data[:2] == b"\xa9\xfe" if len(data) == 4 else data[0] == 0xFE and data[1] & 0xC0 == 0x80  # noqa: PLR2004
