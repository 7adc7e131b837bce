"""Before the team is told, names are replaced and every place that may tell who it was is changed or kept."""

import re

import pytest

from fairlead.commons.messages.models import TeamMessage
from fairlead.core.visibility import Act
from fairlead.foundation.audit.models import AuditEntry
from fairlead.private.conversations.selectors import text_of
from tests.private.talks import FETCH, Talk

pytestmark = pytest.mark.django_db
TELLING = "A change passed our process. The loop ran through core-rtr-02, and she saw it."


@pytest.fixture
def talk(cast):
    return Talk(cast).told()


def written(talk: Talk, cast, words: str):
    talk.write("manager", "team_message", words)
    cast.client("engineer").post(talk.at("talk_message_read"), {}, headers=FETCH)
    return cast.client("manager")


def test_the_team_is_told_once_each_place_was_kept_with_a_reason(cast, talk):
    manager = written(talk, cast, TELLING)
    refused = manager.post(talk.at("talk_message_release"), {}, headers=FETCH)
    assert refused.status_code == 409
    assert [words.split(" ")[0] for words in refused.json()["missing"]] == ["“core-rtr-02”", "“she”"]
    page = manager.get(talk.at("talk_message")).content.decode()
    names = re.findall(r'name="(keep-[0-9a-f]+)"', page)
    assert len(names) == 2
    kept = dict.fromkeys(names, "many")
    assert manager.post(talk.at("talk_message_release"), {names[0]: "many"}, headers=FETCH).status_code == 409
    assert not TeamMessage.objects.exists()
    assert manager.post(talk.at("talk_message_release"), kept, headers=FETCH).status_code == 302
    assert TeamMessage.objects.get().words == TELLING
    assert AuditEntry.objects.get(action="team_message.released", subject_type="incident").detail == {
        "kept": 2
    }


def test_the_page_puts_the_neutral_words_into_the_draft_at_one_click(cast, talk):
    manager = written(talk, cast, "Jonas Lindqvist made the change, and Priya undid it.")
    page = manager.get(talk.at("talk_message")).content.decode()
    assert "It still names somebody" in page
    form = re.search(r'<input type="hidden" name="words" value="([^"]*)">', page)
    base = re.search(r'name="base" value="(\d+)"', page)
    manager.post(talk.at("talk_message_save"), {"words": form.group(1), "base": base.group(1)})
    now = text_of(talk.opened("manager", Act.READ), "team_message").words
    assert now == "The engineer made the change, and a colleague undid it."
    assert "It still names somebody" not in manager.get(talk.at("talk_message")).content.decode()
