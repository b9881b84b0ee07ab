"""The add-in, built once for all tests of a process."""

from __future__ import annotations

import io
from functools import cache
from zipfile import ZipFile

from xladdin.addin import build
from xladdin.addin.vba import Module
from xladdin.addin.wrapper import Wrapper, wrapper

PROJECT = "xl/vbaProject.bin"


@cache
def generated() -> Wrapper:
    return wrapper()


@cache
def modules() -> tuple[Module, ...]:
    return build.modules(generated())


@cache
def file() -> bytes:
    return build.build()


def part(name: str) -> bytes:
    with ZipFile(io.BytesIO(file())) as package:
        return package.read(name)
