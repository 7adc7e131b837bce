"""Rotation wraps the cases' keys anew and touches no text."""

import pytest
from django.db.models.signals import post_save

from fairlead.foundation.vault.belonging import check_key_file
from fairlead.foundation.vault.envelope import SealBroken, destroy, new_data_key, unwrap
from fairlead.foundation.vault.keys import add_key_version
from fairlead.foundation.vault.models import DataKey, KeyCheck
from fairlead.foundation.vault.rotation import rotate

pytestmark = pytest.mark.django_db
HERE = {"table": "cases.note", "row": "7", "field": "text"}


@pytest.fixture
def sealed(key_file):
    """Five data keys by id, each with a text sealed under it."""
    check_key_file()
    made = [new_data_key() for _ in range(5)]
    return {row.id: envelope.seal("private", **HERE) for row, envelope in made}


def assert_all_open(sealed):
    for data_key_id, blob in sealed.items():
        assert unwrap(data_key_id).open(blob, **HERE) == "private"


def test_every_key_is_wrapped_anew_and_every_text_still_opens(sealed, key_file):
    before = {row.id: bytes(row.wrapped) for row in DataKey.objects.all()}
    add_key_version(key_file)
    assert_all_open(sealed)
    assert rotate() == 5
    assert set(DataKey.objects.values_list("version", flat=True)) == {2}
    assert all(bytes(row.wrapped) != before[row.id] for row in DataKey.objects.all())
    assert_all_open(sealed)


def test_there_is_nothing_to_do_the_second_time(sealed, key_file):
    assert rotate() == 0
    add_key_version(key_file)
    assert rotate() == 5
    assert rotate() == 0


def test_a_rotation_that_stops_half_way_leaves_all_readable_and_goes_on_later(sealed, key_file):
    add_key_version(key_file)
    ids = list(DataKey.objects.order_by("pk").values_list("pk", flat=True))
    whole = bytes(DataKey.objects.get(pk=ids[2]).wrapped)
    DataKey.objects.filter(pk=ids[2]).update(wrapped=bytes(60))
    with pytest.raises(SealBroken):
        rotate()
    assert DataKey.objects.filter(version=2).count() == 2
    DataKey.objects.filter(pk=ids[2]).update(wrapped=whole)
    assert_all_open(sealed)
    assert rotate() == 3
    assert_all_open(sealed)


def test_a_key_destroyed_meanwhile_stays_destroyed(sealed, key_file):
    add_key_version(key_file)
    first, last = list(DataKey.objects.order_by("pk").values_list("pk", flat=True))[:: len(sealed) - 1]

    def destroy_last(instance, **_):
        destroy(last)

    post_save.connect(destroy_last, sender=DataKey)
    try:
        assert rotate() == 4
    finally:
        post_save.disconnect(destroy_last, sender=DataKey)
    assert unwrap(first)
    assert not DataKey.objects.filter(pk=last).exists()


def test_the_database_knows_the_new_key_before_anything_is_wrapped_with_it(sealed, key_file):
    add_key_version(key_file)
    rotate()
    assert KeyCheck.objects.filter(pk="2").exists()
