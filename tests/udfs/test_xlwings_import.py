"""xlwings' machinery is borrowed, and put back as it was."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest
import xladdin_udfs
import xlwings

from xladdin.addin.xlwings_import import decorated, stand_ins

from .stubs import PACKAGE, excel

PRETENDED = {*stand_ins(), "xlwings.udfs", "xlwings._xlwindows", "xlwings.com_server"}


def test_nothing_pretended_is_left_behind() -> None:
    before, attributes = set(sys.modules), set(vars(xlwings))
    decorators = (xlwings.func, xlwings.arg, xlwings.ret)
    with excel() as started:
        started.call("KPI_GRADE", 90.0)
        assert xlwings.func is not decorators[0]
    assert not {name for name in set(sys.modules) - before if name.startswith("xl")}
    assert set(vars(xlwings)) == attributes
    assert (xlwings.func, xlwings.arg, xlwings.ret) == decorators
    assert not PRETENDED & set(sys.modules)


def test_the_functions_are_those_from_before() -> None:
    with decorated(PACKAGE) as imported:
        assert imported.functions is sys.modules[PACKAGE] is not xladdin_udfs
        assert hasattr(imported.functions.KPI_SCORE, "__xlfunc__")
    assert sys.modules[PACKAGE] is xladdin_udfs
    assert not hasattr(xladdin_udfs.KPI_SCORE, "__xlfunc__")


def test_everything_is_put_back_after_an_error() -> None:
    decorator = xlwings.func
    with pytest.raises(ModuleNotFoundError), decorated("no_such_functions"):
        pass
    assert xlwings.func is decorator
    assert not PRETENDED & set(sys.modules)


def test_functions_are_imported_anew_each_time() -> None:
    with decorated(PACKAGE) as first:
        pass
    with decorated(PACKAGE) as second:
        assert first.functions is not second.functions
        assert first.registered.keys() == second.registered.keys()


def test_what_is_imported_meanwhile_is_imported_once() -> None:
    """Else a model that is read by one copy of a class is none for the other."""
    script = (
        "import sys\n"
        "from xladdin.addin.wrapper import wrapper\n"
        "wrapper()\n"
        "loaded = sys.modules['xladdin.domain.schemes']\n"
        "import xladdin.functions, xladdin.schemes.library as library\n"
        "assert sys.modules['xladdin.domain.schemes'] is loaded\n"
        "assert library.Library.shipped().schemes\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_package_that_was_never_imported_leaves_no_trace() -> None:
    sys.modules.pop("tests.udfs.example", None)
    with decorated("tests.udfs.example") as imported:
        assert imported.registered["TWICE"]["args"][0]["doc"] == "一个数"
    assert "tests.udfs.example" not in sys.modules
    assert importlib.import_module("tests.udfs.example").TWICE(2) == 4
