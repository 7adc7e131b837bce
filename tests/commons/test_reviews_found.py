"""A review is found by its words once it is published, and as it was published last."""

import uuid

import pytest
from django.urls import reverse

from fairlead.foundation.outbox.worker import work_once
from fairlead.site.searched import search
from tests.commons.reviewing import publish, save

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_day")]


def found(actor, typed):
    while work_once(100):
        pass
    return [(one.label, one.href) for one in search(actor, typed).results]


def test_a_draft_is_nobodys_to_find_and_a_published_review_is_everybodys(cast, priya, ready):
    sitting = uuid.uuid4()
    save(priya, ready, "A gyroscope would help.", sitting=sitting)
    assert found(priya, "gyroscope") == []
    publish(priya, ready)
    here = ("Review", reverse("review", args=[ready.pk]))
    assert found(cast.actor("director"), "gyroscope") == [here]
    save(priya, ready, "A compass would help.", sitting=sitting, edit=2)
    assert (found(priya, "gyroscope"), found(priya, "compass")) == ([here], [])
    publish(priya, ready)
    assert (found(priya, "gyroscope"), found(priya, "compass")) == ([], [here])
