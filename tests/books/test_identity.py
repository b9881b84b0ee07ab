"""The hidden identity."""

from __future__ import annotations

from xladdin.books.identity import FORM_VERSION, Kind, identity_sheet
from xladdin.layout.cells import Fixed, Slot

KIND = Kind("monthly", "online_shop_monthly", "0123456789ab")


def test_what_is_the_same_in_every_copy_is_fixed_and_the_rest_are_slots() -> None:
    cells = [cell.content for cell in identity_sheet(KIND, ("id.token",)).cells if cell.col == 1]
    assert cells == [
        Fixed("monthly", "id.form"),
        Fixed("online_shop_monthly", "id.scheme"),
        Fixed("0123456789ab", "id.content"),
        Slot("id.employee"),
        Slot("id.period"),
        Fixed(FORM_VERSION, "id.version"),
        Slot("id.token"),
    ]


def test_every_line_says_what_it_is() -> None:
    sheet = identity_sheet(KIND)
    labels = [cell.content for cell in sheet.cells if cell.col == 0]
    keys = [cell.content.key for cell in sheet.cells if cell.col == 1 and cell.content]  # type: ignore[union-attr]
    assert labels == [Fixed(key) for key in keys]
    assert sheet.visibility == "very_hidden"
