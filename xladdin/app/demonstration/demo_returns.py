"""Returned forms as they come in: filled in, under odd names, and some of them damaged.

Which form fares how is fixed, so that the same forms always come back the same.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xladdin.app.generating.planning import Form
from xladdin.domain.people import Period
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value
from xladdin.layout.place import keyed_cells
from xladdin.layout.saved import EPOCH
from xladdin.ooxml.addresses import address
from xladdin.ooxml.archive import Packer
from xladdin.patch.sheet import SheetPatch
from xladdin.patch.workbook import Workbook
from xladdin.patch.workbook_opening import workbook_of
from xladdin.scoring import keys

WORDS = "comment.self"
SAID = "本月任务基本完成，下月继续改进。"
WEIGHT = "weight."
HEAVIER = Decimal("0.3")
"""What somebody makes of a weight."""
STEPS = (Decimal("-0.5"), Decimal("0.5"), Decimal(-1), Decimal(1))
_STAMP = f">{EPOCH:%Y-%m-%dT%H:%M:%SZ}</dcterms:modified>".encode()
_REFERENCE = re.compile(
    rb"<(?:legacyDrawing|drawing|picture|pageSetup) [^<>]{0,500}?r:id=[^<>]{0,500}/>"
)
"""What a sheet has in parts of its own, which a copy would share."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A form, and what was filled in."""

    form: Form
    answers: Mapping[str, Value]
    at: dt.datetime
    """When it was saved."""

    @property
    def person(self) -> str:
        return str(self.form.values["head.name"])

    def content(self, more: Mapping[str, Value] | None = None) -> bytes:
        """The file as an office program saves it; ``more``: answers in the place of these."""
        return _saved(self.workbook(more), self.at)

    def workbook(self, more: Mapping[str, Value] | None = None) -> Workbook:
        """To be changed further."""
        return workbook_of(self.form.content({**self.answers, **(more or {})}))

    def later(self, hours: int) -> Filled:
        """The same, saved later."""
        return Filled(self.form, self.answers, self.at + dt.timedelta(hours=hours))


@dataclass(frozen=True, slots=True)
class Sent:
    """One file that came in."""

    name: str
    content: bytes


def returned(forms: Sequence[tuple[Form, Mapping[str, Value]]], period: Period) -> Iterator[Sent]:
    """What comes back of forms with these answers: the last of many not at all, and besides
    something that is no form."""
    first = dt.datetime.combine(period.last_day, dt.time(9, 12))
    for number, (form, answers) in enumerate(forms):
        at = first + dt.timedelta(days=1, minutes=47 * number)
        filled = Filled(form, {**answers, WORDS: SAID}, at)
        if number >= len(WAYS) or (number and number == len(forms) - 1):
            continue
        yield from WAYS[number](filled, period)
    yield Sent(
        f"{period.month}月排班.csv", "日期,早班,晚班\n1日,方,秦\n2日,秦,方\n".encode("utf-8-sig")
    )


# One way for each form, in their order.


def _plain(one: Filled, period: Period) -> Iterator[Sent]:
    yield Sent(f"{period.month}月绩效（{one.person}）.xlsx", one.content())


def _renamed(one: Filled, _: Period) -> Iterator[Sent]:
    yield Sent("新建 Microsoft Excel 工作表 (2).xlsx", one.content())


def _weight_changed(one: Filled, _: Period) -> Iterator[Sent]:
    book = one.workbook()
    sheet, place = _first(one.form, WEIGHT)
    SheetPatch(book, sheet).set(place, HEAVIER)
    yield Sent(f"{one.person}-改好了.xlsx", _saved(book, one.at))


def _sheet_copied(one: Filled, _: Period) -> Iterator[Sent]:
    book = one.workbook()
    entry = book.sheets[0]
    book.add_sheet(f"{entry.name} (2)", _REFERENCE.sub(b"", book.package.read(entry.part)))
    book.show(entry)
    yield Sent(f"{one.person}最终版 副本.xlsx", _saved(book, one.at))


def _two_that_differ(one: Filled, _: Period) -> Iterator[Sent]:
    yield Sent(f"{one.person}.xlsx", one.content())
    yield Sent(f"{one.person}(1).xlsx", one.later(3).content(_other_rating(one)))


def _other_rating(one: Filled) -> dict[str, Value]:
    """The first rating that could as well be another one, a little lower or higher."""
    scheme = one.form.template
    for item in scheme.indicators if isinstance(scheme, Scheme) else ():
        key = keys.actual(item.id)
        rated = one.answers.get(key)
        others = (rated + step for step in STEPS) if isinstance(rated, Decimal) else iter(())
        fitting = (other for other in others if not item.method.refusal(other))
        if item.subjective and (other := next(fitting, None)) is not None:
            return {key: other}
    return {}


def _zipped(one: Filled, period: Period) -> Iterator[Sent]:
    packer = Packer()
    packer.add("考核/月度考核表.xlsx", one.content())
    yield Sent(f"{period.month}月考核 打包.zip", packer.done().getvalue())


def _not_filled_in(one: Filled, _: Period) -> Iterator[Sent]:
    yield Sent(f"回复：{one.person}的表.xlsx", one.form.content())


WAYS: tuple[Callable[[Filled, Period], Iterator[Sent]], ...] = (
    _plain,
    _weight_changed,
    _two_that_differ,
    _sheet_copied,
    _renamed,
    _zipped,
    _not_filled_in,
)


def _first(form: Form, prefix: str) -> tuple[str, str]:
    """Sheet and address of the first cell whose key begins so."""
    return next(
        (sheet.name, address(cell.row + 1, cell.col + 1))
        for key, sheet, cell in keyed_cells(form.book())
        if key.startswith(prefix)
    )


def _saved(book: Workbook, at: dt.datetime) -> bytes:
    """The file with the time of saving, which every office program notes."""
    part = "docProps/core.xml"
    stamp = f">{at:%Y-%m-%dT%H:%M:%SZ}</dcterms:modified>".encode()
    book.package.put(part, book.package.read(part).replace(_STAMP, stamp))
    return book.to_bytes()
