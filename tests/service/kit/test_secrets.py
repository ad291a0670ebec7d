"""Sealing: only with the key, only in its context, and with an older key as long as it is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.kit.secrets import Unsealable, Vault, vault
from service.settings import Settings

OLD, NEW = b"o" * 32, b"n" * 32


@given(st.binary(max_size=300), st.binary(max_size=30))
def test_what_is_sealed_can_be_opened(plain, context):
    box = Vault(NEW)
    assert box.open(box.seal(plain, context), context) == plain


def test_the_sealed_bytes_do_not_show_the_secret():
    assert b"sk_canary" not in Vault(NEW).seal(b"sk_canary")


def test_two_seals_of_one_secret_differ():
    assert Vault(NEW).seal(b"same") != Vault(NEW).seal(b"same")


def test_after_a_rotation_the_older_key_still_opens():
    sealed = Vault(OLD).seal(b"kept")
    assert Vault(NEW, OLD).open(sealed) == b"kept"
    assert Vault(OLD).open(Vault(OLD, NEW).seal(b"kept")) == b"kept"


@pytest.mark.parametrize(
    ("box", "context", "spoil"),
    [
        (Vault(OLD), b"row 1", None),
        (Vault(NEW), b"row 2", None),
        (Vault(NEW), b"row 1", -1),
        (Vault(NEW), b"row 1", 5),
        (Vault(NEW), b"row 1", 0),
    ],
)
def test_another_key_context_or_byte_does_not_open(box, context, spoil):
    sealed = bytearray(Vault(NEW).seal(b"secret", b"row 1"))
    if spoil is not None:
        sealed[spoil] ^= 1
    with pytest.raises(Unsealable):
        box.open(bytes(sealed), context)


@pytest.mark.parametrize("sealed", [b"", b"abc", b"x" * 16])
def test_what_was_never_sealed_does_not_open(sealed):
    with pytest.raises(Unsealable):
        Vault(NEW).open(sealed)


def test_each_purpose_has_its_own_key(tmp_path):
    settings = Settings.from_env({"ELCI_HOME": str(tmp_path)})
    sealed = vault(settings, "idempotency").seal(b"x")
    assert vault(settings, "idempotency").open(sealed) == b"x"
    with pytest.raises(Unsealable):
        vault(settings, "integrations").open(sealed)
