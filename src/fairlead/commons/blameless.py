"""The guard on every write into the commons: it names nobody, and what is published does not tell who it was."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fairlead.commons.harmless.selectors import declared
from fairlead.core.deidentify.examine import examine
from fairlead.core.deidentify.finding import Finding
from fairlead.core.deidentify.keeping import place_id, undecided
from fairlead.core.deidentify.neutral import in_neutral_words, replaces
from fairlead.core.refusal import Missing, Refused
from fairlead.people.selectors import roster

LONGEST = 200_000  # characters of one text; a third of a second of checking, and longer than anybody reads


@dataclass(frozen=True, slots=True)
class Place:
    """One place that tells, or helps to tell, who somebody is: the text it stands in, and what was found."""

    field: str
    finding: Finding

    @property
    def id(self) -> str:
        """Return the id under which somebody decides about this place."""
        return place_id(self.finding)

    @property
    def replaceable(self) -> bool:
        """Tell whether the neutral words can stand in this place as they are."""
        return replaces(self.finding)

    @property
    def words(self) -> str:
        """Say in a sentence or two what was found and what to do about it."""
        found = self.finding
        if not found.instead:
            return f"{found.reason} Leave it out."
        if self.replaceable:
            return f"{found.reason} Write “{found.instead}” instead."
        return f"{found.reason} Say instead: {found.instead}."


class NamesSomebody(Refused):
    """Texts meant for the commons name somebody. `places` holds each place, `neutral` each such text without names."""

    def __init__(self, reason: str, places: tuple[Place, ...], texts: Mapping[str, str]) -> None:
        super().__init__(
            reason,
            missing=tuple(Missing("names_somebody", place.words) for place in places),
            field=places[0].field,
        )
        self.places = places
        self.neutral = {
            field: in_neutral_words(texts[field], [place.finding for place in places if place.field == field])
            for field in {place.field: None for place in places}
        }


class NotYetDecided(Refused):
    """A text to be published holds places that are to be changed or kept first; `places` holds each."""

    def __init__(self, reason: str, places: tuple[Place, ...]) -> None:
        super().__init__(
            reason,
            missing=tuple(Missing("undecided", place.words) for place in places),
            field=places[0].field,
        )
        self.places = places


def places_in(texts: Mapping[str, str], *, zone: str = "") -> tuple[Place, ...]:
    """Return every place in the texts, given by field name, that tells or helps to tell who somebody is.

    `zone` is the incident's IANA zone: with it a clock of another zone counts. Raises Refused for a text that is too
    long to be checked.
    """
    people, harmless = roster(), declared()
    found: list[Place] = []
    for field, text in texts.items():
        if len(text) > LONGEST:
            raise Refused(
                f"This is {len(text):,} characters; at most {LONGEST:,} fit here. Nothing was lost; put the rest "
                "where the raw text is kept.",
                field=field,
            )
        found += (Place(field, one) for one in examine(text, roster=people, declared=harmless, zone=zone))
    return tuple(found)


def refuse_people(**texts: str) -> None:
    """Raise NamesSomebody if any of the texts, given by field name, names somebody, be it of this organisation or not.

    What merely narrows down who it was is left for the day something is published. Raises Refused for a text that is
    too long to be checked.
    """
    _refuse_direct(places_in(texts), texts)


def in_neutral_words_of(text: str) -> str:
    """Return what a machine printed with everybody who is named in it in neutral words.

    Only for what nobody wrote: a person's words are refused, and stay theirs to change.
    """
    direct = [place.finding for place in places_in({"text": text}) if place.finding.level == "direct"]
    return in_neutral_words(text, direct) if direct else text


def refuse_to_publish(texts: Mapping[str, str], *, kept: Mapping[str, str], zone: str) -> None:
    """Raise unless the texts can stand for good: nobody is named, and every other place was changed or kept.

    `kept` holds a reason of `core.deidentify.keeping.KEEP_BECAUSE` for each id of a place. Raises NamesSomebody, then
    NotYetDecided.
    """
    places = places_in(texts, zone=zone)
    _refuse_direct(places, texts)
    left = undecided_in(places, kept)
    if left:
        raise NotYetDecided(
            "Some words may tell who somebody was. Change each of them, or keep it and say why.", left
        )


def undecided_in(places: Iterable[Place], kept: Mapping[str, str]) -> tuple[Place, ...]:
    """Return the places that are still to be changed or kept; the same words in one text stand for each other."""
    places = tuple(places)
    return tuple(
        Place(field, finding)
        for field in {place.field: None for place in places}
        for finding in undecided((place.finding for place in places if place.field == field), kept)
    )


def _refuse_direct(places: tuple[Place, ...], texts: Mapping[str, str]) -> None:
    direct = tuple(place for place in places if place.finding.level == "direct")
    if direct:
        raise NamesSomebody(
            "Everybody can read this, so it names nobody. Nothing was lost; change the words and save again.",
            direct,
            texts,
        )
