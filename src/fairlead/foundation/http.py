"""The only way out: a request to another server, to an allowed host, at an address that was looked at first.

A name is resolved once and the connection goes to that very address, so that a name cannot point elsewhere between the
look and the use. Addresses inside (private, loopback, link-local) are refused unless a setting allows them.
Redirects are not followed and proxies of the environment are not used. What is sent out is answered by a status alone;
what is asked for is read up to a limit of length and of time.
"""

import ipaddress
import socket
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import httpx

_SECONDS = 10
_WHOLE_SECONDS = 20  # for an answer that trickles in
_LONGEST = 1024 * 1024
_PIECE = 16 * 1024
_PORTS = {"https": 443, "http": 80}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address stands in its last four bytes
_NAT64_INSIDE = ipaddress.ip_network("64:ff9b:1::/48")  # RFC 8215: for use inside a network


class NotAllowedError(ValueError):
    """An address that nothing is sent to; the message says why, and never repeats the address: it may be a secret."""


class NotDeliveredError(RuntimeError):
    """The other server did not take it; `status` is what it answered, or 0 when it could not be reached."""

    def __init__(self, status: int) -> None:
        super().__init__(
            f"The other server answered {status}." if status else "The server could not be reached."
        )
        self.status = status


def host_of(url: str, *, hosts: Collection[str], private: bool) -> str:
    """Return the host of an address that may be used, by name alone. Raises NotAllowedError.

    `hosts` are allowed names; one that begins with `*.` allows everything below it. `private` also lets plain http
    pass, for a server inside.
    """
    try:
        parts = urlsplit(url)
        host, _ = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise NotAllowedError("This is not an address.") from None
    if parts.scheme != "https" and not (private and parts.scheme == "http"):
        raise NotAllowedError("Only addresses that begin with https:// are used.")
    if parts.username is not None or parts.password is not None:
        raise NotAllowedError("An address with a name or a password in it is not used.")
    if not host or not any(fnmatchcase(host, pattern.lower()) for pattern in hosts):
        raise NotAllowedError("This server is not among those this organisation allows.")
    return host


def post_json(
    url: str, body: Mapping[str, object], *, hosts: Collection[str], private: bool, idempotency: str
) -> None:
    """Send a JSON body to an allowed server.

    `idempotency` goes along as `Idempotency-Key`, for a receiver that sees it twice. Raises NotAllowedError, and
    NotDeliveredError for any answer but a success, redirects among them.
    """
    headers = {"Idempotency-Key": idempotency}
    with _answer("POST", url, hosts=hosts, private=private, headers=headers, json=dict(body)) as answer:
        status, is_success = answer.status_code, answer.is_success
    if not is_success:
        raise NotDeliveredError(status)


@dataclass(frozen=True, slots=True)
class Answer:
    """What another server answered; header names are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def get(url: str, *, hosts: Collection[str], private: bool, headers: Mapping[str, str]) -> Answer:
    """Ask an allowed server for something. Any answer is one, redirects among them, which are not followed.

    Raises NotAllowedError, and NotDeliveredError when there was none, or it was too long or took too long.
    """
    give_up = time.monotonic() + _WHOLE_SECONDS
    asked = {**headers, "Accept-Encoding": "identity"}  # what is packed small may unpack to anything
    with _answer("GET", url, hosts=hosts, private=private, headers=asked) as answer:
        body = bytearray()
        for piece in answer.iter_raw(_PIECE):
            body += piece
            if len(body) > _LONGEST or time.monotonic() > give_up:
                raise NotDeliveredError(0)
        return Answer(answer.status_code, {k.lower(): v for k, v in answer.headers.items()}, bytes(body))


@contextmanager
def _answer(
    method: str,
    url: str,
    *,
    hosts: Collection[str],
    private: bool,
    headers: Mapping[str, str],
    json: Mapping[str, object] | None = None,
) -> "Iterator[httpx.Response]":
    """Send a request to the very address that was looked at. Raises NotAllowedError and NotDeliveredError."""
    import httpx  # noqa: PLC0415 - a server that sends nothing out does without it

    host = host_of(url, hosts=hosts, private=private)
    parts = urlsplit(url)
    port = parts.port or _PORTS[parts.scheme]
    address = _address_of(host, port, private=private)
    there = httpx.URL(url).copy_with(host=address, port=port)
    sent = {**headers, "Host": parts.netloc, "User-Agent": "Fairlead"}
    try:
        with (
            httpx.Client(timeout=_SECONDS, follow_redirects=False, trust_env=False) as client,
            client.stream(
                method, there, json=json, headers=sent, extensions={"sni_hostname": host}
            ) as answer,
        ):
            yield answer
    except httpx.HTTPError:
        raise NotDeliveredError(0) from None


def _address_of(host: str, port: int, *, private: bool) -> str:
    """Return the address a name stands for now; every one it has must be allowed, so that none can slip in."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise NotDeliveredError(0) from None
    addresses = [str(entry[4][0]) for entry in found]
    if not private and not all(_is_public(address) for address in addresses):
        raise NotAllowedError("This name leads to an address inside a network, where nothing is sent.")
    return addresses[0]


def _is_public(address: str) -> bool:
    """Tell whether an address is one of the open network, and what it carries inside itself too (NAT64, 6to4)."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed in _NAT64_INSIDE or parsed.teredo is not None:
            return False
        carried = parsed.ipv4_mapped or parsed.sixtofour
        if parsed in _NAT64:
            carried = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if carried is not None:
            return carried.is_global and not carried.is_multicast
    return parsed.is_global and not parsed.is_multicast
