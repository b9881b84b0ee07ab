"""A stamped copy of a book is the one that is written in full, part for part."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal

import pytest

from tests.books.blueprints import Blueprint, blueprints
from xladdin.formula.evaluate import Value
from xladdin.layout import stamp
from xladdin.layout.cells import Book, Slot
from xladdin.layout.stamp import Stamp, Stamps, parts_of
from xladdin.layout.writer import workbook_bytes

FORMS = blueprints()
TEXTS = (
    "甲",
    "乙<b>&",
    "完成了全部回访，\n其余下月补做。",
    "",
    " x",
    "=1+1",
    "a_x000D_b",
    "客服部",
)
NUMBERS = ("0", "0.65", "5", "-1", "123456.789", "1E+3", "0.1", "99.995")


def slots(book: Book) -> list[str]:
    return sorted({key for key, _, cell in book.keyed if isinstance(cell.content, Slot)})


def alike(
    form: Blueprint, chance: random.Random, lacking: tuple[None, ...] = ()
) -> dict[str, Value]:
    """The same form with other figures, and names of the same length; some figures may lack."""
    found: dict[str, Value] = dict(form.values)
    for key in slots(form.book):
        value = found.get(key)
        if isinstance(value, Decimal) or (value is None and key.startswith(("actual", "target"))):
            found[key] = chance.choice([*lacking, *map(Decimal, NUMBERS)])
    if isinstance(name := found.get("head.name"), str):
        found["head.name"] = "".join(chance.choice("王李张刘陈") for _ in name)
    return found


def unlike(form: Blueprint, chance: random.Random) -> dict[str, Value]:
    """The same form with anything in its slots that may stand there."""
    found: dict[str, Value] = dict(form.values)
    for key in slots(form.book):
        value = found.get(key)
        if chance.random() < 0.6:
            continue
        if isinstance(value, Decimal):
            found[key] = chance.choice([None, *map(Decimal, NUMBERS)])
        else:
            found[key] = chance.choice(TEXTS)
    return found


@pytest.mark.parametrize("name", FORMS)
def test_a_stamped_copy_is_the_one_written_in_full(name: str) -> None:
    form, chance = FORMS[name], random.Random(name)
    ours = Stamp(form.book)
    copies = [form.values, *(alike(form, chance, (None,)) for _ in range(5)), unlike(form, chance)]
    for values in (*copies, *copies[:2]):
        made, full = ours.workbook(values), workbook_bytes(form.book, values)
        assert parts_of(made) == parts_of(full)
    assert all(shape.sound for shape in ours.shapes)


@pytest.mark.parametrize("name", [name for name in FORMS if name.startswith("monthly")])
def test_figures_and_names_make_no_shape_of_their_own(name: str) -> None:
    form, chance = FORMS[name], random.Random(1)
    ours = Stamp(form.book)
    for _ in range(30):
        ours.workbook(alike(form, chance))
    assert len(ours.shapes) == 1


def test_the_same_copy_is_the_same_bytes_whatever_came_before() -> None:
    form, chance = next(iter(FORMS.values())), random.Random(2)
    copies = [alike(form, chance) for _ in range(4)]
    forward = [Stamps().workbook(form.book, values) for values in copies]
    stamps = Stamps()
    backward = [stamps.workbook(form.book, values) for values in reversed(copies)]
    assert forward == backward[::-1]


def test_a_shape_that_would_come_out_otherwise_is_written_in_full(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    form, chance = next(iter(FORMS.values())), random.Random(3)
    copies = [alike(form, chance) for _ in range(4)]
    full = [parts_of(workbook_bytes(form.book, values)) for values in copies]

    def wrong(_: object, shown: Mapping[str, Value]) -> bytes:
        return b"/>"

    monkeypatch.setattr(stamp._Number, "written", wrong)
    ours = Stamp(form.book)
    ours.workbook(copies[0])
    assert [parts_of(ours.workbook(values)) for values in copies[1:]] == full[1:]


def test_few_shapes_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamp, "MOST_SHAPES", 2)
    form = next(iter(FORMS.values()))
    ours = Stamp(form.book)
    for name in ("甲", "甲" * 30, "甲" * 60, "甲"):
        values = {**form.values, "head.name": name}
        assert parts_of(ours.workbook(values)) == parts_of(workbook_bytes(form.book, values))
    assert len(ours.shapes) == 2
