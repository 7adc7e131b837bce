"""Accounts and mailboxes that belong to a task and not to a person."""

import re
from typing import Final

from fairlead.core.deidentify.words import word_list

_TASK: Final = re.compile(
    r"(?:^|[._-])(?:on-?call|teams?|bot|ops|sre|support|admins?|alerts?|notifications?|status)(?:$|[._-])"
)
_MAILBOXES: Final = word_list("mailboxes")


def is_task(account: str) -> bool:
    """Tell whether an account, in lower case, is called after a task: "routing-team", "test-oncall", "deploy_bot"."""
    return _TASK.search(account) is not None


def is_mailbox_of_task(address: str) -> bool:
    """Tell whether an e-mail address, in lower case, is called after a task."""
    local_part = address.partition("@")[0]
    return local_part in _MAILBOXES or is_task(local_part)
