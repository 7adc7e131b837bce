"""A waiver holds when a second person has signed it, and until its day alone."""

from datetime import date, timedelta

import pytest

from fairlead.core.proof import WAIVER_CODES
from fairlead.core.refusal import Refused
from fairlead.core.waivers import CODE_WORDS, LONGEST, Signed, refuse_to_ask, refuse_to_sign

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("waiver", "holds"),
    [
        (Signed("a", "b", TODAY), True),
        (Signed("a", "b", TODAY - DAY), False),
        (Signed("a", "", TODAY), False),
        (Signed("a", "a", TODAY), False),
    ],
)
def test_two_people_and_its_day_decide(waiver, holds):
    assert waiver.holds(TODAY) is holds


def asked(**changed):
    return {"code": "vendor", "words": "In March.", "until": TODAY, "today": TODAY} | changed


@pytest.mark.parametrize("until", [TODAY, TODAY + LONGEST])
def test_what_may_be_asked(until):
    refuse_to_ask(**asked(until=until))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "because"}, "code"),
        ({"words": " \n"}, "words"),
        ({"until": TODAY - DAY}, "until"),
        ({"until": TODAY + LONGEST + DAY}, "until"),
    ],
)
def test_what_may_not_be_asked(changed, field):
    with pytest.raises(Refused) as refused:
        refuse_to_ask(**asked(**changed))
    assert refused.value.field == field


WAITING = Signed("a", "", TODAY)


def test_a_second_person_signs_for_somebody_else_than_the_owner():
    refuse_to_sign(WAITING, signer="b", role="Security", owner="Network team", today=TODAY)


@pytest.mark.parametrize(
    ("waiver", "signer", "role", "day", "words"),
    [
        (WAITING, "a", "Security", TODAY, "Somebody else signs it"),
        (Signed("a", "c", TODAY), "b", "Security", TODAY, "signed already"),
        (WAITING, "b", "Security", TODAY + DAY, "ended before"),
        (WAITING, "b", " network TEAM ", TODAY, "another one than the owner"),
        (WAITING, "b", "  ", TODAY, "another one than the owner"),
    ],
)
def test_who_may_not_sign(waiver, signer, role, day, words):
    with pytest.raises(Refused, match=words):
        refuse_to_sign(waiver, signer=signer, role=role, owner="Network team", today=day)


def test_every_code_has_its_words():
    assert tuple(CODE_WORDS) == WAIVER_CODES
