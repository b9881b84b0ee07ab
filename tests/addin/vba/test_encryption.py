"""Hidden values, read by the inverse rule; samples are what Excel wrote."""

from __future__ import annotations

import struct

import pytest

from xladdin.addin.vba.encryption import encrypt

EXCEL = [
    ("{BDFF0F99-EFC5-4DB0-830D-4C8BFEE87599}", "DDDF94F5ACD6B0D6B0D6B0D6B0", bytes(4)),
    ("{BDFF0F99-EFC5-4DB0-830D-4C8BFEE87599}", "BAB8F3DCD1DDD1DDD1", bytes(1)),
    ("{BDFF0F99-EFC5-4DB0-830D-4C8BFEE87599}", "9795DE03663D423E423EBD", b"\xff"),
    ("{318BEE36-5BE1-492A-826D-473DB19B0F30}", "5D5F8AADDAA8DEA8DEA8DEA8DE", bytes(4)),
    ("{318BEE36-5BE1-492A-826D-473DB19B0F30}", "5D5F8AADDAADDBADDBAD", bytes(1)),
]


def decrypted(text: str) -> tuple[int, int, bytes]:
    """Version, project key and data, by the rule for reading ([MS-OVBA] 2.4.3.3)."""
    seed, version, key, *hidden = bytes.fromhex(text)
    plain, older, newer, values = key ^ seed, version, key, []
    for byte in hidden:
        plain = byte ^ ((older + plain) & 0xFF)
        values.append(plain)
        older, newer = newer, byte
    content = bytes(values[(seed & 6) // 2 :])
    (length,) = struct.unpack("<I", content[:4])
    assert length == len(content) - 4
    return version ^ seed, key ^ seed, content[4:]


@pytest.mark.parametrize(("project", "excel", "data"), EXCEL)
def test_it_says_the_same_as_what_excel_wrote(project: str, excel: str, data: bytes) -> None:
    ours = encrypt(project, data, int(excel[:2], 16))
    assert decrypted(ours) == decrypted(excel)
    assert decrypted(ours)[2] == data
    assert len(ours) == len(excel)
