"""Before a text is published each place is changed, or kept with one of our reasons."""

from fairlead.core.deidentify.examine import examine
from fairlead.core.deidentify.keeping import KEEP_BECAUSE, place_id, undecided

FOUND = examine("On core-rtr-02 and core-rtr-02, in commit 4f2a91c, thanks to Zawadi.")


def test_each_place_is_asked_once_and_names_are_not_asked_for_at_all():
    assert [one.shown for one in undecided(FOUND, {})] == ["core-rtr-02", "commit 4f2a91c"[7:]]


def test_a_place_that_was_kept_with_a_reason_is_dealt_with():
    host = next(one for one in FOUND if one.kind == "host")
    for code in KEEP_BECAUSE:
        assert [one.kind for one in undecided(FOUND, {place_id(host): code})] == ["commit"]


def test_a_reason_that_is_none_of_ours_decides_nothing():
    kept = {place_id(one): "because" for one in FOUND}
    assert [one.kind for one in undecided(FOUND, kept)] == ["host", "commit"]


def test_the_same_words_of_another_kind_are_another_place():
    ids = {place_id(one) for one in FOUND}
    assert len(ids) == 3
