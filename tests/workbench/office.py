"""LibreOffice as the reference engine: one headless process, driven through UNO over a pipe."""

from __future__ import annotations

import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from .document import Document
from .process import OfficeProcess
from .unobridge import connect, create, load_uno, properties, uno_class

_POLL_SECONDS = 0.05
_QUIT_SECONDS = 5.0


class OfficeError(RuntimeError):
    """LibreOffice refused a request, did not answer in time, or ended."""


class Office:
    """A LibreOffice process; use it as a context manager.

    Both limits are in seconds. A call that takes longer than `call_limit` kills the process and
    raises `OfficeError`; every later call then raises it too.
    """

    def __init__(self, start_limit: float = 60.0, call_limit: float = 60.0) -> None:
        self._start_limit = start_limit
        self._call_limit = call_limit
        self._process: OfficeProcess | None = None
        self._desktop: Any = None

    def __enter__(self) -> Office:
        load_uno()  # a missing binding must fail before a process exists
        self._process = OfficeProcess()
        try:
            self._desktop = create(self._connect(), "com.sun.star.frame.Desktop")
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def process(self) -> OfficeProcess:
        """The process behind; `OfficeError` when the office has not been entered or is closed."""
        if self._process is None:
            raise OfficeError("LibreOffice is not running; use `with Office() as office:`")
        return self._process

    def ensure_running(self) -> None:
        """Start anew where the process ended since, with a warning: one crash is one failure.

        The test in which it ended has its own error; those after it must not share it.
        """
        if self.process.running and self._answers():
            return
        warnings.warn("soffice ended between two tests and was started again", stacklevel=2)
        self.close()
        self.__enter__()

    def _answers(self) -> bool:
        try:
            with self.guarded("asking for the open workbooks"):
                self._desktop.getComponents()
        except OfficeError:
            return False
        return True

    def _connect(self) -> Any:
        end = time.monotonic() + self._start_limit
        while time.monotonic() < end and self.process.running:
            context = connect(self.process.pipe)
            if context is not None:
                return context
            time.sleep(_POLL_SECONDS)
        raise OfficeError(f"soffice did not start within {self._start_limit:g} seconds")

    def close(self) -> None:
        """End LibreOffice: politely for five seconds, then by force. Safe to call twice."""
        process, self._process = self._process, None
        if process is None:
            return
        if self._desktop is not None and process.running:
            self._ask_to_quit()
        process.close()

    def _ask_to_quit(self) -> None:
        def ask() -> None:
            with suppress(uno_class("com.sun.star.uno.Exception")):
                self._desktop.terminate()

        # In a thread, because a hanging soffice never answers.
        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(_QUIT_SECONDS)

    @contextmanager
    def guarded(self, what: str) -> Iterator[None]:
        """Run UNO calls under the time limit and turn their exceptions into `OfficeError`."""
        timer = threading.Timer(self._call_limit, self.process.kill)
        timer.start()
        try:
            yield
        except uno_class("com.sun.star.uno.Exception") as error:
            raise OfficeError(f"{what}: {error}") from error
        finally:
            timer.cancel()

    @contextmanager
    def open(self, path: Path | str, password: str = "") -> Iterator[Document]:
        """Open a workbook, recalculated, and close it again without saving.

        Raises `FileNotFoundError`, or `OfficeError` when LibreOffice cannot read the file.
        """
        found = Path(path).resolve(strict=True)
        with self.guarded(f"opening {found.name}"):
            component = self._load(found, password)
        if component is None or not hasattr(component, "Sheets"):
            raise OfficeError(f"opening {found.name}: LibreOffice does not read it as a workbook")
        try:
            yield Document(component, self.guarded)
        finally:
            # A dead process has nothing to close, and its own error must be the one that shows.
            with suppress(OfficeError), self.guarded(f"closing {found.name}"):
                component.close(True)

    def _load(self, path: Path, password: str, **how: object) -> Any:
        options = {"Hidden": True, **how} | ({"Password": password} if password else {})
        return self._desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, properties(**options))
