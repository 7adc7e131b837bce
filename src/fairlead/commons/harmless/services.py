"""Declaring what names nobody."""

import uuid
from ipaddress import ip_network

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from fairlead.commons.harmless.models import HarmlessWord
from fairlead.commons.writing import refuse_readers
from fairlead.core.deidentify.roster import find_people
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Actor
from fairlead.foundation.audit.log import append
from fairlead.foundation.outbox.queue import put
from fairlead.people.selectors import roster

_Kind = HarmlessWord.Kind


def harmless_declare(
    actor: Actor, *, word_id: uuid.UUID, kind: str, words: str, holders: int | None = None
) -> HarmlessWord:
    """Declare something harmless for every text of the organisation. The same id or the same words twice is one.

    Raises Refused for somebody who may not write, for words that name somebody of the organisation, and for what is
    not of its kind.
    """
    refuse_readers(actor)
    words = " ".join(words.split())
    _refuse_wrong(kind, words, holders)
    with transaction.atomic():
        earlier = HarmlessWord.objects.filter(kind=kind, words__iexact=words).first()
        if earlier is not None and earlier.holders == holders:
            return earlier
        if earlier is not None:
            earlier.holders = holders
            earlier.save(update_fields=["holders"])
            declared = earlier
        else:
            declared = _made(word_id, kind, words, holders)
        _tell(actor, declared, "harmless.declared")
    return declared


def harmless_withdraw(actor: Actor, *, word: HarmlessWord) -> None:
    """Take a declaration back; texts that stand already stay as they are. Raises Refused for who may not write."""
    refuse_readers(actor)
    with transaction.atomic():
        _tell(actor, word, "harmless.withdrawn")
        word.delete()


def _made(word_id: uuid.UUID, kind: str, words: str, holders: int | None) -> HarmlessWord:
    try:
        with transaction.atomic():
            return HarmlessWord.objects.create(pk=word_id, kind=kind, words=words, holders=holders)
    except IntegrityError:
        raise Refused("This was declared in another tab just now. Open the page again.") from None


def _refuse_wrong(kind: str, words: str, holders: int | None) -> None:
    if kind not in _Kind.values or not words:
        raise Refused("Say what it is, and the words themselves.", field="words")
    if _is_somebody(kind, words):
        raise Refused("This names somebody of this organisation, so it cannot be declared.", field="words")
    if (kind == _Kind.ROLE) != (holders is not None):
        raise Refused("A role needs the number of people who hold it; nothing else has one.", field="holders")
    if kind == _Kind.NETWORK and not _is_network(words):
        raise Refused("Write a network such as 10.0.0.0/8, or one address.", field="words")
    if kind == _Kind.MAILBOX and not _is_mailbox(words):
        raise Refused("Write the whole address, such as noc@example.org.", field="words")


def _is_somebody(kind: str, words: str) -> bool:
    """Tell whether words name somebody here. A mailbox is an e-mail address in any case; it must not be somebody's."""
    people = roster()
    if kind == _Kind.MAILBOX:
        return any(person.email.lower() == words.lower() for person in people)
    return bool(find_people(words, people))


def _is_network(words: str) -> bool:
    try:
        ip_network(words, strict=False)
    except ValueError:
        return False
    return True


def _is_mailbox(words: str) -> bool:
    try:
        validate_email(words)
    except ValidationError:
        return False
    return True


def _tell(actor: Actor, word: HarmlessWord, action: str) -> None:
    append(
        actor=actor.mark,
        action=action,
        subject_type="harmless_word",
        subject=word.pk,
        outcome="done",
        detail={"kind": word.kind},
    )
    put("commons_changed", what=action, word=word.pk)
