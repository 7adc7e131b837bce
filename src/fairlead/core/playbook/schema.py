"""The shape of a playbook: the framework as data.

Every class is a frozen value. Texts are plain text for people (never markup); a blank line inside a
text separates paragraphs. A `{name}` in a text is a placeholder; which ones each text may use is
checked when the playbook is read (see `placeholders.py`). Nothing here decides anything: the
decisions are in `core.mistake`, `core.cadence` and their neighbours, which take these texts as they are.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """Something a person can say aloud.

    `id` never changes once published: rehearsals, cards and the intents refer to it.
    `note` says when the line fits ("When they say: I feel terrible"), or is empty.
    """

    id: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer, or one entry of a list to choose from: a stable key and its wording."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """An answer to one of the manager's three own questions; `ready` is False when it says "not yet"."""

    key: str
    label: str
    ready: bool


@dataclass(frozen=True, slots=True)
class Mechanism:
    """How an incident came about, not what it broke (playbook.md §1); `hint` tells it from its neighbours.

    `in_a_sentence` names nobody and fits after "It came about through": the team message uses it.
    """

    key: str
    label: str
    hint: str
    in_a_sentence: str


@dataclass(frozen=True, slots=True)
class Trap:
    """One of the five traps of the first thirty minutes (§3).

    `looks_like` are things one hears; `does_to_watchers` is what it does to the colleagues who see it.
    """

    key: str
    title: str
    looks_like: tuple[str, ...]
    does_to_people: str
    does_to_watchers: str
    instead: str
    say: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """One of the three questions a manager asks themselves; the answers never leave the browser (§4)."""

    key: str
    text: str
    answers: tuple[OwnAnswer, ...]


@dataclass(frozen=True, slots=True)
class OwnState:
    """The quarter of an hour before the talk (§4); `minutes` is the length of the quiet timer."""

    minutes: int
    invitation: str
    breathing: tuple[str, ...]
    questions: tuple[OwnQuestion, ...]
    outcomes: tuple[Choice, ...]
    not_yet: str
    skip: str


@dataclass(frozen=True, slots=True)
class Movement:
    """One of the six movements of the conversation (§5).

    `opening` begins it, `asks` follow the answer, `replies` carry in `note` what they answer to.
    `glance` is at most eight words, for the live card.
    """

    number: int
    key: str
    title: str
    purpose: str
    opening: tuple[Line, ...]
    asks: tuple[Line, ...]
    replies: tuple[Line, ...]
    listen_for: tuple[str, ...]
    avoid: tuple[str, ...]
    room_for_notes: str
    glance: str


@dataclass(frozen=True, slots=True)
class AgreeGuide:
    """Movement 6 as it differs by type: how it opens, what to ask for, what to offer, how to end (§6, §9)."""

    opening: tuple[Line, ...]
    asks: tuple[Line, ...]
    offers: tuple[Line, ...]
    closing: tuple[Line, ...]
    avoid: tuple[str, ...]
    glance: str


@dataclass(frozen=True, slots=True)
class TypeGuide:
    """How one of the four types is handled (§6). `always` are the lines that belong in every such talk."""

    number: int
    key: str
    title: str
    meaning: str
    handling: str
    always: tuple[Line, ...]
    movement6: AgreeGuide

    @property
    def asks(self) -> tuple[Line, ...]:
        """What to ask of the engineer for this type."""
        return self.movement6.asks

    @property
    def offers(self) -> tuple[Line, ...]:
        """What the manager offers for this type."""
        return self.movement6.offers


@dataclass(frozen=True, slots=True)
class WalkQuestion:
    """One question of the walk (§6). `number` is its place ("3a"); an empty `evidence_prompt` means that
    nothing is written down for it (the health question).
    """

    key: str
    number: str
    text: str
    help: str
    answers: tuple[Choice, ...]
    evidence_prompt: str


@dataclass(frozen=True, slots=True)
class WalkExit:
    """What the page says when the walk ends early; `key` is the exit named by `core.mistake`."""

    key: str
    title: str
    text: str
    next_steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """The words of the walk. `questions` holds 0 to 8 in order; `repeat_tests` the six tests behind 7."""

    introduction: str
    blind_note: str
    doubt_note: str
    same_if_nothing_broke: str
    second_rater_note: str
    questions: tuple[WalkQuestion, ...]
    repeat_tests: tuple[WalkQuestion, ...]
    exits: tuple[WalkExit, ...]


@dataclass(frozen=True, slots=True)
class FactorQuestion:
    """One question about contributing factors (§7).

    `organisational` questions have an owner above the engineer: `owner_hint` says who, `owner_ask` what
    that owner does about it.
    """

    key: str
    title: str
    text: str
    organisational: bool
    leaves: tuple[Choice, ...]
    owner_hint: str
    owner_ask: str


@dataclass(frozen=True, slots=True)
class Strength:
    """How much an improvement can hold, after the VA NCPS action hierarchy (§8)."""

    key: str
    label: str
    meaning: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImprovementExample:
    """A worked improvement: the factor question it answers, its strength, and specific words for it."""

    answers: str
    strength: str
    text: str


@dataclass(frozen=True, slots=True)
class PromisePrompt:
    """A kind of promise (§9): `side` owes it (engineer, manager, organisation)."""

    side: str
    key: str
    title: str
    example: str
    why: str


