"""Reviews for programs: the published one for everybody, the draft for people who work in a team."""

from datetime import date
from typing import Annotated
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from ninja import Header, Router, Schema, Status
from pydantic import ConfigDict, Field

from fairlead.commons.blameless import Place, undecided_in
from fairlead.commons.incidents.api import MOST_EDITIONS, incident_for
from fairlead.commons.incidents.models import Incident
from fairlead.commons.reviews.models import Publication
from fairlead.commons.reviews.selectors import Draft, SectionDraft, draft_of, kept_before, publication_of
from fairlead.commons.reviews.services import LONGEST_SECTION, review_publish, section_save
from fairlead.core.deidentify.keeping import KEEP_BECAUSE
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Actor
from fairlead.people.programs.access import needs
from fairlead.people.programs.models import Scope
from fairlead.people.programs.plain import Whole
from fairlead.people.programs.problems import READING_ONE, WRITING, MissingThing, Problem, here
from fairlead.people.programs.texts import text

router = Router(tags=["reviews"])
_MOST_KEPT = 1_000


class SectionTold(Schema):
    """A section of a published review."""

    key: str
    title: str
    markdown: str


class ReviewTold(Schema):
    """A review as it was published."""

    number: int = Field(description="1 for the first time it was published.")
    published_on: date
    title: str
    sections: list[SectionTold]


class DraftSection(Schema):
    """A section of a draft: what people wrote in it, and what the incident says in it by itself."""

    key: str
    title: str
    prompt: str
    needed: bool
    words: str
    version: int = Field(description="Grows with every save by somebody else; 0 before the first.")
    part: str = Field(description="Markdown, made of the incident.")

    @staticmethod
    def resolve_key(one: SectionDraft) -> str:
        """Return the key of the section in the template."""
        return one.section.key

    @staticmethod
    def resolve_title(one: SectionDraft) -> str:
        """Return its title."""
        return one.section.title

    @staticmethod
    def resolve_prompt(one: SectionDraft) -> str:
        """Return the question it asks."""
        return one.section.prompt

    @staticmethod
    def resolve_needed(one: SectionDraft) -> bool:
        """Return whether it has to be filled before the review is published."""
        return one.section.needed


class OpenPlace(Schema):
    """Words that may tell who somebody was: to be changed, or kept with a reason."""

    id: str = Field(description="Under this id a reason to keep it is given when the review is published.")
    where: str
    words: str
    found: str = Field(description="The words as they stand there.")


class DraftTold(Schema):
    """A draft with everything that decides whether it may be published."""

    sections: list[DraftSection]
    seen: str = Field(description="Send it back to publish exactly what you read.")
    missing: list[MissingThing]
    undecided: list[OpenPlace]
    published: ReviewTold | None


class SectionGiven(Schema):
    """How a section is to read from now on."""

    model_config = ConfigDict(extra="forbid")

    words: text(LONGEST_SECTION)
    version: Whole = Field(ge=0, le=MOST_EDITIONS, description="The version that was read.")


class PublishGiven(Schema):
    """What was read and is to be published, and why some places stay as they are."""

    model_config = ConfigDict(extra="forbid")

    seen: text(64, shortest=1, about="“seen” of the draft that was read.")
    kept: dict[text(64, shortest=1), text(40)] = Field(
        default_factory=dict,
        max_length=_MOST_KEPT,
        description=f"By the id of a place, one of: {', '.join(KEEP_BECAUSE)}.",
    )


def _draft_for(actor: Actor, incident: Incident) -> Draft:
    return here(draft_of(actor, incident))


def _open(place: Place) -> dict[str, str]:
    return {"id": place.id, "where": place.field, "words": place.words, "found": place.finding.shown}


def _told(draft: Draft) -> dict[str, object]:
    undecided = undecided_in(draft.places(), kept_before(draft.published))
    return {
        "sections": draft.sections,
        "seen": draft.seen(),
        "missing": [{"code": one.code, "words": one.words} for one in draft.missing()],
        "undecided": [_open(place) for place in undecided],
        "published": draft.published,
    }


@router.get(
    "/incidents/{uuid:incident_id}/review",
    response={200: ReviewTold, READING_ONE: Problem},
    **needs(Scope.INCIDENTS_READ),
)
def review_read(request: HttpRequest, incident_id: UUID) -> Publication:
    """The review as it was published last."""
    actor = request.auth.actor
    return here(publication_of(actor, incident_for(actor, incident_id)))


@router.get(
    "/incidents/{uuid:incident_id}/review/draft",
    response={200: DraftTold, READING_ONE: Problem},
    **needs(Scope.INCIDENTS_READ),
)
def review_draft_read(request: HttpRequest, incident_id: UUID) -> dict[str, object]:
    """The draft of the review, for somebody who works in a team."""
    actor = request.auth.actor
    return _told(_draft_for(actor, incident_for(actor, incident_id)))


@router.put(
    "/incidents/{uuid:incident_id}/review/draft/{key}",
    response={200: DraftSection, WRITING: Problem},
    **needs(Scope.INCIDENTS_WRITE),
)
def review_section_write(
    request: HttpRequest, incident_id: UUID, key: text(60), given: SectionGiven
) -> SectionDraft:
    """Write a section that still is in the version that was read."""
    actor = request.auth.actor
    incident = incident_for(actor, incident_id)
    section = here(_section(_draft_for(actor, incident), key))
    if section.version != given.version:
        raise Refused("Somebody else wrote in this section meanwhile.", field="edition")
    section_save(
        actor, incident=incident, key=key, words=given.words, sitting=uuid4(), edit=1, base=given.version
    )
    return here(_section(_draft_for(actor, incident), key))


def _section(draft: Draft, key: str) -> SectionDraft | None:
    return next((one for one in draft.sections if one.section.key == key), None)


@router.post(
    "/incidents/{uuid:incident_id}/review",
    response={201: ReviewTold, WRITING: Problem},
    **needs(Scope.INCIDENTS_WRITE),
)
def review_bring_out(
    request: HttpRequest,
    response: HttpResponse,
    incident_id: UUID,
    given: PublishGiven,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=200)],
) -> Status:
    """Publish the draft as it was read."""
    actor = request.auth.actor
    incident = incident_for(actor, incident_id)
    kept = {**kept_before(_draft_for(actor, incident).published), **given.kept}
    return Status(201, review_publish(actor, incident=incident, seen=given.seen, kept=kept))
