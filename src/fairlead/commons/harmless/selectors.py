"""Reading what the organisation has declared to name nobody. Everybody who is signed in may."""

from fairlead.commons.harmless.models import HarmlessWord
from fairlead.core.deidentify.declared import Declared
from fairlead.core.visibility import Actor
from fairlead.people.selectors import holders_of_roles

_Kind = HarmlessWord.Kind


def harmless_words(actor: Actor) -> list[HarmlessWord]:
    """Return everything declared, kind by kind."""
    return list(HarmlessWord.objects.all())


def harmless_get(actor: Actor, word_id: object) -> HarmlessWord | None:
    """Return one declared word, or None."""
    return HarmlessWord.objects.filter(pk=word_id).first()


def declared() -> Declared:
    """Return what the check of a text leaves alone. A number that somebody declared outweighs the roster's."""
    found: dict[str, list[HarmlessWord]] = {kind: [] for kind in _Kind.values}
    for word in HarmlessWord.objects.all():
        found[word.kind].append(word)

    def words(kind: str) -> tuple[str, ...]:
        return tuple(one.words for one in found[kind])

    said = {one.words.lower(): one.holders or 0 for one in found[_Kind.ROLE]}
    return Declared(
        words=words(_Kind.WORD),
        hosts=words(_Kind.HOST),
        networks=words(_Kind.NETWORK),
        mailboxes=words(_Kind.MAILBOX),
        roles=tuple(sorted((holders_of_roles() | said).items())),
    )
