"""The last steps of a report: what people had filled in goes back, then it says what goes out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from xladdin.formula.evaluate import Env, Value, solve
from xladdin.layout.cells import Asked, Block, Book, Cell, Fixed, Sheet
from xladdin.layout.place import columns, inputs
from xladdin.layout.styles import NOTE

from . import report_keys as keys
from . import report_parts as rp
from .kept_cells import KeptReport, PutBack, Restored, marked, restored
from .kept_measures import homeless, measures_of
from .report_actions import SPARE, KeptLines
from .report_identity import ReportIdentity
from .sent_cells import with_record

KEPT_NAME = "收回内容"
HEADS = ("哪一格", "填的内容", "现在")
WIDTHS = (46.0, 60.0, 46.0)
TOLD = "{origin}。蓝色斜体的格子就是填回的；数据没有变的数和所有文字填回原来的格，其余列在这里，没有丢。"
BACK = "已经填回"

Decided: TypeAlias = Callable[[Collection[str]], KeptLines]
"""What of the kept measures stands where, by the findings that are laid out."""
Written: TypeAlias = Callable[[Book, Env, Decided], tuple[Book, KeptLines]]
"""Lays a report out over its measured sheets."""


def known_in(base: Book, entered: Mapping[str, Value] | None = None) -> Env:
    """What stands in the cells of a book, where a clerk has typed some of them."""
    read = {**inputs(base, entered or {}), **columns(base)}
    return {**read, **solve(base.model, read)}


def finished(
    whose: ReportIdentity,
    base: Book,
    written: Written,
    own: KeptReport | None,
    before: KeptReport | None,
) -> tuple[Book, tuple[PutBack, ...]]:
    """A report of a month with what was kept of it, and all that was kept with what became of it."""
    past = tuple(measures_of(before))
    origin = before.origin if before else ""

    def lines(laid: Collection[str]) -> KeptLines:
        return KeptLines(tuple(homeless(own, laid)), past, origin)

    # What is pointed out follows from the figures that hold: also from those that somebody corrected.
    corrected = restored(base, own).book
    plain, kept = written(base, known_in(corrected), lines)
    elsewhere = _moved(own, kept)
    made = restored(plain, own, kept.values, elsewhere)
    aimed = _with_targets(made.book, before, made.before)
    return _whole(whose, replace(made, book=aimed), plain, own), made.lines


def with_own(
    whose: ReportIdentity, plain: Book, own: KeptReport | None
) -> tuple[Book, tuple[PutBack, ...]]:
    """The same of a report in which nothing else follows from what was kept."""
    made = restored(plain, own)
    return _whole(whose, made, plain, own), made.lines


def _whole(whose: ReportIdentity, made: Restored, plain: Book, own: KeptReport | None) -> Book:
    book = made.book
    if own is not None and made.lines:
        last = next(i for i, one in enumerate(book.sheets) if one.visibility != "visible")
        told = _kept_sheet(own, made.lines)
        book = replace(book, sheets=(*book.sheets[:last], told, *book.sheets[last:]))
    return with_record(book, whose, made.before, plain)


def _moved(own: KeptReport | None, kept: KeptLines) -> frozenset[str]:
    """Keys of what a measure was about, where that stands elsewhere now: a finding that is not pointed out
    any more beside its measure, one that is pointed out again in its own line."""
    if own is None:
        return frozenset()
    rows = {one.row for one in kept.carried}
    found = {f"finding.{row}" for row in rows}
    found |= {f"act.{one.row}.says" for one in measures_of(own) if one.row not in rows}
    return frozenset(found & own.inputs.keys()) - {
        f"act.spare{i}.says" for i in range(1, SPARE + 1)
    }


def _with_targets(book: Book, before: KeptReport | None, restored_keys: Collection[str]) -> Book:
    """Targets that last month's report has set say so."""
    if before is None:
        return book
    wanted = {
        keys.target(metric): value
        for metric, value in next_targets(before).items()
        if keys.target(metric) not in restored_keys
    }

    def said(cell: Cell) -> Cell:
        match cell.content:
            case Asked(key=key, default=value) if key in wanted and value == wanted[key]:
                return marked(cell, f"{before.origin}里的下月目标")
        return cell

    sheets = tuple(
        replace(
            sheet,
            blocks=tuple(
                replace(block, cells=tuple(map(said, block.cells))) for block in sheet.blocks
            ),
        )
        for sheet in book.sheets
    )
    return replace(book, sheets=sheets)


def next_targets(kept: KeptReport) -> Mapping[str, Value]:
    """Metric id -> what a returned report says is to be reached in the month after."""
    beginning = keys.next_target("")
    return {
        key.removeprefix(beginning): value
        for key, value in kept.inputs.items()
        if key.startswith(beginning) and value is not None
    }


def _kept_sheet(own: KeptReport, lines: tuple[PutBack, ...]) -> Sheet:
    """Everything that had been filled in: what does not stand in its cell again first."""
    blocks = [
        Block((Cell(0, 0, Fixed(KEPT_NAME), rp.REPORT_TITLE, cols=len(WIDTHS)),), 1, {0: 32.0}),
        Block((Cell(0, 0, Fixed(TOLD.format(origin=own.origin)), NOTE, cols=len(WIDTHS)),), 1),
        rp.heads(HEADS),
        *_kept_rows(sorted(lines, key=lambda one: not one.why_not)),
    ]
    return rp.sheet(KEPT_NAME, WIDTHS, blocks)


def _kept_rows(lines: list[PutBack]) -> Iterator[Block]:
    for one in lines:
        told = f"没有填回：{one.why_not}" if one.why_not else BACK
        texts = (one.place, one.value, told)
        cells = tuple(Cell(0, i, Fixed(text), rp.DEFINED) for i, text in enumerate(texts))
        yield Block(cells, 1)
