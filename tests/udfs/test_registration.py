"""What Excel's function wizard shows, and what the wrapper module is made of."""

from __future__ import annotations

import inspect
import io
import re
from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any

import pytest
import xladdin_udfs

from xladdin import functions
from xladdin.addin.xlwings_import import Imported, decorated

LONGEST = 255
CHINESE = re.compile("[\u4e00-\u9fff]")
RESERVED = frozenset(
    re.findall(
        r"\w+",
        """
    and as boolean byref byte byval call case const date declare dim do double each else end enum
    erase error event exit false for function get global if in integer is let like long loop me mod
    new next not nothing null object on option optional or print private property public resume
    select set single static step stop string sub then to true type until variant wend while with
    xor k argsarray failed caller
    """,
    )
)
"""Words that VBA keeps for itself, and names that the wrapper uses."""


@pytest.fixture(scope="module")
def imported() -> Iterator[Imported]:
    with decorated("xladdin_udfs") as module:
        yield module


@pytest.fixture(scope="module")
def registered(imported: Imported) -> dict[str, Mapping[str, Any]]:
    return imported.registered


def test_every_function_is_registered(registered: dict[str, Any]) -> None:
    assert sorted(registered) == sorted(xladdin_udfs.__all__)
    assert {name.lower() for name in registered} == set(functions.__all__)


def test_documentation_is_chinese_and_short_enough(registered: dict[str, Any]) -> None:
    for name, record in registered.items():
        assert record["category"] == "绩效考核"
        for text in (record["ret"]["doc"], *(arg["doc"] for arg in record["args"])):
            assert CHINESE.search(text), (name, text)
            assert len(text) <= LONGEST, (name, text)
            assert "\n" not in text


def test_arguments_arrive_as_rows_with_error_values(registered: dict[str, Any]) -> None:
    for record in registered.values():
        for arg in record["args"]:
            assert arg["options"]["ndim"] == 2
            assert arg["options"]["err_to_str"] is True


def test_names_are_ascii_and_no_words_of_vba(registered: dict[str, Any]) -> None:
    for name, record in registered.items():
        names = [arg["name"] for arg in record["args"]]
        assert all(each.isascii() and each.isidentifier() for each in (name, *names))
        assert not {each.lower() for each in names} & RESERVED, name
        # VBA takes upper and lower case for the same.
        assert len({each.lower() for each in (name, *names)}) == len(names) + 1


def test_arguments_are_those_of_the_use_case(registered: dict[str, Any]) -> None:
    for name, record in registered.items():
        parameters = inspect.signature(getattr(functions, name.lower())).parameters.values()
        assert len(parameters) == len(record["args"])
        optional = [parameter.default is None for parameter in parameters]
        assert optional == ["optional" in arg for arg in record["args"]]


def test_the_wrapper_module_is_ascii_and_calls_this_package(imported: Imported) -> None:
    text = io.StringIO()
    book = SimpleNamespace(Name="xladdin.xlam")
    imported.udfs.generate_vba_wrapper("xladdin_udfs", imported.functions, text, book)
    vba = text.getvalue()
    assert vba.isascii()
    assert max(map(len, vba.splitlines())) < 1023
    for name in xladdin_udfs.__all__:
        assert f'XLPy.CallUDF("xladdin_udfs", "{name}"' in vba


def test_without_excel_the_functions_are_plain_ones() -> None:
    assert xladdin_udfs.KPI_SCORE(18.0, 20.0, 20.0) == 18
    assert not hasattr(xladdin_udfs.KPI_SCORE, "__xlfunc__")
