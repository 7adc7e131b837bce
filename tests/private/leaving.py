"""A talk with a word in every field, and the people who may go: what each of them can really read, by every page."""

import uuid
from dataclasses import dataclass, replace
from datetime import timedelta

from django.test import Client
from django.urls import reverse

from fairlead.core.handover import Person, Thing
from fairlead.core.mirror import Kind
from fairlead.core.visibility import Act, Actor
from fairlead.foundation import clock
from fairlead.foundation.outbox.models import OutboxRow
from fairlead.people.actors import actor_of
from fairlead.people.models import Account
from fairlead.people.services import account_add, team_join
from fairlead.private.cases.models import Case
from fairlead.private.cases.selectors import own_notices
from fairlead.private.checkins.selectors import own_checkins
from fairlead.private.closure.models import Closure
from fairlead.private.handover.door import open_offer
from fairlead.private.handover.services import (
    hand_over_answer,
    hand_over_ask,
    hand_over_take,
    hand_over_withdraw,
)
from fairlead.private.mirror.selectors import acts_of
from fairlead.private.preparation.models import Preparation
from fairlead.private.preparation.services import preparation_done
from fairlead.private.talk.services import notice_read
from fairlead.private.walks.selectors import current_walk
from fairlead.private.walks.services import rater_invite
from fairlead.site.jobs import people_changed
from tests.cast import PASSWORD, Cast
from tests.rules.canaries import Cage, fill
from tests.rules.world import World, with_a_case

_PAGES = (
    "talk",
    "talk_account",
    "talk_notes",
    "talk_type",
    "follow_up",
    "closure",
    "talk_message",
    "again",
    "my_copy",
)
_BY_FIELD = {
    "promises.Promise.words": Thing.PROMISES,
    "promises.Promise.cadence": Thing.PROMISES,
    "promises.Promise.evidence": Thing.PROMISES,
    "promises.PromiseReply.words": Thing.PROMISES,
    "walks.Walk.content": Thing.TYPE,
    "checkins.Work.words": Thing.CHECK_INS,
    "checkins.Signal.words": Thing.SEEN,
    "checkins.Signal.opportunity": Thing.SEEN,
    "checkins.Reply.words": Thing.SEEN,
    "recurrence.Comparison.words": Thing.LOOK_BACK,
    "closure.Closure.statement": Thing.CLOSURE,
    "closure.Closure.words": Thing.CLOSURE,
}
_BY_SLOT = {
    "account": Thing.ACCOUNT,
    "facts": Thing.NOTES,
    "impact": Thing.NOTES,
    "person": Thing.NOTES,
    "systems": Thing.NOTES,
    "agree": Thing.NOTES,
    "concern": Thing.WELLBEING,  # the notes of the movement that asks how somebody is
    "w": Thing.WELLBEING,
    "e": Thing.CHECK_INS,
    "m": Thing.CHECK_INS,
    "team_message": Thing.MESSAGE,
    "growth": Thing.CLOSURE,
}


def someone(name: str, team: str, *, manages: bool = True) -> Account:
    """Add somebody to a team."""
    email = f"{name.split(maxsplit=1)[0].lower()}@harbour.example"
    account = account_add(email=email, name=name, password=PASSWORD, zone="America/New_York")
    team_join(team=team, account=account, manages=manages)
    return account


def settle() -> None:
    """Let the background look after whoever's places have changed."""
    for row in OutboxRow.objects.filter(kind="people_changed", done_at=None):
        people_changed(row)


