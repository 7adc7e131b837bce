"""Words that name nobody, for programs: what the organisation has declared, more of it, and less."""

from typing import Annotated, Literal
from uuid import UUID, uuid4

from django.http import HttpRequest
from ninja import Header, Router, Schema, Status
from pydantic import ConfigDict, Field

from fairlead.commons.harmless.models import HarmlessWord
from fairlead.commons.harmless.selectors import harmless_get, harmless_words
from fairlead.commons.harmless.services import harmless_declare, harmless_withdraw
from fairlead.people.programs.access import needs
from fairlead.people.programs.models import Scope
from fairlead.people.programs.plain import Whole
from fairlead.people.programs.problems import READING, WRITING, Problem, here
from fairlead.people.programs.texts import text

router = Router(tags=["words that name nobody"])
_MOST_HOLDERS = 32_767

Kind = Literal["word", "host", "network", "mailbox", "role"]


class WordGiven(Schema):
    """Something that says nothing about a person."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    words: text(200, shortest=1)
    holders: Annotated[Whole, Field(ge=1, le=_MOST_HOLDERS)] | None = Field(
        None, description="Of a role: how many people hold it."
    )


class WordTold(Schema):
    """Something the organisation has declared to name nobody."""

    id: UUID
    kind: Kind
    words: str
    holders: int | None


@router.get(
    "/words-that-name-nobody", response={200: list[WordTold], READING: Problem}, **needs(Scope.INCIDENTS_READ)
)
def words_read(request: HttpRequest) -> list[HarmlessWord]:
    """Everything that was declared to name nobody."""
    return harmless_words(request.auth.actor)


@router.post(
    "/words-that-name-nobody", response={201: WordTold, WRITING: Problem}, **needs(Scope.INCIDENTS_WRITE)
)
def word_declare(
    request: HttpRequest,
    given: WordGiven,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=200)],
) -> Status:
    """Declare something for every text of the organisation; the same words again are the same."""
    return Status(201, harmless_declare(request.auth.actor, word_id=uuid4(), **given.model_dump()))


@router.delete(
    "/words-that-name-nobody/{uuid:word_id}",
    response={204: None, WRITING: Problem},
    **needs(Scope.INCIDENTS_WRITE),
)
def word_withdraw(request: HttpRequest, word_id: UUID) -> Status:
    """Take a declaration back; what stands already stays as it is."""
    actor = request.auth.actor
    harmless_withdraw(actor, word=here(harmless_get(actor, word_id)))
    return Status(204, None)
