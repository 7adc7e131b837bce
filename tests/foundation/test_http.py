"""The only way out: allowed hosts, an address that was looked at, no redirects, nothing read back."""

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Self

import pytest

from fairlead.foundation.http import NotAllowedError, NotDeliveredError, get, host_of, post_json

HOSTS = ["hooks.example.com", "*.chat.example"]


class Receiver:
    """A real server on this machine that remembers what it was sent."""

    def __init__(self, status: int = 200, **headers: str) -> None:
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((self.path, dict(self.headers), body))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()

            def do_GET(self) -> None:
                receiver.got.append((self.path, dict(self.headers), b""))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(receiver.says)

            def log_message(self, *_: object) -> None:
                pass

        self.says = b"{}"
        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


def send(url: str, **changed: object) -> None:
    given = {"hosts": ["127.0.0.1", "localhost"], "private": True, "idempotency": "row-1"}
    post_json(url, {"text": "You have a note waiting"}, **{**given, **changed})


def test_an_allowed_server_gets_the_body_its_own_name_and_the_key_of_the_work(socket_enabled):
    with Receiver() as receiver:
        send(f"http://localhost:{receiver.port}/services/T1/B2?x=1")
    [(path, headers, body)] = receiver.got
    assert path == "/services/T1/B2?x=1"
    assert headers["Host"] == f"localhost:{receiver.port}"
    assert headers["Idempotency-Key"] == "row-1"
    assert json.loads(body) == {"text": "You have a note waiting"}


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(socket_enabled, status):
    with (
        Receiver() as elsewhere,
        Receiver(status, Location=f"http://127.0.0.1:{elsewhere.port}/") as receiver,
    ):
        with pytest.raises(NotDeliveredError) as refused:
            send(f"http://127.0.0.1:{receiver.port}/")
        assert refused.value.status == status
    assert elsewhere.got == []


@pytest.mark.parametrize("status", [404, 410, 500])
def test_an_answer_that_is_no_success_is_told(socket_enabled, status):
    with Receiver(status) as receiver, pytest.raises(NotDeliveredError) as refused:
        send(f"http://127.0.0.1:{receiver.port}/")
    assert refused.value.status == status


def test_a_server_that_is_not_there_is_told(socket_enabled):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NotDeliveredError) as refused:
        send(f"http://127.0.0.1:{port}/")
    assert refused.value.status == 0


def test_the_proxy_of_the_environment_is_not_used(socket_enabled, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with Receiver() as receiver:
        send(f"http://127.0.0.1:{receiver.port}/")
    assert len(receiver.got) == 1


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example.com/hook",
        "https://hooks.example.com.evil.example/hook",
        "https://chat.example/hook",
        "http://hooks.example.com/hook",
        "ftp://hooks.example.com/hook",
        "https://somebody:secret@hooks.example.com/hook",
        "https://hooks.example.com@evil.example/hook",
        "https://hooks.example.com:99999/hook",
        "https:///hook",
        "https://[::1",
        "no address at all",
        "",
    ],
)
def test_nothing_else_is_an_address_to_send_to(url):
    with pytest.raises(NotAllowedError) as refused:
        host_of(url, hosts=HOSTS, private=False)
    assert "hook" not in str(refused.value)


def test_a_host_is_allowed_by_its_whole_name_or_by_what_it_stands_below():
    assert host_of("https://HOOKS.example.com/x", hosts=HOSTS, private=False) == "hooks.example.com"
    assert host_of("https://a.b.chat.example./x", hosts=HOSTS, private=False) == "a.b.chat.example"
    assert host_of("http://hooks.example.com/x", hosts=HOSTS, private=True) == "hooks.example.com"


# What names are made to lead to: the inside of a network, in every spelling.
INSIDE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.9",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 - an address, not a place to listen on
    "224.0.0.1",
    "::1",
    "fe80::1%eth0",
    "fc00::1",
    "::ffff:127.0.0.1",
    "2002:7f00:0001::",
    "64:ff9b:1::1",
    "64:ff9b::7f00:1",
    "64:ff9b::a01:203",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
]
OPEN = ["93.184.215.14", "2606:2800:220:1::1", "64:ff9b::5db8:d70e", "2002:5db8:d70e::1"]


def resolving_to(*addresses: str):
    def getaddrinfo(host, port, *_, **__):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    return getaddrinfo


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_is_refused_before_anything_is_sent(monkeypatch, address):
    monkeypatch.setattr(socket, "getaddrinfo", resolving_to(address))
    with pytest.raises(NotAllowedError, match="inside a network"):
        send("https://hooks.example.com/x", hosts=HOSTS, private=False)


@pytest.mark.parametrize("address", OPEN)
def test_an_address_of_the_open_network_is_not_refused(monkeypatch, address):
    """The test has no network, so that the attempt itself shows that the look was passed."""
    monkeypatch.setattr(socket, "getaddrinfo", resolving_to(address))
    with pytest.raises(Exception, match=r"socket|reached") as refused:
        send("https://hooks.example.com/x", hosts=HOSTS, private=False)
    assert not isinstance(refused.value, NotAllowedError)


def test_one_address_inside_among_public_ones_is_enough_to_refuse(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", resolving_to("93.184.215.14", "127.0.0.1"))
    with pytest.raises(NotAllowedError):
        send("https://hooks.example.com/x", hosts=HOSTS, private=False)


def test_a_name_is_looked_up_once_and_the_connection_goes_to_that_address(socket_enabled, monkeypatch):
    """A name that leads to another address at the second look (rebinding) is never asked a second time."""
    real, asked = socket.getaddrinfo, []

    def getaddrinfo(host, port, *args, **kwargs):
        asked.append(host)
        return real("127.0.0.1" if asked.count("moving.test") == 1 else "127.0.0.2", port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    with Receiver() as receiver:
        send(f"http://moving.test:{receiver.port}/", hosts=["moving.test"])
    assert asked.count("moving.test") == 1
    assert receiver.got[0][1]["Host"] == f"moving.test:{receiver.port}"


def test_a_name_that_leads_nowhere_is_tried_again_later(monkeypatch):
    def getaddrinfo(*_, **__):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    with pytest.raises(NotDeliveredError):
        send("https://hooks.example.com/x", hosts=HOSTS, private=False)


def ask(url: str, **changed: object):
    return get(url, **{"hosts": ["127.0.0.1"], "private": True, "headers": {"X-Key": "k"}, **changed})


def test_an_answer_is_read_with_its_headers_and_a_redirect_is_one(socket_enabled):
    with Receiver(301, Location="http://127.0.0.1:1/") as receiver:
        answer = ask(f"http://127.0.0.1:{receiver.port}/x")
    assert (answer.status, answer.headers["location"], answer.body) == (301, "http://127.0.0.1:1/", b"{}")
    [(path, headers, _)] = receiver.got
    assert (path, headers["X-Key"], headers["Accept-Encoding"]) == ("/x", "k", "identity")


def test_an_answer_that_is_too_long_is_none(socket_enabled):
    with Receiver() as receiver:
        receiver.says = b"x" * (1024 * 1024 + 1)
        with pytest.raises(NotDeliveredError):
            ask(f"http://127.0.0.1:{receiver.port}/")
        receiver.says = b"x" * 1024 * 1024
        assert len(ask(f"http://127.0.0.1:{receiver.port}/").body) == 1024 * 1024


def test_an_inside_address_is_not_asked_unless_it_may_be(socket_enabled):
    with Receiver() as receiver, pytest.raises(NotAllowedError):
        ask(f"http://127.0.0.1:{receiver.port}/", private=False)
    assert receiver.got == []
