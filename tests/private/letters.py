"""A real mail server for tests: it takes letters, or refuses somebody's."""

import socket
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


class Letterbox:
    """What arrived; `refuses` maps an address to the answer it gets instead."""

    def __init__(self):
        self.letters, self.refuses = [], {}
        self.refuses_words, self.sent_back = {}, []  # what is refused only after the letter was read

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's own name
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        refused = [answer for to, answer in self.refuses_words.items() if to in envelope.rcpt_tos]
        if refused:
            self.sent_back.append(
                (envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default))
            )
            return refused[0]
        self.letters.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 taken"

    def to(self, account):
        return [letter for to, letter in self.letters if to == [account.email]]


def open_letterbox(settings):
    """Start a mail server and point the settings at it; returns it and what stops it."""
    box = Letterbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    return box, controller.stop
