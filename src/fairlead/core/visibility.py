"""Who may do what: one published table, each answer with its reason.

The commons is read by everybody who is signed in and written by people in teams. A talk is read and written only by
those it was granted to; what a grant allows depends on its role and on the state of the talk.
"""

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who is signed in: the account id, its keyed hash, and their places at this moment."""

    account: str
    mark: str
    manages: frozenset[str] = field(default_factory=frozenset[str])
    belongs_to: frozenset[str] = field(default_factory=frozenset[str])
    org_roles: frozenset[str] = field(default_factory=frozenset[str])

    @property
    def is_manager(self) -> bool:
        """Whether this person manages a team now."""
        return bool(self.manages)


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether something is allowed, and why."""

    allowed: bool
    reason: str


class Role(StrEnum):
    """In what role somebody was granted a talk."""

    MANAGER = "manager"
    ENGINEER = "engineer"
    SECOND_RATER = "second_rater"


class CaseState(StrEnum):
    """Where a talk stands, as far as reading and writing go."""

    OPEN = "open"
    AGREED = "agreed"
    SEALED = "sealed"  # closed by both; opened again only where the same comes again, until it is erased


class Act(StrEnum):
    """What can be done with a talk."""

    READ = "read"
    LEAD_TALK = "lead_talk"  # the live card, starting and ending the conversation
    WRITE_NOTES = "write_notes"
    WRITE_ACCOUNT = "write_account"
    REMARK = "remark"  # add to or contest what stands there
    WALK = "walk"  # decide the type
    INVITE_RATER = "invite_rater"
    RATE = "rate"  # the second rater's own walk
    PROMISE = "promise"
    FIX_CHECKIN = "fix_checkin"  # the days: the first, moving one, leave, the pace
    CHECK_IN = "check_in"  # hold one: words, signals, work, promises
    SAY_HOW = "say_how"  # how it went, in the engineer's words
    AGREE = "agree"
    DRAFT_MESSAGE = "draft_message"
    LOOK_BACK = "look_back"  # read an earlier talk because the same came again; also when it is sealed
    COMPARE = "compare"  # keep what the look back showed
    ESCALATE = "escalate"  # open the formal path
    READ_CLOSURE = "read_closure"  # whether it can be closed, and later that it was, and when it is erased
    CLOSE = "close"  # put growth into words, say it aloud
    ANSWER_CLOSURE = "answer_closure"  # what the engineer answers; with it the talk is sealed
    HAND_OVER = "hand_over"  # ask somebody else to go on with it
    GO_ON = "go_on"  # answer that; and while nobody leads it, ask somebody or close it
    TAKE_COPY = "take_copy"  # what the engineer wrote and was promised
    READ_MESSAGE = "read_message"
    RELEASE_MESSAGE = "release_message"


class ResponderRole(StrEnum):
    """What somebody did during an incident; all of them read its source alike."""

    RESPONDER = "responder"
    COMMANDER = "commander"
    SCRIBE = "scribe"
    LIAISON = "liaison"


RESPONDER_ROLE_WORDS: dict[ResponderRole, str] = {
    ResponderRole.RESPONDER: "worked on it",
    ResponderRole.COMMANDER: "led the response",
    ResponderRole.SCRIBE: "wrote along",
    ResponderRole.LIAISON: "kept others informed",
}
# While it goes on.
RESPONDER_ROLE_NOW: dict[ResponderRole, str] = {
    ResponderRole.RESPONDER: "works on it",
    ResponderRole.COMMANDER: "leads the response",
    ResponderRole.SCRIBE: "writes along",
    ResponderRole.LIAISON: "keeps others informed",
}


_BOTH = frozenset({Role.MANAGER, Role.ENGINEER})
_ONLY_MANAGER = frozenset({Role.MANAGER})
_ONLY_ENGINEER = frozenset({Role.ENGINEER})
_ONLY_RATER = frozenset({Role.SECOND_RATER})
_ALWAYS = frozenset(CaseState) - {CaseState.SEALED}
_EVEN_SEALED = frozenset(CaseState)
_BEFORE_AGREED = frozenset({CaseState.OPEN})

