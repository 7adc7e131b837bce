"""A delivery is authentic and recent, or it is not taken."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest

from fairlead.core.webhooks import is_bearer, is_recent, is_signed

BODY = b'{"event": {}}'
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def signature(key="one-secret", body=BODY):
    return "v1=" + hmac.new(key.encode(), body, hashlib.sha256).hexdigest()


def test_one_right_signature_among_several_is_enough():
    assert is_signed(BODY, signature(), ["one-secret"])
    assert is_signed(BODY, f"{signature('old')},{signature()}", ["other", "one-secret"])


@pytest.mark.parametrize(
    "header",
    [
        "",
        "v1=",
        "v1=zz",
        signature("wrong"),
        signature()[3:],
        signature().replace("v1", "v0"),
        "v1=é",
        "," * 50 + signature(),
    ],
)
def test_any_other_is_not(header):
    assert not is_signed(BODY, header, ["one-secret"])


def test_neither_another_body_nor_an_empty_secret_is_signed():
    assert not is_signed(BODY + b" ", signature(), ["one-secret"])
    assert not is_signed(BODY, signature(""), [""])
    assert not is_signed(BODY, signature(), [])


@pytest.mark.parametrize(
    ("header", "right"),
    [
        ("Bearer s3cret", True),
        ("bearer s3cret ", True),
        ("Basic s3cret", False),
        ("Bearer other", False),
        ("", False),
    ],
)
def test_a_bearer_carries_the_secret(header, right):
    assert is_bearer(header, "s3cret") is right
    assert not is_bearer("Bearer ", "")


@pytest.mark.parametrize(
    ("occurred_at", "recent"),
    [
        ("2026-11-24T08:55:00Z", True),
        ("2026-11-24T09:05:00.000Z", True),
        ("2026-11-24T10:04:00+01:00", True),
        ("2026-11-24T08:54:59Z", False),
        ("2026-11-24T09:05:01Z", False),
        ("2026-11-24T09:00:00", False),
        ("0001-01-01T00:00:00+14:00", False),
        ("yesterday", False),
        (None, False),
        (5, False),
    ],
)
def test_five_minutes_to_either_side_and_no_more(occurred_at, recent):
    assert is_recent(occurred_at, now=NOW) is recent
    assert is_recent((NOW - timedelta(minutes=1)).isoformat(), now=NOW)