@dataclass
class Full:
    """The talk, its words by the thing they belong to, and everybody who may have a part in it."""

    cast: Cast
    world: World
    words: dict[Thing, set[str]]
    packet: set[str]
    people: dict[Person, Account]

    @property
    def case(self) -> Case:
        return Case.objects.get(pk=self.world.case)

    def readers(self) -> dict[Thing, set[Person]]:
        """Return who really reads what now."""
        found: dict[Thing, set[Person]] = {thing: set() for thing in Thing}
        for person in self.people:
            for thing in self.reads(person):
                found[thing].add(person)
        return found

    def reads(self, person: Person) -> set[Thing]:
        """Return what somebody really reads now, through every page there is, the calendar and the mirror."""
        account = self.people[person]
        if not account.is_active:
            return set()
        pages, look, packet = self._pages(account)
        found = {thing for thing, words in self.words.items() if any(word in pages for word in words)}
        half = {thing for thing in found for word in self.words[thing] if word not in pages}
        assert not half, f"half of {half}"
        actor = actor_of(account)
        ours = Preparation.objects.filter(mark=actor.mark, incident=self.world.incident)
        days = any(row.case_id == self.world.case for row in own_checkins(actor))
        for thing, is_there in (
            (Thing.EVIDENCE, any(word in look for word in self.words[Thing.ACCOUNT])),
            (Thing.PACKET, any(word in packet for word in self.packet)),
            (Thing.DAYS, reverse("checkin", args=[self.world.case, self.world.checkin]) in pages),
            (Thing.TRAIL, "Who has opened our talk" in pages),
            (Thing.PREPARATION, ours.exists()),
            (Thing.MIRROR, self._counts_in_the_mirror_of(actor)),
            (Thing.REMINDERS, days or (person is Person.ENGINEER and bool(own_notices(actor)))),
        ):
            if is_there:
                found.add(thing)
        return found

    def _counts_in_the_mirror_of(self, actor: Actor) -> bool:
        said_at = clock.now() + timedelta(days=2)  # after the first day of whoever leads now
        Closure.objects.filter(case=self.world.case).update(said_at=said_at)
        return any(act.kind is Kind.CLOSURE_SPOKEN for act in acts_of(actor))

    def _pages(self, account: Account) -> tuple[str, str, str]:
        """Return what all pages of the talk say to somebody, the second look, and the formal path."""
        world = replace(self.world, raters={"reader": account})
        client, case = world.client("reader"), self.world.case
        checkin = reverse("checkin", args=[case, self.world.checkin])
        talk = [self._get(client, reverse(page, args=[case])) for page in _PAGES]
        talk.append(self._get(client, checkin))
        look = self._get(client, reverse("second_look", args=[case]))
        return "".join(talk), look, self._get(client, reverse("formal", args=[self.world.packet]))

    @staticmethod
    def _get(client: Client, address: str) -> str:
        answer = client.get(address)
        assert answer.status_code in {200, 404, 409}, address
        return answer.content.decode() if answer.status_code == 200 else ""

    def hand_over(self, given: tuple[Thing, ...] = ()) -> None:
        """Hand the talk over as people do: asked, agreed, taken."""
        hand_over_withdraw(self.world.open_as("manager", Act.HAND_OVER))
        opened = self.world.open_as("manager", Act.HAND_OVER)
        to = self.people[Person.NEXT]
        row = hand_over_ask(opened, hand_over_id=uuid.uuid4(), to=to, offered=given)
        hand_over_answer(self.world.open_as("engineer", Act.GO_ON), agreed=True, allowed=given)
        hand_over_take(open_offer(actor_of(to), row.pk, "offered"))


def a_full_talk(cast: Cast) -> Full:
    """Return a talk with a word in every private field, its formal path open, and a second rater at work."""
    rater = someone("Noor Hadid", "Team Q")
    world = with_a_case(cast, "ended")
    cage = fill(world)
    preparation_done(cast.actor("manager"), incident=world.incident)
    opened = world.open_as("manager", Act.INVITE_RATER)
    rater_invite(opened, walk=current_walk(opened).walk, rater=rater)
    told = opened.case.notices.filter(key="second_rater_announced").order_by("-made_at").first()
    notice_read(actor_of(cast.engineer), told)
    people = {
        Person.MANAGER: cast.manager,
        Person.ENGINEER: cast.engineer,
        Person.NEXT: world.raters["next"],
        Person.RATER: rater,
        Person.HR: cast.hr,
    }
    formal = ("formal.Packet.content", "formal.Packet.decision", "formal.Entry.words")
    packet = {word for name in formal for word in cage.words[name]}
    return Full(cast, world, _by_thing(cage), packet, people)


def _by_thing(cage: Cage) -> dict[Thing, set[str]]:
    found: dict[Thing, set[str]] = {}
    for name, words in cage.words.items():
        if name in _BY_FIELD:
            found.setdefault(_BY_FIELD[name], set()).update(words)
    for word in cage.words["conversations.TextVersion.words"]:
        slot = word.removeprefix("canary")[:-12]
        found.setdefault(_BY_SLOT[slot], set()).add(word)
    return found
