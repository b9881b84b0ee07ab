"""What the PROJECT stream hides of a project's protection ([MS-OVBA] 2.4.3.2)."""

from __future__ import annotations

import struct

VERSION = 2
BYTE = 0xFF


def encrypt(project_id: str, data: bytes, seed: int) -> str:
    """The data in hexadecimal digits, tied to the project; equal seeds give equal digits."""
    key = sum(project_id.encode("ascii")) & BYTE
    out, plain = [seed, seed ^ VERSION, seed ^ key], key
    # The bytes to be ignored may be any; these depend on nothing but the seed.
    ignored = bytes([seed] * ((seed & 6) // 2))
    for byte in ignored + struct.pack("<I", len(data)) + data:
        out.append(byte ^ ((out[-2] + plain) & BYTE))
        plain = byte
    return bytes(out).hex().upper()
