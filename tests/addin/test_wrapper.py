"""The module that calls Python is xlwings' own; its help is what the functions say of themselves."""

from __future__ import annotations

import pytest
import xladdin_udfs

from tests.udfs import example
from xladdin.addin import wrapper as module
from xladdin.addin.wrapper import wrapper

from . import samples


def test_every_function_calls_python() -> None:
    text = samples.generated().text
    for name in xladdin_udfs.__all__:
        assert text.count(f"\nFunction {name}(") == 1
        assert f'XLPy.CallUDF("xladdin_udfs", "{name}"' in text


def test_help_is_the_function_its_category_and_all_texts() -> None:
    (row,) = wrapper(example.__name__).help
    assert row[0] == "TWICE"
    assert row[-1] == "一个数"


def test_a_text_that_excel_would_cut_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 2)
    with pytest.raises(ValueError, match="TWICE"):
        wrapper(example.__name__)
