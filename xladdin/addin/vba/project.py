"""A whole project: the streams of ``vbaProject.bin``."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from .compression import compress
from .container import container
from .directory import directory
from .encryption import encrypt
from .modules import Kind, Module

NOTHING_COMPILED = struct.pack("<HHBH", 0x61CC, 0xFFFF, 0, 1)
OPEN = {"CMG": (bytes(4), 0x5D), "DPB": (bytes(1), 0xBA), "GC": (b"\xff", 0x97)}
"""No protection, no password, visible in the editor; with the seeds to write that."""
HOST = "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"
DOCUMENT_ENDING = "/&H00000000"


def project_bytes(name: str, project_id: str, modules: Sequence[Module]) -> bytes:
    """The file of a project whose modules Office will compile; equal modules, equal bytes.

    Raises ValueError where two names are the same for VBA.
    """
    names = [each.lower() for each in (name, *(module.name for module in modules))]
    if len(set(names)) < len(names):
        raise ValueError("the project and each of its modules need a name of their own")
    sources = {module.name: compress(module.stored) for module in modules}
    streams = {
        "_VBA_PROJECT": NOTHING_COMPILED,
        "dir": compress(directory(name, modules)),
        **sources,
    }
    lines = _lines(name, project_id, modules)
    return container(
        {
            "VBA": streams,
            "PROJECT": "".join(f"{line}\r\n" for line in lines).encode("ascii"),
            "PROJECTwm": b"".join(map(_both_names, modules)) + bytes(2),
        }
    )


def _lines(name: str, project_id: str, modules: Sequence[Module]) -> Iterator[str]:
    yield f'ID="{project_id}"'
    for module in modules:
        ending = DOCUMENT_ENDING if module.kind is Kind.DOCUMENT else ""
        yield f"{module.kind.value}={module.name}{ending}"
    yield from (f'Name="{name}"', 'HelpContextID="0"', 'VersionCompatible32="393222000"')
    for key, (data, seed) in OPEN.items():
        yield f'{key}="{encrypt(project_id, data, seed)}"'
    yield from ("", "[Host Extender Info]", HOST, "", "[Workspace]")
    yield from (f"{module.name}=0, 0, 0, 0, C" for module in modules)


def _both_names(module: Module) -> bytes:
    return module.name.encode("ascii") + bytes(1) + module.name.encode("utf-16-le") + bytes(2)
