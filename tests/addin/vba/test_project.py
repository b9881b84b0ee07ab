"""Projects, read by the program that looks for macros in strangers' files."""

from __future__ import annotations

import io

import olefile
import pytest

from tests.addin import samples
from xladdin.addin.build import PROJECT_ID
from xladdin.addin.vba import Kind, project_bytes, standard

from .reading import modules_of

ONE = standard("Sums", "Public Function Twice(a)\n    Twice = a + a\nEnd Function\n")


def test_every_module_of_the_add_in_comes_back_byte_for_byte() -> None:
    found = modules_of(samples.part(samples.PROJECT))
    assert found == {module.name: module.stored for module in samples.modules()}


def test_equal_modules_give_equal_bytes() -> None:
    assert project_bytes("P", PROJECT_ID, [ONE]) == project_bytes("P", PROJECT_ID, [ONE])
    assert modules_of(project_bytes("P", PROJECT_ID, [ONE])) == {"Sums": ONE.stored}


@pytest.mark.parametrize("name", ["Sums", "sums"])
def test_a_name_is_given_once(name: str) -> None:
    with pytest.raises(ValueError, match="of their own"):
        project_bytes(name, PROJECT_ID, [ONE])


def test_the_project_stream_lists_every_module_by_kind() -> None:
    with olefile.OleFileIO(io.BytesIO(samples.part(samples.PROJECT))) as read:
        lines = read.openstream("PROJECT").read().decode("ascii").split("\r\n")
    assert lines[0] == f'ID="{PROJECT_ID}"'
    for module in samples.modules():
        ending = "/&H00000000" if module.kind is Kind.DOCUMENT else ""
        assert f"{module.kind.value}={module.name}{ending}" in lines
