"""The engine that xlwings finds under the name `calc`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import xlwings as xw
from xlwings import base_classes

from .app import App
from .office import CalcOffice
from .values import clean


class Apps(base_classes.Apps):
    """The one app there is."""

    def __init__(self, app: App) -> None:
        self._app = app

    def keys(self) -> list[int]:
        return [self._app.pid]

    def add(
        self,
        spec: object = None,
        add_book: bool | None = None,
        xl: object = None,
        visible: bool | None = None,
    ) -> App:
        """The app there is, with a new book where Excel would start with one."""
        if add_book:
            self._app.books.add()
        return self._app

    @staticmethod
    def cleanup() -> None:
        """Only Excel leaves processes behind."""

    def __iter__(self) -> Iterator[App]:
        return iter([self._app])

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> App:
        if pid != self._app.pid:
            raise KeyError("Could not find an Excel instance with this PID.")
        return self._app


class Engine:
    """What xlwings asks of an engine, beside the objects themselves."""

    name = "calc"
    type = "desktop"

    def __init__(self, office: CalcOffice) -> None:
        self.app = App(self, office)

    @property
    def apps(self) -> Apps:
        return Apps(self.app)

    @staticmethod
    def prepare_xl_data_element(x: Any, date_format: object) -> Any:
        empty = x is None or (isinstance(x, float) and math.isnan(x))
        return "" if empty else x

    @staticmethod
    def clean_value_data(
        data: Sequence[Sequence[Any]],
        datetime_builder: Callable[..., Any],
        empty_as: object,
        number_builder: Callable[[float], Any] | None,
        err_to_str: bool,
    ) -> list[list[Any]]:
        return clean(data, datetime_builder, empty_as, number_builder, err_to_str)


@contextmanager
def running(office: CalcOffice) -> Iterator[xw.App]:
    """A new app on an office, active in xlwings; afterwards no book and no trace of it is left."""
    engine = xw.Engine(impl=Engine(office))
    before = xw.engines.active
    xw.engines.add(engine)
    engine.activate()
    try:
        yield xw.App(impl=engine.impl.app)
    finally:
        xw.engines.active = before
        xw.engines.engines.remove(engine)
        del xw.engines.engines_by_name[engine.name]
        if hasattr(xw.Book, "_mock_caller"):
            del xw.Book._mock_caller
        engine.impl.app.quit()
