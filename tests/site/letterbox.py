"""A mail server of the test's own: it takes letters in a real SMTP conversation and keeps them."""

import socket
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


class Letterbox:
    """The letters that came, each with its receivers; `before` is called with each before it is taken."""

    def __init__(self, before=None):
        self.letters, self.port, self._before = [], 0, before or (lambda: None)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the name is aiosmtpd's own
        self._before()
        self.letters.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 taken"


@contextmanager
def open_letterbox(before=None):
    box = Letterbox(before)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        box.port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
