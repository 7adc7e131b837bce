"""Either of the two answers beside a promise, also once it is marked; nothing that stands there changes."""

import uuid

import pytest
from django.urls import reverse

from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act
from fairlead.foundation.audit.models import AuditEntry
from fairlead.private.cases.models import Case, Notice
from fairlead.private.formal.items import choosable
from fairlead.private.promises.models import Promise, PromiseReply
from fairlead.private.promises.services import promise_mark, promise_reply
from tests.private.closing import Closing

pytestmark = pytest.mark.django_db
WORDS = "The window was an hour shorter than agreed."


@pytest.fixture
def marked(cast):
    talk = Closing(cast, left_out=("engineer_promise",))
    promise = talk.promise_of("engineer")
    with talk.at_the_end():
        promise_mark(
            talk.opened("manager", Act.PROMISE), promise=promise, kept=False, shows="No diff on Tuesday."
        )
        yield talk, promise


def reply(talk, promise, who="engineer", words=WORDS, reply_id=None):
    return promise_reply(
        talk.opened(who, Act.REMARK), promise=promise, reply_id=reply_id or uuid.uuid4(), words=words
    )


def test_it_stands_beside_the_mark_and_both_read_it(marked):
    talk, promise = marked
    reply(talk, promise)
    reply(talk, promise, "manager", "Then the date moves next time.")
    assert Promise.objects.get(pk=promise.pk).state == "not_met"
    for who in ("engineer", "manager"):
        page = talk.client(who).get(reverse("talk", args=[talk.case])).content.decode()
        for words in ("No diff on Tuesday.", WORDS, "Then the date moves next time."):
            assert words in page


def test_the_other_one_is_told_once_and_the_trail_too(marked):
    talk, promise = marked
    same = uuid.uuid4()
    assert reply(talk, promise, reply_id=same) == reply(talk, promise, reply_id=same)
    [told] = Notice.objects.filter(case=talk.case, key="promise_replied")
    assert told.mark == talk.cast.actor("manager").mark
    assert AuditEntry.objects.filter(action="promise.replied").count() == 1


@pytest.mark.parametrize("words", ["", "  \n "])
def test_an_empty_one_is_refused_in_words(marked, words):
    talk, promise = marked
    with pytest.raises(Refused, match="Write the reply first"):
        reply(talk, promise, words=words)
    assert not PromiseReply.objects.exists()


def test_on_its_page_what_was_typed_stays_when_it_is_refused_and_comes_back_to_the_promise(marked):
    talk, promise = marked
    client, at = talk.client("engineer"), reverse("promise_reply", args=[talk.case, promise.pk])
    page = client.get(at).content.decode()
    assert "No diff on Tuesday." in page
    refused = client.post(at, {"reply_id": uuid.uuid4(), "words": " "})
    assert refused.status_code == 422
    assert "Write the reply first" in refused.content.decode()
    done = client.post(at, {"reply_id": uuid.uuid4(), "words": WORDS})
    assert done["Location"].endswith(f"#promise-{promise.pk}")


def test_whoever_quotes_the_promise_to_hr_quotes_the_reply(marked):
    talk, promise = marked
    reply(talk, promise)
    piece = next(
        one for one in choosable(talk.opened("manager", Act.ESCALATE)) if one.key == f"promise.{promise.pk}"
    )
    assert any(WORDS in answer for answer in piece.item.beside)


def test_a_promise_of_another_talk_is_not_there(marked):
    talk, promise = marked
    other = uuid.uuid4()
    assert talk.client("engineer").get(reverse("promise_reply", args=[talk.case, other])).status_code == 404
    assert (
        talk.client("other_manager").get(reverse("promise_reply", args=[talk.case, promise.pk])).status_code
        == 404
    )


def test_it_goes_with_the_talk(marked):
    talk, promise = marked
    reply(talk, promise)
    Case.objects.get(pk=talk.case).delete()
    assert not PromiseReply.objects.exists()
