"""Who signed a program, and that nothing in it can change unseen."""

from __future__ import annotations

import random

import pytest

from xladdin.addin.setup.authenticode import SignatureFault, signed_message, signed_program

from . import signing

OWNER = "Owner of Programs"


@pytest.fixture(scope="module")
def signed() -> bytes:
    return signing.program(b"what it does", signing.signer(OWNER))


def trusted() -> list[str]:
    return [signing.authority().print]


def test_the_signer_is_named(signed: bytes) -> None:
    found = signed_program(signed, trusted())
    assert (found.organisation, found.root) == (OWNER, signing.authority().print)


def test_no_byte_that_counts_can_change(signed: bytes) -> None:
    """But those of the checksum, of the entry, and what pads the message's own head."""
    chance = random.Random(1)
    free = {*range(64 + 24 + 64, 64 + 24 + 68)}
    for at in chance.sample([at for at in range(len(signed)) if at not in free], 60):
        changed = bytearray(signed)
        changed[at] ^= 1
        try:
            found = signed_program(bytes(changed), trusted())
        except SignatureFault:
            continue
        # What the attributes do not cover says nothing about the program either.
        assert found.organisation == OWNER
        assert (
            changed[: signed.index(b"what it does") + 12][216:]
            == signed[: signed.index(b"what it does") + 12][216:]
        )


def test_the_body_cannot_change(signed: bytes) -> None:
    with pytest.raises(SignatureFault, match="changed since it was signed"):
        signed_program(signed.replace(b"what it does", b"what it dies"), trusted())


def test_nothing_can_be_put_behind(signed: bytes) -> None:
    with pytest.raises(SignatureFault, match="no message at its end"):
        signed_program(signed + b"more", trusted())


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (signing.program(), "not signed"),
        (b"", "no program"),
        (b"MZ" + bytes(100), "no program"),
        (signing.program(by=signing.signer(OWNER, for_programs=False)), "not for programs"),
    ],
)
def test_what_is_refused(made: bytes, said: str) -> None:
    with pytest.raises(SignatureFault, match=said):
        signed_program(made, trusted())


def test_a_chain_must_end_where_somebody_is_trusted(signed: bytes) -> None:
    with pytest.raises(SignatureFault, match="a chain that ends at"):
        signed_program(signed, [signing.authority("Other").print])


def test_a_signature_of_another_program_does_not_count(signed: bytes) -> None:
    other = signing.program(b"what it dies", signing.signer(OWNER))
    body = signed.index(b"what it does")
    with pytest.raises(SignatureFault, match="changed"):
        signed_program(other[: body + 12] + signed[body + 12 :], trusted())


def test_a_catalogue() -> None:
    made = signing.message(b"hashes of files", signing.signer(OWNER))
    assert b"hashes of files" in signed_message(made, trusted()).content
    with pytest.raises(SignatureFault):
        signed_message(made.replace(b"hashes of files", b"hashes of piles"), trusted())
    with pytest.raises(SignatureFault, match="cannot be read"):
        signed_message(b"no message", trusted())
