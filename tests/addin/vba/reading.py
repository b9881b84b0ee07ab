"""VBA projects as olevba reads them."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    # Its parser of expressions uses names that pyparsing has given up.
    warnings.simplefilter("ignore")
    from oletools.olevba import VBA_Parser, decompress_stream

__all__ = ["decompress_stream", "modules_of"]


def modules_of(project: bytes) -> dict[str, bytes]:
    """The stored text of every module, by the name of its stream."""
    parser = VBA_Parser("vbaProject.bin", data=project)
    try:
        found = list(parser.extract_macros())
    finally:
        parser.close()
    return {stream.rpartition("/")[2]: _stored(code) for _, stream, _, code in found}


def _stored(code: str | bytes) -> bytes:
    return code if isinstance(code, bytes) else code.encode("cp1252")
