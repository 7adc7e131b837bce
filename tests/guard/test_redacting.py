"""Secrets do not come along when a fixture is imported; what they stood in stays readable."""

import pytest

from fairlead.guard.proofs.redacting import import_fixture, redacted


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("neighbor 10.0.0.1 password 7 0822455D0A16", "neighbor 10.0.0.1 password 7 REDACTED"),
        ("neighbor 10.0.0.1 password s3same", "neighbor 10.0.0.1 password REDACTED"),
        (" ip ospf message-digest-key 1 md5 hush", " ip ospf message-digest-key 1 md5 REDACTED"),
        ("snmp-server community hush RO", "snmp-server community REDACTED RO"),
        ("enable secret 5 $1$abc$def", "enable secret 5 REDACTED"),
        ("username ops privilege 15 secret 9 $9$x", "username ops privilege 15 secret 9 REDACTED"),
        ("tacacs-server host 10.0.0.9 key 7 0123", "tacacs-server host 10.0.0.9 key 7 REDACTED"),
        ('password = "hush hush"', 'password = "REDACTED"'),
        ("DB_PASSWORD: hush", "DB_PASSWORD: REDACTED"),
        ('{"api_key": "abc", "port": 5}', '{"api_key": "REDACTED", "port": 5}'),
        ("aws_secret_access_key = abc/def", "aws_secret_access_key = REDACTED"),
        ("Authorization: Bearer abc.def", "Authorization: Bearer REDACTED"),
        ("postgres://shop:hush@db/shop", "postgres://shop:REDACTED@db/shop"),
        ("id AKIAABCDEFGHIJKLMNOP", "id REDACTED"),
        ("-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\nnext", "REDACTED\nnext"),
        ("ip route 10.0.0.0/8 192.0.2.1", "ip route 10.0.0.0/8 192.0.2.1"),
        ("secrets: {}", "secrets: {}"),
        ("key = value", "key = value"),
    ],
)
def test_a_secret_is_taken_out_and_the_rest_stays(line, left):
    text, count = redacted(line)
    assert text == left
    assert (count > 0) == (line != left)


def test_a_directory_is_imported_with_its_secrets_taken_out(tmp_path):
    source = tmp_path / "source"
    (source / "deep").mkdir(parents=True)
    (source / "deep" / "r1.cfg").write_text("enable secret hush\nhostname r1\n")
    (source / "picture").write_bytes(b"\xff\xd8 password = x")
    assert import_fixture(source, tmp_path / "target") == 1
    assert (tmp_path / "target/deep/r1.cfg").read_text() == "enable secret REDACTED\nhostname r1\n"
    assert (tmp_path / "target/picture").read_bytes() == b"\xff\xd8 password = x"
    assert "hush" in (source / "deep" / "r1.cfg").read_text()
