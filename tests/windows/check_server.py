"""Every case of the worksheet functions, through xlwings' COM server in a process of its own."""

from __future__ import annotations

import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pythoncom
import pywintypes
import win32com.client
import xladdin_udfs

from tests.addin.bridge_cases import UNWRITTEN, bridge_cases
from tests.addin.server_command import code
from tests.udfs.cases import called_cases
from tests.udfs.stubs import PACKAGE
from xladdin.addin.windows.com_server import CLASS, MODULE, WindowsServer
from xladdin.functions.help_tables import USES

from .excel import NOTHING, by_reference, expected, sent

PATIENCE = 60.0
OTHER_CLASS = "{2f1c9d50-6b0e-4f0a-9a55-3d1f6c7f2b41}"
"""Of the server that is ended: Wine keeps an ended one in its table, and finds no later one of its class."""
COPIED, OWN = "店铺网站客服月度绩效考核", "自己的"
LOG = Path(sys.executable).parents[1] / "server.log"


@contextmanager
def server() -> Iterator[Any]:
    """xlwings' ``XLPython`` of another process."""
    command = [sys.executable, "-B", "-c", code().replace("$(CLSID)", OTHER_CLASS)]
    # It also tells of every error that it hands over.
    with LOG.open("w") as told:
        started = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=told, stderr=told)
        try:
            yield _attached(OTHER_CLASS)
        finally:
            started.kill()
            started.wait()


def _attached(class_: str) -> Any:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            found = pythoncom.CoCreateInstance(
                pywintypes.IID(class_),
                None,
                pythoncom.CLSCTX_LOCAL_SERVER,
                pythoncom.IID_IDispatch,
            )
            return win32com.client.Dispatch(found)
        except pythoncom.com_error:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def faults(python: Any) -> Iterator[str]:
    """What differs from the cases that the test suite has for the functions."""
    # Of the functions KPI_HELP lists those of the package that a process has imported.
    assert len(xladdin_udfs.__all__) == len(USES)
    for called in called_cases():
        yield from _differs(python, called.function.upper(), called.given, called.answer)
    for case in bridge_cases():
        answer = case.computed if case.shows is UNWRITTEN else case.shows
        yield from _differs(python, case.name, case.sent, answer)


def _differs(python: Any, name: str, given: tuple[Any, ...], answer: Any) -> Iterator[str]:
    try:
        found = python.CallUDF(PACKAGE, name, by_reference(list(map(sent, given))), NOTHING, None)
    except pythoncom.com_error as error:
        found = error
    if found != expected(answer):
        yield f"{name}{given}: {found!r} instead of {expected(answer)!r}"


def told(python: Any) -> str:
    """What a button does: it sets a name in a module, and has a statement run."""
    module = "tests.windows.excel"
    python.SetAttr(python.Module(module), "TOLD", "打开")
    python.Exec(f"import {module} as excel; excel.TOLD += '完了'")
    return _told(python)


def _told(python: Any) -> str:
    found: str = python.Var(python.GetAttr(python.Module("tests.windows.excel"), "TOLD"))
    return found


def own_scheme(python: Any) -> str:
    """A scheme of a master that is open in the Excel of the calling cell.

    Within the server: pywin32 can send no object of its own that is described as Excel's are.
    """
    with TemporaryDirectory() as folder:
        master = Path(folder) / "总表.xlsx"
        for words in (
            ("init", str(master), "--example"),
            ("scheme", "copy", str(master), "--scheme", COPIED, "--as", OWN),
        ):
            command = [sys.executable, "-B", "-m", "xladdin.cli", *words]
            with LOG.open("a") as said:
                subprocess.run(command, stdin=subprocess.PIPE, stdout=said, stderr=said, check=True)
        python.Exec(
            "import xlwings.com_server as server, tests.windows.excel as excel\n"
            f"excel.TOLD = str(excel.called_from({folder!r}, {master.name!r}, server.call_udf,"
            f" 'KPI_ITEM', ({OWN!r}, '日常询盘转换率', 0.641)))"
        )
        return _told(python)


def refused(python: Any) -> str:
    """What a cell would show if a function were not there."""
    try:
        return f"an answer: {python.CallUDF(PACKAGE, 'NO_SUCH', [], None, None)}"
    except pythoncom.com_error as error:
        return str(error.excepinfo[2])


def waiting() -> Iterator[str]:
    """The server that is started at logon: it answers, a second one ends, it ends when told to."""
    server, python = WindowsServer(), Path(sys.executable)
    if server.answers():
        yield "a server that nobody has started"
    if not server.start(python) or not server.start(python):
        yield "the server of the logon does not answer"
        # Else it held this process' output open for ever.
        server.stop()
        return
    yield from _differs(_attached(CLASS), "KPI_SCORE", (18.0, 20.0, 20.0), 18.0)
    if subprocess.run([python, "-B", "-m", MODULE], timeout=PATIENCE, check=False).returncode:
        yield "a second server does not end by itself"
    if not server.stop():
        yield "the server does not end"


def main() -> int:
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # else the code page's
    print(f"Python {platform.python_version()}, {platform.platform()}")
    print(*(f"{name} {version(name)}" for name in ("xlwings", "pywin32", "pydantic")), sep=", ")
    with server() as python:
        other = python.Var(python.Eval("__import__('os').getpid()"))
        start = time.monotonic()
        found = list(faults(python))
        count = len(called_cases()) + len(bridge_cases())
        print(f"{count} calls to process {other}: {time.monotonic() - start:.1f} seconds")
        if (text := told(python)) != "打开完了":
            found.append(f"a button's statement: {text}")
        if (text := own_scheme(python)) != "[[22.5]]":
            found.append(f"a scheme of the open master: {text}")
        if "NO_SUCH" not in (text := refused(python)):
            found.append(f"a function that is not there: {text}")
    found += waiting()
    print(*found, f"{len(found)} faults", sep="\n")
    return len(found) > 0


if __name__ == "__main__":
    sys.exit(main())
