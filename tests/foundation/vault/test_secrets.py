"""Small secrets are sealed with the key file, for one purpose."""

import pytest

from fairlead.foundation.vault.envelope import SealBroken
from fairlead.foundation.vault.secrets import open_secret, seal_secret


def test_a_secret_comes_back_and_does_not_show(key_file):
    sealed = seal_secret("JBSWY3DPEHPK3PXP", purpose="authenticator")
    assert "JBSWY" not in sealed
    assert open_secret(sealed, purpose="authenticator") == "JBSWY3DPEHPK3PXP"
    assert seal_secret("JBSWY3DPEHPK3PXP", purpose="authenticator") != sealed


@pytest.mark.parametrize(
    "spoil", [lambda s: s + "!", lambda s: s[:-8], lambda s: "A" + s[1:], lambda s: s[:0]]
)
def test_a_secret_that_was_altered_does_not_open(key_file, spoil):
    with pytest.raises(SealBroken):
        open_secret(spoil("B" + seal_secret("x", purpose="authenticator")[1:]), purpose="authenticator")


def test_a_secret_opens_for_its_own_purpose_alone(key_file):
    with pytest.raises(SealBroken):
        open_secret(seal_secret("x", purpose="authenticator"), purpose="other")
