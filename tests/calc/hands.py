"""What a person does in Excel that no call of xlwings does in one."""

from __future__ import annotations

import xlwings as xw


def select_areas(app: xw.App, *places: str) -> None:
    """Select several areas of the active sheet, as with the control key held down."""
    app.books.active.sheets.active.range(",".join(places)).select()


def select_shape(app: xw.App) -> None:
    """Draw a rectangle and select it, so that no cells are selected."""
    book = app.books.active.impl.xl
    shape = book.createInstance("com.sun.star.drawing.RectangleShape")
    book.CurrentController.ActiveSheet.DrawPage.add(shape)
    book.CurrentController.select(shape)


def filter_out(sheet: xw.Sheet, *rows: int) -> None:
    """Hide rows as an autofilter does."""
    for row in rows:
        hidden = sheet.impl.xl.Rows.getByIndex(row - 1)
        hidden.IsVisible, hidden.IsFiltered = False, True
