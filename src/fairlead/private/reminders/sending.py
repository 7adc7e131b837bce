"""What leaves: neutral words by mail and chat, and what is noted when an address does not take them."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

from fairlead.foundation.http import NotAllowedError, post_json
from fairlead.people.models import Account
from fairlead.people.reminding import mail_noted, reached

DUE, NOTE = "You have a 1:1 check-in due", "You have a note waiting"
_FOR_GOOD = 500  # SMTP: from here on trying again does not help


def send_mail(account: Account, *, subject: str, idempotency: str) -> None:
    """Send somebody a neutral subject and a link, nothing else.

    A mail server that refuses the address for good is noted, to be shown to this person; anything else is raised, to
    be tried again.
    """
    message = EmailMessage(
        subject=subject,
        body=f"Something is waiting for you in Fairlead:\n{settings.FAIRLEAD_URL}/\n",
        to=[account.email],
        headers={
            "Message-ID": f"<{idempotency.replace(':', '.')}@fairlead>",
            "Auto-Submitted": "auto-generated",
        },
    )
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        if not all(code >= _FOR_GOOD for code, _ in refused.recipients.values()):
            raise
        mail_noted(account, refused=True)
    except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as refused:
        if refused.smtp_code < _FOR_GOOD:
            raise
        mail_noted(account, refused=True)
    else:
        mail_noted(account, refused=False)


def send_chat(account: Account, *, subject: str, idempotency: str) -> None:
    """Write the same neutral words into the chat this person named. Raises NotDeliveredError, to be tried again."""
    chat_url = reached(account).chat_url
    if not chat_url:
        return
    try:
        post_json(
            chat_url,
            {"text": f"{subject}: {settings.FAIRLEAD_URL}/"},
            hosts=settings.FAIRLEAD_CHAT_HOSTS,
            private=settings.FAIRLEAD_PRIVATE_HOSTS,
            idempotency=idempotency,
        )
    except NotAllowedError:
        return  # the organisation no longer allows this server; the settings page says so
