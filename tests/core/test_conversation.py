"""The movements of one talk carry its own figures and branch by type."""

import pytest

from fairlead.core.conversation import movements_for
from fairlead.core.playbook.reader import load_default

PLAYBOOK = load_default()


def texts(movement):
    return [line.text for line in (*movement.opening, *movement.asks)]


def test_without_a_statement_the_third_movement_is_the_playbooks():
    movements = movements_for(PLAYBOOK, type_number=None, statement=())
    assert movements[2] == PLAYBOOK.movements[2]
    assert [m.number for m in movements] == [1, 2, 3, 4, 5, 6]


def test_the_statement_is_said_once_and_seriousness_with_it():
    third = movements_for(PLAYBOOK, type_number=None, statement=("It lasted 1 h 5 min.", "It was serious."))[
        2
    ]
    assert "It lasted 1 h 5 min. It was serious." in texts(third)
    assert "impact.serious" not in [line.id for line in third.opening]
    assert third.opening[0].id == "impact.size"


@pytest.mark.parametrize("number", [None, 1, 2, 3, 4])
def test_the_sixth_movement_asks_and_offers_what_its_type_needs(number):
    sixth = movements_for(PLAYBOOK, type_number=number, statement=())[5]
    guide = PLAYBOOK.agree_guide(number)
    assert sixth.glance == guide.glance
    for line in (*guide.opening, *guide.asks, *guide.offers, *guide.closing):
        assert line.text in texts(sixth)
    assert sixth.opening[0] == guide.opening[0]


def test_the_five_branches_differ():
    assert len({movements_for(PLAYBOOK, type_number=n, statement=())[5] for n in (None, 1, 2, 3, 4)}) == 5


def test_a_type_nobody_knows_is_an_error():
    with pytest.raises(KeyError):
        movements_for(PLAYBOOK, type_number=5, statement=())
