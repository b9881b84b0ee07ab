"""Runs inside LibreOffice: hands cells to a Python of its own, and brings answers back.

LibreOffice brings another Python than the one in which xladdin is installed, or none of its packages. So
that Python is started when the first cell asks, kept, and asked in lines of JSON; it ends with LibreOffice.
Nothing of xladdin is imported here, and nothing is computed.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import threading
import time
from typing import Any

import uno
import unohelper

IMPLEMENTATION = "cn.xladdin.calc.Functions"
XFunctions: Any = uno.getClass("cn.xladdin.calc.XFunctions")
XServiceInfo: Any = uno.getClass("com.sun.star.lang.XServiceInfo")
XVolatileResult: Any = uno.getClass("com.sun.star.sheet.XVolatileResult")
SETTINGS = "settings.json"
LONGEST = 60.0
"""Seconds after which an answer is no longer waited for: LibreOffice stands still meanwhile."""
PAUSE = 10.0
"""Seconds for which a Python that did not start is not tried again: a sheet has thousands of cells."""
FRESH = 1.0
"""Seconds for which LibreOffice is not asked again which workbooks are open."""
NOT_STARTED = "#Python 没有启动：请重新生成并安装扩展（xladdin addin libreoffice）"
NOT_ANSWERED = "#Python 没有回答：请重新计算（Ctrl+Shift+F9）"
BLANK_OR_ZERO = "LibreOffice 分不出单个格子是空白还是0，请写成区域，如 C2:C2"
UNCLEAR = object()
WITHOUT_WINDOW = 0x08000000 if os.name == "nt" else 0


class Python:
    """The interpreter that computes."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()
        self._not_before = float("-inf")

    def ask(self, question: dict[str, Any]) -> Any:
        """The answer, or a message for the cell."""
        if self._process is None and not self._start():
            return NOT_STARTED
        try:
            assert self._process is not None and self._process.stdin is not None  # noqa: S101, PT018 - for mypy
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
            return json.loads(self._answers.get(timeout=LONGEST))["answer"]
        except (OSError, ValueError, KeyError, queue.Empty):
            self._end()
            return NOT_ANSWERED

    def _start(self) -> bool:
        now = time.monotonic()
        if now < self._not_before:
            return False
        self._not_before = now + PAUSE
        # Where LibreOffice brings a Python, these two lead any other one astray.
        kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONHOME", "PYTHONPATH")}
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the interpreter that built the extension
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                env=kept,
                creationflags=WITHOUT_WINDOW,
            )
        except OSError:
            return False
        self._answers = queue.Queue()
        reading = threading.Thread(
            target=_pass_on, args=(self._process.stdout, self._answers), daemon=True
        )
        reading.start()
        return self._began()

    def _began(self) -> bool:
        """Its first line says that everything was found; an end of the output, that not."""
        try:
            if json.loads(self._answers.get(timeout=LONGEST)).get("ready"):
                return True
        except (ValueError, queue.Empty):
            pass
        self._end()
        return False

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()


def _pass_on(lines: Any, answers: queue.Queue[str]) -> None:
    for line in lines:
        answers.put(line)
    # No JSON: whoever waits is told at once that nothing more comes.
    answers.put("")


class Books:
    """Which workbooks are open: own schemes are looked for in them."""

    def __init__(self, context: Any) -> None:
        manager = context.ServiceManager
        self._desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self._until = float("-inf")
        self._found: dict[str, Any] = {}

    def found(self) -> dict[str, Any]:
        now = time.monotonic()
        if now >= self._until:
            self._until = now + FRESH
            self._found = {
                "active": _path(self._desktop.getCurrentComponent()),
                "open": list(filter(None, map(_path, _each(self._desktop.getComponents())))),
            }
        return self._found


def _each(components: Any) -> Any:
    elements = components.createEnumeration()
    while elements.hasMoreElements():
        yield elements.nextElement()


def _path(component: Any) -> str | None:
    """Where a workbook lies; None for what is no workbook, or was never saved."""
    if not hasattr(component, "Sheets") or not component.getURL().startswith("file:"):
        return None
    return str(uno.fileUrlToSystemPath(component.getURL()))


