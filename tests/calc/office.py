"""LibreOffice with workbooks that stay open.

They are all loaded hidden. A hidden workbook has a controller too, and with it an active sheet and
a selection, whereas a visible one ends a LibreOffice that was built without a user interface.
"""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import Any

from tests.workbench.office import Office
from tests.workbench.unobridge import properties

from .refusals import ComError, guarded

_NEW = "private:factory/scalc"
_MOST_KEPT = 4


class CalcOffice(Office):
    """Opens workbooks without closing them again."""

    def __enter__(self) -> CalcOffice:
        super().__enter__()
        self._kept: OrderedDict[bytes, Any] = OrderedDict()
        return self

    def keep(self, content: bytes, document: Any) -> None:
        """Keep an open workbook for the next file of this content: it is as it was when opened."""
        self._kept[content] = document
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)[1].close(True)

    def kept(self, content: bytes) -> Any:
        """A workbook of this content that is open already; None without one."""
        return self._kept.pop(content, None)

    @property
    def desktop(self) -> Any:
        return self._desktop

    @property
    def pid(self) -> int:
        """A number that no other office has at the same time."""
        return self.process._keeper.pid

    def blank(self) -> Any:
        """A new workbook with one sheet."""
        with guarded(self, "adding a workbook"):
            return self._desktop.loadComponentFromURL(_NEW, "_blank", 0, properties(Hidden=True))

    def load(self, path: Path, password: str | None = None) -> Any:
        """The workbook of a file; `ComError` where Excel would not open it either."""
        options = {"Hidden": True} | ({"Password": password} if password else {})
        with guarded(self, f"opening {path.name}"):
            component = self._desktop.loadComponentFromURL(
                path.as_uri(), "_blank", 0, properties(**options)
            )
        if component is None or not hasattr(component, "Sheets"):
            raise ComError(f"opening {path.name}: this is no workbook")
        return component
