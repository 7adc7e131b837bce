"""Reading walks, and the evidence a second rater may see."""

from dataclasses import dataclass
from datetime import datetime

from fairlead.core.blind import without_the_bill
from fairlead.core.mistake import MistakeType, standing_type
from fairlead.core.refusal import Missing
from fairlead.core.steps import missing_for_walk
from fairlead.core.visibility import Role
from fairlead.foundation import clock
from fairlead.foundation.vault.fields import read_from
from fairlead.private.cases.door import OpenCase
from fairlead.private.cases.keys import is_withheld
from fairlead.private.cases.models import Grant
from fairlead.private.conversations.selectors import facts_told, text_of
from fairlead.private.conversations.slots import ACCOUNT, NOTES
from fairlead.private.walks.content import REPEAT_TESTS, WalkContent
from fairlead.private.walks.models import SecondRating, Walk


@dataclass(frozen=True, slots=True)
class ReadRating:
    """A second rating, opened; `content` is None while it has not been answered."""

    rating: SecondRating
    content: WalkContent | None
    opens_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReadWalk:
    """A walk, opened, with its second rating if there is one."""

    walk: Walk
    content: WalkContent
    second: ReadRating | None

    @property
    def stands(self) -> MistakeType | None:
        """The type that stands now: the lower one until, and unless, a second rater says the same."""
        if self.content.type is None:
            return None
        if self.second is None or self.second.content is None:
            return standing_type(self.content.type)
        second = self.second.content.type
        return None if second is None else standing_type(self.content.type, second)

    @property
    def needs_second(self) -> bool:
        """Whether a second rater is needed and has not answered."""
        heavy = self.content.type in (MistakeType.REPEAT, MistakeType.BREACH)
        return heavy and not (self.second and self.second.content)


def _rating_of(opened: OpenCase, walk: Walk) -> ReadRating | None:
    rating = walk.second_ratings.order_by("-invited_at").first()
    if rating is None:
        return None
    grant = Grant.objects.filter(case=opened.case, mark=rating.mark, role=Role.SECOND_RATER).latest(
        "starts_at"
    )
    answered = rating.answered_at is not None
    if not answered and grant.ends_at is not None and grant.ends_at <= clock.now():
        return None  # their time ran out without an answer; somebody else can be asked
    content = WalkContent.from_json(read_from(opened.envelope, rating, "content")) if answered else None
    return ReadRating(rating, content, grant.starts_at, grant.ends_at)


def walks_of(opened: OpenCase) -> tuple[ReadWalk, ...]:
    """Return every walk of the case, newest first; only for the two people, and to whoever took over what was given."""
    return tuple(
        ReadWalk(
            walk, WalkContent.from_json(read_from(opened.envelope, walk, "content")), _rating_of(opened, walk)
        )
        for walk in Walk.objects.filter(case=opened.case).order_by("-decided_at", "-id")
        if not is_withheld(opened.envelope, walk, "content")
    )


def was_walked(opened: OpenCase) -> bool:
    """Tell whether the questions were walked through at all, also where this person was not given the answers."""
    return Walk.objects.filter(case=opened.case).exists()


def current_walk(opened: OpenCase) -> ReadWalk | None:
    """Return the walk that counts, the newest, or None."""
    walks = walks_of(opened)
    return walks[0] if walks else None


def missing_before(opened: OpenCase) -> tuple[Missing, ...]:
    """Return what has to be there before anybody asks what kind of mistake it was."""
    return missing_for_walk(talk_ended=opened.case.talk_ended_at is not None, facts_told=facts_told(opened))


LONGEST_EVIDENCE = (
    100_000  # characters shown of one text; taking the bill out of a book would keep everybody waiting
)


def _shown(words: str) -> str:
    """Return a text as evidence: without the bill, and no longer than somebody reads in one sitting."""
    rest = "\n\n[The rest is left out on this screen.]" if len(words) > LONGEST_EVIDENCE else ""
    return without_the_bill(words[:LONGEST_EVIDENCE]) + rest


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a type is decided on: the action, the engineer's account, the facts. Never the bill, never an answer."""

    action: str
    account: str
    facts: str
    gathered: tuple[str, ...]


def evidence_of(opened: OpenCase) -> Evidence:
    """Return the evidence with money, severity and press left out.

    A second rater gets that of the walk they were asked about, with what the first rater wrote down as evidence. It
    stands under one heading, in the order of the alphabet: which question it was written for would tell the answer.
    """
    rating = open_rating(opened) if opened.role is Role.SECOND_RATER else None
    newest = current_walk(opened)
    walk = rating.walk if rating else (newest.walk if newest else None)
    content = WalkContent.from_json(read_from(opened.envelope, walk, "content")) if walk else None
    written: tuple[str, ...] = ()
    if content and rating:
        facts = (
            words for key, words in content.evidence.items() if key not in REPEAT_TESTS and words.strip()
        )
        written = tuple(sorted({_shown(words) for words in facts}))
    return Evidence(
        action=_shown(content.action) if content else "",
        account=_shown(text_of(opened, ACCOUNT).words),
        facts=_shown(text_of(opened, NOTES[1]).words),
        gathered=written,
    )


def open_rating(opened: OpenCase) -> SecondRating | None:
    """Return the rating this second rater was asked for and has not given yet, or None."""
    return SecondRating.objects.filter(
        walk__case=opened.case, mark=opened.actor.mark, answered_at=None, invited_at__lte=clock.now()
    ).first()
