"""What can be seen of the server elsewhere: it asks for the class that the add-in's VBA asks for."""

from __future__ import annotations

import gc
import sys
import threading
import weakref
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from tests.addin.server_command import shipped
from xladdin import safe_xlwings
from xladdin.addin.windows import com_server


def test_the_add_in_asks_for_its_class_where_the_settings_say_so() -> None:
    text = shipped()
    asked = text.index('GetConfig("DEBUG UDFS", False)')
    assert f'XLPyCommand = "{com_server.CLASS}"' in text[asked:]
    assert "If DEBUG_UDFS = True Then" in text[asked:]


def test_it_is_started_as_the_module_that_it_is() -> None:
    assert com_server.__name__ == com_server.MODULE
    assert com_server.WORDS[-1] == com_server.MODULE


@dataclass(eq=False)
class Gateway:
    """What COM has of an object."""

    own: Any


class Pretended:
    """pywin32 as far as the server asks it."""

    def __init__(self, error: int) -> None:
        self.wrapped: list[weakref.ref[Any]] = []
        event = SimpleNamespace(
            CreateMutex=lambda *_: SimpleNamespace(Close=lambda: None),
            CreateEvent=lambda *_: None,
            ResetEvent=lambda _: None,
            # Nobody ends it but the test.
            WaitForSingleObject=lambda *_: threading.Event().wait(),
            INFINITE=-1,
        )
        api = SimpleNamespace(GetLastError=lambda: error, GetCurrentThreadId=lambda: 1)
        self.modules: dict[str, Any] = {
            "win32api": api,
            "win32event": event,
            "win32com": SimpleNamespace(),
            "win32com.server": SimpleNamespace(),
            "win32com.server.util": SimpleNamespace(wrap=self.wrap),
        }

    def wrap(self, own: Any) -> Any:
        gateway = Gateway(own)
        self.wrapped.append(weakref.ref(gateway))
        return gateway


def served(monkeypatch: pytest.MonkeyPatch, error: int) -> list[bool]:
    """For each time that the server serves, whether it holds an object meanwhile."""
    windows, found = Pretended(error), list[bool]()
    for name, module in windows.modules.items():
        monkeypatch.setitem(sys.modules, name, module)

    def serve(class_: str) -> None:
        gc.collect()
        assert class_ == com_server.CLASS
        found.append(any(each() is not None for each in windows.wrapped))

    monkeypatch.setattr(safe_xlwings.xw, "serve", serve, raising=False)
    assert com_server.main() == 0
    assert all(each() is None for each in windows.wrapped)
    return found


def test_it_outlives_the_cells_that_ask_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """pywin32 ends a server with the last of its objects; one of them is the server's own."""
    assert served(monkeypatch, 0) == [True]


def test_a_second_one_ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert served(monkeypatch, com_server.ALREADY_THERE) == []