def _settings() -> dict[str, Any]:
    path = os.path.join(os.path.dirname(__file__), SETTINGS)
    with open(path, encoding="utf-8") as stream:
        found: dict[str, Any] = json.load(stream)
        return found


def _given(argument: Any, zero: str) -> Any:
    """A number, a text, or rows of them.

    A blank is an empty text in a range, but a single blank cell comes as 0: where nobody could mean 0, that
    is a blank (``zero`` is "blank"); where both could be meant, it is told.
    """
    if isinstance(argument, tuple):
        return [[None if cell == "" else cell for cell in row] for row in argument]
    if isinstance(argument, float) and argument == 0 and zero != "taken":
        return None if zero == "blank" else UNCLEAR
    return argument


def _wrong(arguments: Any, given: list[Any], facts: list[dict[str, Any]]) -> str:
    """What Excel would refuse, and what nobody can tell; Calc lets every argument be left out."""
    missing = [f["label"] for f, each in zip(facts, arguments) if f["required"] and each is None]  # noqa: B905
    unclear = [f["label"] for f, each in zip(facts, given) if each is UNCLEAR]  # noqa: B905
    told = ([f"没有写{'、'.join(missing)}"] if missing else []) + [
        f"{label}：{BLANK_OR_ZERO}" for label in unclear[:1]
    ]
    return f"#{'；'.join(told)}" if told else ""


class Rows(unohelper.Base, XVolatileResult):  # type: ignore[misc]
    """An answer of rows, told to Calc as the result of something that could change, though it never does.

    Calc takes rows as `sequence<sequence<any>>` alone, and what a Python method answers has never that type;
    what it puts into a struct can have it.  A method that always answers rows would do as well, but Calc
    compares no texts in them: ``KPI_GRADE(A1)="优秀"`` would never be true.
    """

    def __init__(self, rows: list[list[Any]]) -> None:
        self._rows = tuple(tuple(map(_shown, row)) for row in rows)

    def addResultListener(self, listener: Any) -> None:  # noqa: N802 - UNO's name
        event = uno.createUnoStruct("com.sun.star.sheet.ResultEvent")
        event.Value = uno.Any("[][]any", self._rows)
        listener.modified(event)

    def removeResultListener(self, listener: Any) -> None:  # noqa: N802 - UNO's name
        """Nothing is told any more."""


def _answer(answer: Any) -> Any:
    return Rows(answer) if isinstance(answer, list) else _shown(answer)


def _shown(answer: Any) -> Any:
    """Blanks are empty texts."""
    return "" if answer is None else answer


class Functions(unohelper.Base, XFunctions, XServiceInfo):  # type: ignore[misc]
    """The add-in as Calc knows it; its methods are put in below, one for each function."""

    settings = _settings()
    python = Python(settings["command"])
    one_at_a_time = threading.Lock()

    def __init__(self, context: Any) -> None:
        self._books = Books(context)

    def call(self, of: dict[str, Any], arguments: tuple[Any, ...]) -> Any:
        facts = of["arguments"]
        given = [_given(each, fact["zero"]) for each, fact in zip(arguments, facts)]  # noqa: B905 - Python 3.8
        if wrong := _wrong(arguments, given, facts):
            return wrong
        with self.one_at_a_time:
            question = {"function": of["name"], "arguments": given, **self._books.found()}
            return _answer(self.python.ask(question))

    def getImplementationName(self) -> str:  # noqa: N802 - UNO's name
        return IMPLEMENTATION

    def supportsService(self, name: str) -> bool:  # noqa: N802 - UNO's name
        return name in self.getSupportedServiceNames()

    def getSupportedServiceNames(self) -> tuple[str, ...]:  # noqa: N802 - UNO's name
        return (IMPLEMENTATION, "com.sun.star.sheet.AddIn")


def _method(of: dict[str, Any]) -> Any:
    def method(self: Functions, *arguments: Any) -> Any:
        return self.call(of, arguments)

    return method


for _name, _of in Functions.settings["functions"].items():
    setattr(Functions, _name, _method(_of))

g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - looked for under this name
g_ImplementationHelper.addImplementation(
    Functions, IMPLEMENTATION, (IMPLEMENTATION, "com.sun.star.sheet.AddIn")
)
