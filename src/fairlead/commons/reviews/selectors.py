"""Reading reviews: a published one is everybody's, a draft is for people who work in a team."""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from fairlead.commons.blameless import Place, places_in
from fairlead.commons.improvements.models import Improvement
from fairlead.commons.improvements.selectors import improvements_of
from fairlead.commons.incidents.models import Incident
from fairlead.commons.reviews.gathering import facts_of
from fairlead.commons.reviews.models import Anniversary, Publication, Review, SectionVersion, TemplateVersion
from fairlead.core.improvements import Standing
from fairlead.core.refusal import Missing
from fairlead.core.review.anniversary import years_words
from fairlead.core.review.document import Document, Written, assemble
from fairlead.core.review.facts import Facts
from fairlead.core.review.parts import day_words, part
from fairlead.core.review.publishing import missing_to_publish
from fairlead.core.review.template import DEFAULT, Section, from_data
from fairlead.core.visibility import Actor, may_write_commons
from fairlead.foundation.search.kinds import Piece

_COMES_BACK_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SectionDraft:
    """One section of a draft: its words with their version and the earlier ones, and what the incident says in it."""

    section: Section
    words: str
    version: int
    earlier: tuple[str, ...]
    part: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with everything that decides whether it may be published."""

    incident: Incident
    sections: tuple[SectionDraft, ...]
    facts: Facts
    published: Publication | None

    def words(self) -> dict[str, str]:
        """Return what people wrote, by section."""
        return {one.section.key: one.words for one in self.sections if one.words.strip()}

    def template(self) -> tuple[Section, ...]:
        """Return the sections in their order."""
        return tuple(one.section for one in self.sections)

    def missing(self) -> tuple[Missing, ...]:
        """Return what is missing before it may be published."""
        return missing_to_publish(self.template(), self.words(), self.facts)

    def seen(self) -> str:
        """Return a mark of the review as it stands, so that nobody publishes what they have not looked at."""
        told = json.dumps(as_data(self.document("")))
        return sha256(told.encode()).hexdigest()[:32]

    def document(self, line: str) -> Document:
        """Return the review as it would read."""
        return assemble(self.template(), self.words(), self.facts, line=line)

    def texts(self) -> dict[str, str]:
        """Return every text in it that people wrote, by where it can be changed: a section, or a part and a number."""
        found = {f"section:{key}": words for key, words in self.words().items()}
        for number, (where, text) in enumerate(self.facts.texts()):
            if text.strip():
                found[f"{where}:{number}"] = text
        return found

    def places(self) -> tuple[Place, ...]:
        """Return every place in it that tells, or may tell, who somebody was."""
        return places_in(self.texts(), zone=self.incident.zone)


def template_now() -> tuple[int, tuple[Section, ...]]:
    """Return the number and the sections of the template in force; 0 is the one Fairlead comes with."""
    newest = TemplateVersion.objects.first()
    return (0, DEFAULT) if newest is None else (newest.number, from_data(newest.sections))


def template_history(actor: Actor) -> list[tuple[int, tuple[Section, ...]]]:
    """Return the earlier templates, newest first."""
    earlier = [(one.number, from_data(one.sections)) for one in TemplateVersion.objects.all()]
    return [*earlier, (0, DEFAULT)][1:]


def draft_of(actor: Actor, incident: Incident) -> Draft | None:
    """Return the draft of an incident's review, also before anybody wrote; None for who does not work in a team."""
    if not may_write_commons(actor).allowed:
        return None
    review = Review.objects.filter(incident=incident).first()
    facts = facts_of(actor, incident)
    versions: dict[str, list[SectionVersion]] = {}
    for version in review.versions.all() if review else ():
        versions.setdefault(version.key, []).append(version)
    _, template = template_now()
    known = {section.key for section in template}
    orphans = tuple(Section(key, "No longer in the template") for key in versions if key not in known)
    return Draft(
        incident,
        tuple(_section(one, versions.get(one.key, []), facts) for one in (*template, *orphans)),
        facts,
        publication_of(actor, incident),
    )


def _section(section: Section, versions: list[SectionVersion], facts: Facts) -> SectionDraft:
    newest = versions[0] if versions else None
    return SectionDraft(
        section,
        newest.words if newest else "",
        newest.number if newest else 0,
        tuple(one.words for one in versions[1:]),
        part(section.source, facts),
    )


def publication_of(actor: Actor, incident: Incident, number: int | None = None) -> Publication | None:
    """Return the review as it was published last, or under a number; None when it was not."""
    published = Publication.objects.filter(review__incident=incident)
    return published.first() if number is None else published.filter(number=number).first()


def published_on(actor: Actor, incident: Incident) -> date | None:
    """Return the day on which the review was published last, without reading it; None when it was not."""
    return (
        Publication.objects.filter(review__incident=incident).values_list("published_on", flat=True).first()
    )


def publications_of(actor: Actor, incident: Incident) -> list[Publication]:
    """Return every publication of a review without its words, newest first."""
    return list(
        Publication.objects.filter(review__incident=incident).only("number", "published_on", "review")
    )


def review_pieces(incident_ids: Sequence[uuid.UUID]) -> Iterable[Piece]:
    """Return the reviews of these incidents as they were last published, for search; a draft is nobody's to find."""
    found = Publication.objects.filter(review__incident__in=incident_ids).select_related("review")
    last = {one.review_id: one for one in found.order_by("number")}
    for review_id, one in last.items():
        words = "\n\n".join(section["markdown"] for section in one.sections)
        yield Piece(review_id, one.review.incident_id, f"Review: {one.title}"[:200], words)


def as_data(document: Document) -> list[dict[str, str]]:
    """Return the sections of a document as values that JSON can hold."""
    return [{"key": one.key, "title": one.title, "markdown": one.markdown} for one in document.sections]


def document_of(publication: Publication) -> Document:
    """Return a published review as it is read."""
    return Document(
        publication.title,
        published_line(publication.published_on, publication.number),
        tuple(Written(one["key"], one["title"], one["markdown"]) for one in publication.sections),
    )


def published_line(day: date, number: int) -> str:
    """Return the line under the title."""
    again = "" if number == 1 else f", for the {_ordinal(number)} time"
    return f"Review of an incident, published on {day_words(day)}{again}"


def _ordinal(number: int) -> str:
    teens = {11, 12, 13}
    ending = "th" if number % 100 in teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


@dataclass(frozen=True, slots=True)
class ComeBack:
    """An incident whose day has come round, with what came of its improvements."""

    ago: str
    incident: Incident
    improvements: tuple[tuple[Improvement, Standing], ...]


def come_back(actor: Actor, *, today: date) -> list[ComeBack]:
    """Return the incidents whose anniversary was in the last week, for somebody who works in a team."""
    if not may_write_commons(actor).allowed:
        return []
    lately = Anniversary.objects.filter(day__range=(today - _COMES_BACK_FOR, today))
    return [
        ComeBack(
            _ago(one, today),
            one.review.incident,
            tuple(
                (improvement, improvement.standing(today))
                for improvement in improvements_of(actor, one.review.incident)
            ),
        )
        for one in lately.select_related("review__incident")
    ]


def _ago(one: Anniversary, today: date) -> str:
    said = years_words(one.years)
    return said if one.day == today else said.replace("today", f"on {one.day:%A}")


def kept_before(publication: Publication | None) -> Mapping[str, str]:
    """Return why places were kept when the review was published last."""
    return publication.kept if publication else {}