WHO_AND_WHEN: dict[Act, tuple[frozenset[Role], frozenset[CaseState]]] = {
    Act.READ: (_BOTH, _ALWAYS),
    Act.LEAD_TALK: (_ONLY_MANAGER, _BEFORE_AGREED),
    Act.WRITE_NOTES: (_ONLY_MANAGER, _ALWAYS),
    Act.WRITE_ACCOUNT: (_ONLY_ENGINEER, _ALWAYS),
    Act.REMARK: (_BOTH, _ALWAYS),
    Act.WALK: (_ONLY_MANAGER, _ALWAYS),
    Act.INVITE_RATER: (_ONLY_MANAGER, _ALWAYS),
    Act.RATE: (_ONLY_RATER, _ALWAYS),
    Act.PROMISE: (_BOTH, _ALWAYS),
    Act.FIX_CHECKIN: (_BOTH, _ALWAYS),
    Act.CHECK_IN: (_BOTH, _ALWAYS),
    Act.SAY_HOW: (_ONLY_ENGINEER, _ALWAYS),
    Act.AGREE: (_ONLY_MANAGER, _BEFORE_AGREED),
    Act.LOOK_BACK: (_BOTH, _EVEN_SEALED),
    Act.COMPARE: (_ONLY_MANAGER, _ALWAYS),
    Act.ESCALATE: (_ONLY_MANAGER, _ALWAYS),
    Act.READ_CLOSURE: (_BOTH, _EVEN_SEALED),
    Act.CLOSE: (_ONLY_MANAGER, _ALWAYS),
    Act.ANSWER_CLOSURE: (_ONLY_ENGINEER, _ALWAYS),
    Act.HAND_OVER: (_ONLY_MANAGER, _ALWAYS),
    Act.GO_ON: (_ONLY_ENGINEER, _ALWAYS),
    Act.TAKE_COPY: (_ONLY_ENGINEER, _ALWAYS),
    Act.DRAFT_MESSAGE: (_ONLY_MANAGER, _ALWAYS),
    Act.READ_MESSAGE: (_ONLY_ENGINEER, _ALWAYS),
    Act.RELEASE_MESSAGE: (_ONLY_MANAGER, _ALWAYS),
}

ACT_WORDS: dict[Act, str] = {
    Act.READ: "read",
    Act.LEAD_TALK: "led the talk",
    Act.WRITE_NOTES: "wrote notes",
    Act.WRITE_ACCOUNT: "wrote the account",
    Act.REMARK: "added a remark",
    Act.WALK: "walked through the questions",
    Act.INVITE_RATER: "asked for a second look",
    Act.RATE: "took the second look",
    Act.PROMISE: "worked on promises",
    Act.FIX_CHECKIN: "fixed a check-in",
    Act.CHECK_IN: "wrote at a check-in",
    Act.SAY_HOW: "wrote how it goes",
    Act.AGREE: "called it agreed",
    Act.LOOK_BACK: "looked back, because the same came again",
    Act.COMPARE: "compared it with an earlier talk",
    Act.ESCALATE: "chose what HR may read",
    Act.READ_CLOSURE: "read the closure",
    Act.CLOSE: "worked on the closure",
    Act.ANSWER_CLOSURE: "answered the closure",
    Act.HAND_OVER: "looked at handing it over",
    Act.GO_ON: "answered a hand-over",
    Act.TAKE_COPY: "took a copy of their own words",
    Act.DRAFT_MESSAGE: "drafted the message",
    Act.READ_MESSAGE: "read the message",
    Act.RELEASE_MESSAGE: "told the team",
}

_AGREED = "this talk has already been agreed"
_SEALED = "it is closed and sealed until the day it is erased"
_NAMES = {Role.MANAGER: "the manager", Role.ENGINEER: "the engineer", Role.SECOND_RATER: "the second rater"}


def decide_case(role: Role | None, state: CaseState, act: Act) -> Decision:
    """Decide whether somebody with this role in a talk may do this act; `role` is None without a valid grant."""
    if role is None:
        return Decision(allowed=False, reason="no valid grant")
    roles, states = WHO_AND_WHEN[act]
    if role not in roles:
        who = " and ".join(_NAMES[r] for r in sorted(roles))
        return Decision(allowed=False, reason=f"this is for {who}")
    if state not in states:
        return Decision(allowed=False, reason=_SEALED if state is CaseState.SEALED else _AGREED)
    return Decision(allowed=True, reason=f"granted as {_NAMES[role]}")


def may_write_commons(actor: Actor) -> Decision:
    """Decide whether somebody may record incidents, factors and improvements: people who work in a team may."""
    if actor.belongs_to:
        return Decision(allowed=True, reason="works in a team")
    return Decision(
        allowed=False, reason="only people who work in a team record incidents; you can read all of them"
    )


def may_read_source(role: ResponderRole | None) -> Decision:
    """Decide whether somebody may read a source: whoever brought it, and whom a responder let in."""
    if role is None:
        return Decision(allowed=False, reason="did not respond to this incident")
    return Decision(allowed=True, reason=f"responded: {RESPONDER_ROLE_WORDS[role]}")


def may_open_case(actor: Actor, *, engineer: str, managed: frozenset[str]) -> Decision:
    """Decide whether a manager may open a talk with this account, given the accounts they manage now."""
    if not actor.is_manager:
        return Decision(allowed=False, reason="only somebody who manages a team can begin a talk")
    if engineer == actor.account:
        return Decision(allowed=False, reason="a talk needs two people")
    if engineer not in managed:
        return Decision(allowed=False, reason="this person is not in a team you manage")
    return Decision(allowed=True, reason="manages this person's team")