@dataclass(frozen=True, slots=True)
class Team:
    """The message to the team, from the commons only (§10). `template` holds its paragraphs in order."""

    subject: str
    template: tuple[str, ...]
    no_improvements_yet: str
    dos: tuple[str, ...]
    donts: tuple[str, ...]
    talking_points: tuple[Line, ...]
    who_did_it: Line
    what_leadership_line: Line


@dataclass(frozen=True, slots=True)
class Statement:
    """The impact statement (§2): `size` when money is known as a range, `size_without_money` otherwise.

    `support`, `teams` and `reputation` word the four steps none, small, noticeable, heavy; a step whose
    label is empty is left unsaid. One of `clearly_know` or `not_yet_grasped` follows the size.
    """

    size: tuple[Line, ...]
    size_without_money: tuple[Line, ...]
    serious: Line
    support: tuple[Choice, ...]
    teams: tuple[Choice, ...]
    reputation: tuple[Choice, ...]
    clearly_know: tuple[Line, ...]
    not_yet_grasped: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the follow-up (§11).

    `first_day` and `last_day` are calendar days after the talk, counted from 1, both inside the phase.
    `every_working_days` is the distance between check-ins in working days; two people may choose another one between
    `closest` and `widest`.
    """

    key: str
    title: str
    first_day: int
    last_day: int
    every_working_days: int
    closest: int
    widest: int
    question: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Signal:
    """An observable behaviour worth dating (§11); `direction` is too_far, too_little or good; no score."""

    key: str
    direction: str
    title: str
    looks_like: tuple[str, ...]
    say: tuple[Line, ...]
    try_this: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckInPage:
    """The words on the page of a check-in: what each of the two is asked, and where a look at the work is."""

    engineer: str
    manager: str
    wellbeing: str
    work: str
    work_hint: str
    signals: str
    too_little: str


@dataclass(frozen=True, slots=True)
class Possibility:
    """One answer to "what got in the way?" in the second talk (§13), and what to do about it."""

    key: str
    title: str
    ask: Line
    what_to_do: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SecondTalk:
    """The guide of the second conversation (§13). `end_signs` are explained, never computed.

    `required` says what has to be there before anything final can be recorded, by the keys of `core.formal`.
    """

    introduction: str
    opening: tuple[Line, ...]
    possibilities: tuple[Possibility, ...]
    next_time: tuple[Line, ...]
    avoid: tuple[str, ...]
    end_signs: tuple[str, ...]
    end_note: str
    required: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Closure:
    """The spoken end (§12): what must be true before, the lines, and what the engineer is asked."""

    introduction: str
    before: tuple[str, ...]
    lines: tuple[Line, ...]
    acknowledge: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A message somebody receives inside Fairlead.

    `neutral_subject` is all that mail, chat and calendars may say of it: nothing private, no placeholder.
    """

    key: str
    title: str
    body: str
    neutral_subject: str


@dataclass(frozen=True, slots=True)
class Step:
    """One of the ten steps of the spine."""

    number: int
    key: str
    title: str
    intent: str


@dataclass(frozen=True, slots=True)
class Wellbeing:
    """Support for the person at the centre (§11). It never diagnoses.

    `for_yourself` speaks to somebody who worries about themselves; `help` stands where an organisation has not said
    where professional help is.
    """

    recovery: tuple[str, ...]
    peers: tuple[Line, ...]
    professional: tuple[Line, ...]
    self_harm: tuple[Line, ...]
    self_harm_steps: tuple[str, ...]
    for_yourself: tuple[str, ...]
    help: str
    limits: str


@dataclass(frozen=True, slots=True)
class Intent:
    """An intent of playbook.md §18 and the ids of the lines that carry it."""

    key: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Playbook:
    """The whole framework as one value; `id` and `version` are what a case pins."""

    id: str
    version: str
    title: str
    steps: tuple[Step, ...]
    mechanisms: tuple[Mechanism, ...]
    traps: tuple[Trap, ...]
    own_state: OwnState
    statement: Statement
    movements: tuple[Movement, ...]
    walk: Walk
    types: tuple[TypeGuide, ...]
    untyped: AgreeGuide
    factor_questions: tuple[FactorQuestion, ...]
    strengths: tuple[Strength, ...]
    improvement_examples: tuple[ImprovementExample, ...]
    promise_prompts: tuple[PromisePrompt, ...]
    team: Team
    leadership: tuple[Line, ...]
    cadence: tuple[Phase, ...]
    check_in: CheckInPage
    signals: tuple[Signal, ...]
    meaningful_work: tuple[Line, ...]
    wellbeing: Wellbeing
    closure: Closure
    second_talk: SecondTalk
    notices: tuple[Notice, ...]
    intents: tuple[Intent, ...]

    def notice(self, key: str) -> Notice:
        """The notice with this key; raises `KeyError` when there is none."""
        for notice in self.notices:
            if notice.key == key:
                return notice
        raise KeyError(key)

    def type_guide(self, number: int) -> TypeGuide:
        """The guide for type 1 to 4; raises `KeyError` for any other number."""
        for guide in self.types:
            if guide.number == number:
                return guide
        raise KeyError(number)

    def agree_guide(self, number: int | None) -> AgreeGuide:
        """Movement 6 for a type, or the untyped variant while the type is not decided (None)."""
        return self.untyped if number is None else self.type_guide(number).movement6
