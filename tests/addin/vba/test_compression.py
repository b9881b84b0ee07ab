"""Compression: another program reads what was written, whatever it was."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xladdin.addin.vba.compression import CHUNK, compress

from .reading import decompress_stream

CODE = st.text("abc =()\r\n", min_size=1, max_size=3 * CHUNK)


def read(content: bytes) -> bytes:
    return bytes(decompress_stream(bytearray(compress(content))))


@given(CODE)
def test_a_text_comes_back(text: str) -> None:
    assert read(text.encode()) == text.encode()


@pytest.mark.parametrize("length", [1, 2, 3, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
@pytest.mark.parametrize("letters", [b"a", b"ab", b"Function A()\r\nEnd Function\r\n"])
def test_texts_that_repeat_themselves(length: int, letters: bytes) -> None:
    text = (letters * length)[:length]
    assert read(text) == text


def test_the_example_of_the_specification() -> None:
    """[MS-OVBA] 3.2.3: one letter over and over."""
    assert compress(b"a" * 73) == bytes.fromhex("0103B002614500")


def test_a_whole_chunk_that_gets_no_shorter_is_stored_as_it_is() -> None:
    noise = random.Random(1).randbytes(CHUNK)
    assert read(noise) == noise
    with pytest.raises(ValueError, match="shorter"):
        compress(noise[:-1])
