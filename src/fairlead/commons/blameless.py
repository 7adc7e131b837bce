"""The guard on every write into the commons: nobody is named in it."""

from fairlead.core.deidentify.roster import find_people
from fairlead.core.refusal import Missing, Refused
from fairlead.people.selectors import roster


class NamesSomebody(Refused):
    """A text meant for the commons names somebody. `missing` holds one sentence for each place."""


def refuse_people(**texts: str) -> None:
    """Raise NamesSomebody if any of the texts, given by field name, names somebody of this organisation."""
    people = roster()
    for field, text in texts.items():
        found = find_people(text, people)
        if found:
            raise NamesSomebody(
                "Everybody can read this, so it names nobody. Nothing was lost; change the words and save again.",
                missing=tuple(Missing("names_somebody", one.reason) for one in found),
                field=field,
            )
